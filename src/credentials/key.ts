/** Registry keys of pull secrets as the kubelet reads them (`BasicDockerKeyring.Add`). */
import { MASK } from '../words/hidden.ts';
import { type Bytes, toBytes, toText } from './encoding.ts';
import { parseUrl, type ReadUrl, type UrlFault } from './go-url.ts';

export type RegistryKey = ReadKey | IgnoredKey;

/** A key that is in the keyring. What might hold a password is out of the reach of JSON and of `util.inspect`. */
export class ReadKey {
  readonly kind = 'read';
  /** The key as text: host with port and path, as `us.icr.io/ns`; masked as `shownKey` does. */
  readonly read: string;
  /** The scheme that was taken off. */
  readonly scheme: 'https' | 'http' | null;
  /** What else was taken off. `version`: `/v1` or `/v2` before a slash. */
  readonly dropped: readonly (ReadUrl['dropped'][number] | 'version')[];
  readonly #bytes: Bytes;
  readonly #url: ReadUrl | UrlFault;

  constructor(bytes: Bytes, scheme: ReadKey['scheme'], dropped: ReadKey['dropped']) {
    this.read = shownKey(toText(bytes));
    this.scheme = scheme;
    this.dropped = dropped;
    this.#bytes = bytes;
    this.#url = parseUrl(bytes);
  }

  /** The key as the keyring holds it. Descending, this is the order of the keyring. */
  get bytes(): Bytes {
    return this.#bytes;
  }

  /** `bytes` parsed once more, as at each lookup: a fault means that the key matches nothing. */
  get url(): ReadUrl | UrlFault {
    return this.#url;
  }
}

/** A key that Go's URL parser refuses: the kubelet logs it on the node and leaves the entry out. */
export interface IgnoredKey {
  readonly kind: 'ignored';
  /** `text` is empty where it might be part of a password. */
  readonly fault: UrlFault;
}

/** Reads a key as it stands in the JSON. */
export function readKey(written: string): RegistryKey {
  const bytes = toBytes(written);
  const scheme = SCHEMES.find((name) => bytes.startsWith(`${name}://`)) ?? null;
  const parsed = parseUrl(scheme === null ? bytes : bytes.slice(scheme.length + 3));
  if (!parsed.ok) {
    return { kind: 'ignored', fault: written.includes('@') ? { ...parsed, text: '' } : parsed };
  }
  const version = /^\/v[12]\//.test(parsed.path);
  const path = version ? parsed.path.slice(3) : parsed.path;
  const key = path === '/' ? parsed.host : parsed.host + path;
  const dropped = version ? [...parsed.dropped, 'version' as const] : parsed.dropped;
  return new ReadKey(key, scheme, dropped);
}

/**
 * A key as it may be printed: what stands before an `@` is masked, for it may be a password, however badly the key is
 * written. A single `@` in front of a digest is nobody's password.
 */
export function shownKey(written: string): string {
  const query = /[?#]./.exec(written);
  if (query) return `${shownKey(written.slice(0, query.index + 1))}${MASK}`;
  const at = written.lastIndexOf('@');
  if (at === -1) return written;
  const start = /^\s*[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(written)?.[0].length ?? 0;
  const digest = /^@sha[0-9]+:/.test(written.slice(at, at + 10));
  if (digest && written.indexOf('@') === at && written.slice(start, at).includes('/')) {
    return written;
  }
  return `${written.slice(0, Math.min(start, at))}${MASK}${written.slice(at)}`;
}

const SCHEMES = ['https', 'http'] as const;
