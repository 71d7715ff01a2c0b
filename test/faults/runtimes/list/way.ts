/** Ways to the registry that do not lead there. */
import { APP, HOSTS, PLAIN_PORT, RESET_PORT } from '../../../cluster/up/settings.ts';
import type { RuntimeFault } from '../help/fault.ts';
import {
  BLACK_HOLE,
  CLOSED_PORT,
  MUTUAL_PORT,
  NAMELESS_PORT,
  OLD_TLS_PORT,
  PROXY_PORTS,
  SELF_SIGNED_PORT,
  SILENT_PORT,
  spoiled,
  UNKNOWN_NEIGHBOUR,
} from '../up/settings.ts';

const at = (kind: string) => `${kind}.${HOSTS.faults.name}/public/app:1.0`;

export const NETWORK: readonly RuntimeFault[] = [
  {
    name: 'dns',
    what: 'a name that does not resolve',
    cause: 'DnsFailure',
    image: 'nowhere.corp.test/team/app:1.0',
  },
  {
    name: 'dns-closed',
    what: 'nothing listens at the DNS server',
    cause: 'DnsFailure',
    image: APP,
    setting: { resolver: HOSTS.closed.address },
  },
  {
    name: 'dns-unreachable',
    what: 'no route to the DNS server',
    cause: 'DnsFailure',
    image: APP,
    setting: { resolver: '203.0.113.53' },
  },
  {
    name: 'closed',
    what: 'nothing listens',
    cause: 'ConnectionRefused',
    image: `${HOSTS.closed.name}/team/app:1.0`,
  },
  {
    name: 'route',
    what: 'no route leads to the address',
    cause: 'NetworkUnreachable',
    image: '203.0.113.9/team/app:1.0',
  },
  {
    name: 'neighbour',
    what: 'nobody on the network has the address',
    cause: 'NetworkUnreachable',
    image: `${UNKNOWN_NEIGHBOUR}/team/app:1.0`,
    slow: true,
  },
  {
    name: 'black-hole',
    what: 'packets vanish',
    cause: 'NetworkTimeout',
    image: `${BLACK_HOLE}/team/app:1.0`,
    // podman tries four times, a minute each.
    tools: ['dockerd', 'skopeo'],
    slow: true,
  },
  {
    name: 'silent',
    what: 'the server takes the connection and says nothing',
    cause: 'NetworkTimeout',
    image: spoiled('silent', SILENT_PORT),
    tools: ['dockerd', 'skopeo'],
    slow: true,
  },
  {
    name: 'command-timeout',
    what: 'the client gives up after a second',
    cause: 'NetworkTimeout',
    image: `${BLACK_HOLE}/team/app:1.0`,
    tools: ['skopeo'],
    options: ['--command-timeout', '1s'],
  },
  {
    name: 'reset',
    what: 'the connection is reset',
    cause: 'RegistryUnavailable',
    image: spoiled('reset', RESET_PORT),
  },
  {
    name: 'cut',
    what: 'the connection ends without an answer',
    cause: 'RegistryUnavailable',
    image: at('cut'),
  },
];

export const TLS: readonly RuntimeFault[] = [
  {
    name: 'untrusted',
    what: 'an unknown CA',
    cause: 'TlsUntrusted',
    image: `${HOSTS.untrusted.name}/public/app:1.0`,
  },
  {
    name: 'self-signed',
    what: 'a certificate signed by itself',
    cause: 'TlsUntrusted',
    image: spoiled('selfsigned', SELF_SIGNED_PORT),
  },
  {
    name: 'expired',
    what: 'the certificate has expired',
    cause: 'TlsInvalid',
    image: at('expired'),
  },
  {
    name: 'misnamed',
    what: 'the certificate is for another name',
    cause: 'TlsInvalid',
    image: at('misnamed'),
  },
  {
    name: 'nameless',
    what: 'the certificate has a common name only',
    cause: 'TlsInvalid',
    image: spoiled('nameless', NAMELESS_PORT),
  },
  {
    name: 'old-tls',
    what: 'the server speaks no TLS later than 1.1',
    cause: 'TlsInvalid',
    image: spoiled('old', OLD_TLS_PORT),
    // The library of podman and skopeo still speaks it.
    tools: ['dockerd'],
  },
  {
    name: 'mutual',
    what: 'the server asks for a certificate of the client',
    cause: 'TlsInvalid',
    image: spoiled('mutual', MUTUAL_PORT),
  },
  {
    name: 'plain',
    what: 'https to a server that speaks http',
    cause: 'HttpHttpsMismatch',
    image: spoiled('plain', PLAIN_PORT),
  },
];

function proxy(name: string, what: string, url: string): RuntimeFault {
  const setting = { env: { HTTPS_PROXY: url } };
  return { name, what, cause: 'ProxyFailure', image: APP, setting };
}

export const PROXIES: readonly RuntimeFault[] = [
  proxy(
    'proxy-closed',
    'nothing listens at the proxy',
    `http://${HOSTS.faults.address}:${CLOSED_PORT}`,
  ),
  proxy('proxy-lost', 'the name of the proxy does not resolve', 'http://proxy.nowhere.test:3128'),
  proxy(
    'proxy-login',
    'the proxy wants a login',
    `http://${HOSTS.faults.address}:${PROXY_PORTS[407]}`,
  ),
  proxy(
    'proxy-denied',
    'the proxy refuses the host',
    `http://${HOSTS.faults.address}:${PROXY_PORTS[403]}`,
  ),
  proxy(
    'proxy-gateway',
    'the proxy cannot reach the host',
    `http://${HOSTS.faults.address}:${PROXY_PORTS[502]}`,
  ),
];
