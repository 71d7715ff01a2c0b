/**
 * URLs as Go's net/url (Go 1.26) parses those that begin with `https://` or `http://`: what the kubelet makes of a
 * registry key. Only host and path are kept, for nothing else is used.
 */
import { type Bytes, toText } from './encoding.ts';
import { isIPv6 } from './ipv6.ts';

export interface ReadUrl {
  readonly ok: true;
  /** With port, unescaped, without user. */
  readonly host: Bytes;
  /** Unescaped; empty or from the first slash on. */
  readonly path: Bytes;
  /** What was taken off: `user@`, `?query`, `#fragment`. */
  readonly dropped: readonly ('user' | 'query' | 'fragment')[];
}

/** Why Go refuses a URL; `text` is the part that is at fault, or the character. */
export interface UrlFault {
  readonly ok: false;
  readonly kind: 'control character' | 'character' | 'port' | 'bracket' | 'escape' | 'user';
  readonly text: string;
}

/** Parses what follows `https://` or `http://`. */
export function parseUrl(rest: Bytes): ReadUrl | UrlFault {
  const [withQuery, fragment] = cut(rest, '#');
  const control = CONTROL.exec(withQuery);
  if (control !== null) return fault('control character', control[0]);
  const [bare, query] = cut(withQuery, '?');
  const slash = bare.indexOf('/');
  const authority = slash === -1 ? bare : bare.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const host = hostOf(authority.slice(at + 1));
  if (typeof host !== 'string') return host;
  if (at !== -1) {
    const user = authority.slice(0, at);
    if (!USER.test(user)) return fault('user', '');
    if (badEscape(user) !== null) return fault('user', '');
  }
  const path = unescaped(slash === -1 ? '' : bare.slice(slash));
  if (typeof path !== 'string') return path;
  const label = fragment === null ? '' : unescaped(fragment);
  if (typeof label !== 'string') return label;
  const dropped: ReadUrl['dropped'][number][] = [];
  if (at !== -1) dropped.push('user');
  if (query !== null) dropped.push('query');
  if (fragment !== null) dropped.push('fragment');
  return { ok: true, host, path, dropped };
}

/**
 * Splits a host into its labels and its port (`net.SplitHostPort`); a host that does not split is all name and has
 * the port ''. The brackets of an IPv6 address with a port are taken off, of one without they stay.
 */
export function splitHost(host: Bytes): {
  readonly labels: readonly Bytes[];
  readonly port: Bytes;
} {
  const whole = { labels: host.split('.'), port: '' };
  const colon = host.lastIndexOf(':');
  if (colon === -1) return whole;
  const port = host.slice(colon + 1);
  if (!host.startsWith('[')) {
    const name = host.slice(0, colon);
    return /[:[\]]/.test(name) || /[[\]]/.test(port) ? whole : { labels: name.split('.'), port };
  }
  const end = host.indexOf(']');
  if (end === -1 || end + 1 !== colon) return whole;
  const name = host.slice(1, end);
  return name.includes('[') || /[[\]]/.test(port) ? whole : { labels: name.split('.'), port };
}

/** Go goes through it character by character, and no character above ASCII is among these. */
const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const CONTROL = /[^ -~\x80-\xff]/;
/** Neither a letter, a digit, a mark that Go allows, nor above ASCII. */
const NOT_IN_HOST = /[^!"$&-.0-9:;<=>A-Z[\]_a-z~\x80-\xff]/;
const PORT = /^(?::[0-9]*)?$/;

/** The host of an authority without its user. */
function hostOf(written: Bytes): Bytes | UrlFault {
  const open = written.lastIndexOf('[');
  if (open > 0) return fault('bracket', '[');
  if (open === 0) return bracketHost(written);
  const colon = written.indexOf(':');
  const port = colon === -1 ? '' : written.slice(colon);
  return PORT.test(port) ? unescapeHost(written) : fault('port', port.slice(1));
}

function bracketHost(written: Bytes): Bytes | UrlFault {
  const close = written.lastIndexOf(']');
  if (close === -1) return fault('bracket', '[');
  const port = written.slice(close + 1);
  if (!PORT.test(port)) return fault('port', port);
  const inside = written.slice(1, close);
  const zoneAt = inside.indexOf('%25');
  const name = unescapeHost(zoneAt === -1 ? inside : inside.slice(0, zoneAt));
  if (typeof name !== 'string') return name;
  const zone = zoneAt === -1 ? '' : unescapeZone(inside.slice(zoneAt));
  if (typeof zone !== 'string') return zone;
  return isIPv6(name + zone) ? `[${name}${zone}]${port}` : fault('bracket', `[${inside}]`);
}

/** In a host only bytes above ASCII, and the percent sign itself, may be written as `%XX`. */
function unescapeHost(text: Bytes): Bytes | UrlFault {
  return unescaped(text, (byte, hex) => byte >= 0x80 || hex === '25', NOT_IN_HOST);
}

function unescapeZone(text: Bytes): Bytes | UrlFault {
  const allowed = (byte: number, hex: string) =>
    hex === '25' || byte === 0x20 || (byte < 0x80 && !NOT_IN_HOST.test(String.fromCharCode(byte)));
  return unescaped(text, allowed, NOT_IN_HOST);
}

/** Takes `%XX` for the byte; `allowed` says which bytes may be written so, `barred` which may not stand plain. */
function unescaped(
  text: Bytes,
  allowed: (byte: number, hex: string) => boolean = () => true,
  barred: RegExp | null = null,
): Bytes | UrlFault {
  if (!text.includes('%')) {
    const wrong = barred?.exec(text)?.[0];
    return wrong === undefined ? text : fault('character', wrong);
  }
  const bad = badEscape(text);
  const plain = barred === null ? null : barred.exec(text.replaceAll('%', '\x80'));
  const refused = [...text.matchAll(/%([0-9A-Fa-f]{2})/g)].find(
    ([, hex = '']) => !allowed(Number.parseInt(hex, 16), hex),
  );
  if (plain !== null) return fault('character', plain[0]);
  if (bad !== null) return fault('escape', bad);
  if (refused !== undefined) return fault('escape', refused[0]);
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** The first `%` without two hexadecimal digits, with what follows it. */
function badEscape(text: Bytes): string | null {
  return /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text)?.[0] ?? null;
}

/** Before and after the first `mark`; null where there is none. */
function cut(text: Bytes, mark: string): [Bytes, Bytes | null] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function fault(kind: UrlFault['kind'], text: Bytes): UrlFault {
  return { ok: false, kind, text: toText(text) };
}
