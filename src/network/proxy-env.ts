/**
 * The proxy that the environment names for a server.
 * Rule: Go's golang.org/x/net/http/httpproxy (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, upper case before lower), with
 * the IPv4 ranges with leading zeros that apimachinery's pkg/util/net adds to `NO_PROXY`. `ALL_PROXY` is not read.
 */
import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { bareHost, isLoopback, portOf } from './hosts.ts';
import { ProxyUrlError } from './proxy-errors.ts';
import { environmentProxy, type ProxyUrl } from './proxy-url.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy, or undefined for a direct connection. This machine is never reached through a proxy of the environment.
 * Throws ProxyUrlError for a proxy of a kind we cannot use, and where a web server that runs us as CGI may have made
 * HTTP_PROXY from a header of a request.
 */
export function proxyFor(server: URL, env: Environment): ProxyUrl | undefined {
  const name = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const value = read(env, name);
  const proxy = value === '' ? undefined : environmentProxy(value);
  if (proxy === undefined) return undefined;
  if (name === 'HTTP_PROXY' && env['REQUEST_METHOD']) {
    throw new ProxyUrlError(
      'refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy (REQUEST_METHOD is set)',
      true,
    );
  }
  if (isLoopback(server.hostname)) return undefined;
  const host = bareHost(server.hostname);
  const port = String(portOf(server));
  const exceptions = read(env, 'NO_PROXY').split(',');
  return exceptions.some((entry) => exempts(entry.trim().toLowerCase(), host, port))
    ? undefined
    : proxy;
}

/** The proxies that the environment names for some server, those left out that cannot be used; null: it names none. */
export function namedProxies(env: Environment): ProxyUrl[] | null {
  const values = ['HTTPS_PROXY', 'HTTP_PROXY'].map((name) => read(env, name)).filter(Boolean);
  if (values.length === 0) return null;
  return values.flatMap((value) => {
    try {
      return environmentProxy(value) ?? [];
    } catch (error) {
      if (error instanceof ProxyUrlError) return [];
      throw error;
    }
  });
}

function read(env: Environment, name: string): string {
  return env[name] || env[name.toLowerCase()] || '';
}

function exempts(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, base, bits] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  if (base !== undefined) return inRange(host, base, Number(bits));
  // Go's net.SplitHostPort; what it cannot split is a name, or an IPv6 address without brackets.
  const split = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(entry);
  const name = split ? (split[1] ?? split[2] ?? '') : entry;
  if (name === '' || (split?.[3] && split[3] !== port)) return false;
  if (isIP(name)) return inRange(host, name, isIP(name) === 4 ? 32 : 128);
  return isIP(host) === 0 && isBelow(host, name.replace(/^\*\./, '.'));
}

/** `.example.com` means the hosts below it, `example.com` means it and the hosts below it. */
function isBelow(host: string, name: string): boolean {
  const domain = name.replace(/^\./, '');
  const below = `.${domainToASCII(domain) || domain}`;
  return host.endsWith(below) || (!name.startsWith('.') && host === below.slice(1));
}

function inRange(host: string, base: string, bits: number): boolean {
  const start = base.includes(':') ? base : base.replace(/\b0+(?=\d)/g, '');
  const family = isIP(start);
  if (family === 0 || bits > (family === 4 ? 32 : 128) || isIP(host) === 0) return false;
  // To Go an IPv4 address within IPv6 is an IPv4 address, and no IPv6 range holds one. BlockList knows the former.
  if (isIpv4(start) !== isIpv4(host)) return false;
  const list = new BlockList();
  list.addSubnet(start, bits, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}

function isIpv4(address: string): boolean {
  return !address.includes(':') || address.startsWith('::ffff:');
}
