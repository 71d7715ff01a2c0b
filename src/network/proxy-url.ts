/**
 * The URL of a proxy, read as Go's net/url reads it: what kubectl takes we take, and what it cannot read is not mended
 * by the rules of browsers. Errors never show the URL: it may hold a password.
 */
import { hostPort, type Place } from './hosts.ts';
import { ProxyUrlError } from './proxy-errors.ts';

/** The port may be too large for one: kubectl, too, notices only when it dials. */
export interface ProxyUrl extends Place {
  readonly scheme: 'http' | 'https' | 'socks5';
  readonly login?: { readonly user: string; readonly password: string } | undefined;
  /** `HOST:PORT` for errors and logs. */
  readonly address: string;
}

/** Go's net/http schemePort. */
const PORTS = { http: 80, https: 443, socks5: 1080 } as const;

/** Longer schemes are cut in errors. */
const SCHEME_SHOWN = 32;

/**
 * A proxy that the user names: `proxy-url` of a kubeconfig, `--proxy`. Throws ProxyUrlError as client-go's parseProxyURL
 * refuses; also takes `socks5h`.
 */
export function givenProxy(text: string): ProxyUrl {
  const parts = parse(text);
  if (parts === null) throw new ProxyUrlError('it cannot be read as a URL');
  const scheme = schemeOf(parts.scheme);
  if (scheme === null) {
    const shown = parts.scheme.slice(0, SCHEME_SHOWN);
    throw new ProxyUrlError(`unsupported scheme "${shown}", must be http, https, or socks5`);
  }
  if (parts.host === '') throw new ProxyUrlError('it names no host');
  return proxyUrl(scheme, parts);
}

/**
 * The value of HTTPS_PROXY or HTTP_PROXY; without a scheme it is an HTTP proxy. Undefined where Go cannot read it
 * either: it then goes without a proxy. Any other scheme is taken for http, as Go does. Throws ProxyUrlError for the
 * older SOCKS versions, which would not understand us, and where there is no host.
 */
export function environmentProxy(text: string): ProxyUrl | undefined {
  const whole = parse(text);
  const parts = whole?.scheme && whole.host !== '' ? whole : parse(`http://${text}`);
  if (parts === null && whole === null) return undefined;
  if (parts === null || parts.host === '') {
    throw new ProxyUrlError('the proxy URL of the environment names no host');
  }
  if (/^socks(?!5h?$)/.test(parts.scheme)) {
    const shown = parts.scheme.slice(0, SCHEME_SHOWN);
    throw new ProxyUrlError(
      `the proxy URL of the environment has the unsupported scheme "${shown}", must be http, https, or socks5`,
    );
  }
  return proxyUrl(schemeOf(parts.scheme) ?? 'http', parts);
}

function schemeOf(scheme: string): ProxyUrl['scheme'] | null {
  if (scheme === 'http' || scheme === 'https' || scheme === 'socks5') return scheme;
  // To Go both mean that the proxy looks up the name.
  return scheme === 'socks5h' ? 'socks5' : null;
}

function proxyUrl(scheme: ProxyUrl['scheme'], parts: Parts): ProxyUrl {
  const port = parts.port === '' ? PORTS[scheme] : Number(parts.port);
  const { host, login } = parts;
  return { scheme, host, port, login, address: hostPort({ host, port }) };
}

interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly login: ProxyUrl['login'];
}

/** Go's net/url.Parse as far as a proxy needs it; null where it fails. */
function parse(text: string): Parts | null {
  if (/\p{Cc}/u.test(text) || text.startsWith(':')) return null;
  const [start = '', scheme = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(text) ?? [];
  const rest = text.slice(start.length).replace(/[?#].*$/s, '');
  const [, authority, path = ''] = /^\/\/([^/]*)(.*)$/s.exec(rest) ?? [];
  if (authority === undefined) {
    if (scheme === '' && /^[^/]*:/.test(rest)) return null;
    return { scheme: scheme.toLowerCase(), host: '', port: '', login: undefined };
  }
  if (undoPercent(path) === null) return null;
  const at = authority.lastIndexOf('@');
  const login = at === -1 ? undefined : readLogin(authority.slice(0, at));
  const place = /^(\[[^[\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(authority.slice(at + 1));
  const host = readHost(place?.[1] ?? '');
  if (place === null || host === null || login === null) return null;
  return { scheme: scheme.toLowerCase(), host, port: place[2] ?? '', login };
}

function readLogin(text: string): ProxyUrl['login'] | null {
  if (!/^[\w.~!$&'()*+,;=:@%-]*$/.test(text)) return null;
  const colon = text.indexOf(':');
  const user = undoPercent(colon === -1 ? text : text.slice(0, colon));
  const password = colon === -1 ? '' : undoPercent(text.slice(colon + 1));
  return user === null || password === null ? null : { user, password };
}

function readHost(text: string): string | null {
  const bare = text.replace(/^\[|\]$/g, '');
  // ASCII that Go refuses in a host name; an IPv6 zone is written `%25eth0`.
  return /[ \\^`{|}]/.test(bare) ? null : undoPercent(bare);
}

/** Percent signs undone; null where one is followed by anything but two hexadecimal digits. */
function undoPercent(text: string): string | null {
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  // decodeURIComponent refuses bytes that are no UTF-8.
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
}
