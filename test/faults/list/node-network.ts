/** The way of the node's containerd to registries: proxy, DNS, CAs, routes. */
import { restartContainerd } from '../../cluster/up/containerd.ts';
import { HOSTS } from '../../cluster/up/settings.ts';
import type { Fault } from '../fault.ts';
import { breakDns, healDns, REFUSED, stopDns } from '../node/dns.ts';
import { DEAD_PROXY, proxyUrl, useNoProxy, useProxy } from '../node/proxy.ts';
import { loseAddress, regainAddress } from '../node/routes.ts';
import { APP, mended } from './node-common.ts';

function proxied(name: string, what: string, url: string): Fault {
  const wide = { breakIt: () => useProxy(url), heal: useNoProxy };
  return { name, cause: 'ProxyFailure', what, image: APP, ...mended(wide) };
}

export const PROXY: readonly Fault[] = [
  proxied('node-proxy-login', 'proxy that wants a login (407)', proxyUrl('login')),
  proxied('node-proxy-refuses', 'proxy that does not allow the host (403)', proxyUrl('refusing')),
  proxied('node-proxy-502', 'proxy that does not reach the registry (502)', proxyUrl('broken')),
  proxied('node-proxy-503', 'proxy that is overloaded (503)', proxyUrl('unavailable')),
  proxied('node-proxy-dead', 'proxy that is not there', DEAD_PROXY),
  proxied('node-proxy-name', 'proxy whose name does not resolve', 'http://proxy.corp.test:3128'),
];

function dns(name: string, what: string, breakIt: () => Promise<void>): Fault {
  return { name, cause: 'DnsFailure', what, image: APP, ...mended({ breakIt, heal: healDns }) };
}

export const DNS: readonly Fault[] = [
  dns('node-dns-gone', 'DNS server that does not run', stopDns),
  dns('node-dns-refused', 'DNS server that answers REFUSED', () => breakDns(REFUSED)),
];

export const TRUST: readonly Fault[] = [
  {
    name: 'node-ca-lost',
    cause: 'TlsUntrusted',
    what: 'the CA of the registry was removed from the node',
    image: APP,
    ...mended({
      breakIt: () => restartContainerd({ env: { SSL_CERT_FILE: '/etc/hosts' } }),
      heal: () => restartContainerd(),
    }),
  },
];

function route(name: string, what: string, kind: 'unreachable' | 'prohibit'): Fault {
  const { address } = HOSTS.open;
  const wide = { breakIt: () => loseAddress(address, kind), heal: () => regainAddress(address) };
  return { name, cause: 'NetworkUnreachable', what, image: APP, ...mended(wide) };
}

export const ROUTES: readonly Fault[] = [
  route('node-route-unreachable', 'no route from the node to the registry', 'unreachable'),
  route('node-route-prohibited', 'a route of the node prohibits the registry', 'prohibit'),
];
