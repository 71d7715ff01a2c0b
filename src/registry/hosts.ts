/** Host names, addresses and the guards built on them: where a request, and where a credential, may go. */
import { BlockList, isIP } from 'node:net';
import { bareHost, portOf } from '../network/hosts.ts';

/** Without the brackets of an IPv6 address, without the final dot that certificates do not have, in lower case. */
export function plainHost(host: string): string {
  return bareHost(host).replace(/\.$/, '');
}

/** Same host and port, whatever the scheme. */
function sameHostAndPort(a: URL, b: URL): boolean {
  return plainHost(a.hostname) === plainHost(b.hostname) && portOf(a) === portOf(b);
}

export function sameOrigin(a: URL, b: URL): boolean {
  return a.protocol === b.protocol && sameHostAndPort(a, b);
}

/** containerd speaks plain HTTP to these by default (`MatchLocalhost`). */
export function isLocalhost(host: string): boolean {
  const bare = plainHost(host);
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

/** IANA's special-purpose addresses (RFC 6890 and its registries): none is a public server. */
const NOT_PUBLIC: readonly (readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  // Forms that hold an IPv4 address: mapped, translated, 6to4, Teredo.
  ['::ffff:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** One list a family: in a common one an IPv6 net of mapped addresses holds every IPv4 address. */
let lists: Readonly<Record<'ipv4' | 'ipv6', BlockList>> | null = null;

/**
 * A private, loopback, link-local or otherwise not public address written out, or `localhost` by name. Other names
 * are not looked up: a company's token server has a private address, and that is no fault.
 */
export function isNotPublic(hostname: string): boolean {
  const bare = plainHost(hostname);
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  const family = isIP(bare);
  if (family === 0) return false;
  if (lists === null) {
    lists = { ipv4: new BlockList(), ipv6: new BlockList() };
    for (const [net, prefix, kind] of NOT_PUBLIC) lists[kind].addSubnet(net, prefix, kind);
  }
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  return lists[kind].check(bare, kind);
}

/** A URL for a person: no user, no password, no query, not too long. */
export function plainUrl(url: URL): string {
  const text = `${url.protocol}//${url.host}${url.pathname}`;
  return text.length > 512 ? `${text.slice(0, 511)}…` : text;
}

/** Why a realm is not asked, or null. `plainHttp`: the registry itself is spoken to without TLS. */
export function realmObjection(realm: URL, registry: URL): string | null {
  if (realm.username !== '' || realm.password !== '') {
    return `its token server is named with a login in the URL (${realm.host})`;
  }
  if (realm.protocol !== 'https:') {
    const allowed =
      realm.protocol === 'http:' &&
      registry.protocol === 'http:' &&
      plainHost(realm.hostname) === plainHost(registry.hostname);
    if (!allowed) return `its token server ${realm.host} is not asked over https`;
  }
  if (isNotPublic(realm.hostname) && !sameHostAndPort(realm, registry)) {
    return `its token server ${realm.host} is an address inside a network, not the registry's own`;
  }
  return null;
}

/** Why a redirect is not followed, or null. Credentials are another matter: they never go along. */
export function redirectObjection(target: URL, from: URL): string | null {
  if (target.protocol !== 'https:' && !(target.protocol === 'http:' && from.protocol === 'http:')) {
    return `it redirects to ${target.host} without TLS`;
  }
  if (isNotPublic(target.hostname) && !sameHostAndPort(target, from)) {
    return `it redirects to ${target.host}, an address inside a network`;
  }
  return null;
}

/** Whether a list of `HOST` or `HOST:PORT` names the host of the URL. */
export function names(list: ReadonlySet<string>, url: URL): boolean {
  const host = plainHost(url.hostname);
  const bracketed = isIP(host) === 6 ? `[${host}]` : host;
  return list.has(host) || list.has(bracketed) || list.has(`${bracketed}:${portOf(url)}`);
}
