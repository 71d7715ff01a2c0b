/** Whether a registry key is for a repository (`URLsMatch` of the kubelet's keyring.go), and if not, why. */
import { type Bytes, toBytes, toText } from './encoding.ts';
import { globMatch } from './go-glob.ts';
import { parseUrl, type ReadUrl, splitHost, type UrlFault } from './go-url.ts';
import { type ReadKey, type RegistryKey, readKey, shownKey } from './key.ts';

/** One difference between a key and a repository. Texts are as read, labels are counted from 0. */
export type Mismatch =
  /** The kubelet cannot read the key and ignores the entry. */
  | { readonly kind: 'unreadable'; readonly fault: UrlFault['kind']; readonly text: string }
  /** A scheme other than `https://` and `http://` in small letters is none: its name becomes the host. */
  | { readonly kind: 'scheme'; readonly scheme: string }
  /** A blank or line break at the start or the end of the key. */
  | { readonly kind: 'blank'; readonly where: 'start' | 'end' }
  /** A host of Docker Hub that is in no image name: `registry-1.docker.io`, `hub.docker.com`. */
  | { readonly kind: 'docker hub host'; readonly host: string }
  /** `index.docker.io` with a port or a path: the kubelet looks up the bare host alone. */
  | { readonly kind: 'docker hub key'; readonly key: string }
  /** `index.docker.io`, which is looked up only where nothing else matches. `by`: the key that does. */
  | { readonly kind: 'hidden'; readonly by: string }
  /** Ports are compared as texts; '' is none. */
  | { readonly kind: 'port'; readonly key: string; readonly image: string }
  /** Hosts of more or fewer labels; a `*` stands for one label, never for two. */
  | {
      readonly kind: 'label count';
      readonly key: number;
      readonly image: number;
      readonly wildcard: boolean;
    }
  /** The hosts are alike but for capital letters. */
  | { readonly kind: 'case'; readonly key: string; readonly image: string }
  | { readonly kind: 'label'; readonly at: number; readonly key: string; readonly image: string }
  /** A label that is no pattern: a bracket without its end. */
  | { readonly kind: 'pattern'; readonly label: string }
  /** `/v1` or `/v2` without the slash behind it is an ordinary path. */
  | { readonly kind: 'version path'; readonly path: string }
  /** A tag or digest in the key: the kubelet looks for a name that has none. */
  | { readonly kind: 'tag'; readonly path: string }
  /** The path of a key must begin the path of the image, as text. */
  | { readonly kind: 'path'; readonly key: string; readonly image: string }
  /** The repository's name is no URL for Go, so that no key matches it. */
  | { readonly kind: 'image' };

/** A repository as the keyring looks it up. */
export interface Repository {
  /** `docker.io/library/nginx`: host and path, no tag, no digest. */
  readonly name: string;
  readonly url: ReadUrl | UrlFault;
  /** Whether Docker Hub's key is looked up where no other matches (`isDefaultRegistryMatch`). */
  readonly dockerHub: boolean;
}

/** The key of Docker Hub's fallback. */
export const DOCKER_HUB_KEY = 'index.docker.io';

/** Takes a normalised name. */
export function repositoryOf(name: string): Repository {
  const bytes = toBytes(name);
  const slash = bytes.indexOf('/');
  const head = slash === -1 ? bytes : bytes.slice(0, slash);
  const hub =
    head !== '' &&
    (slash === -1 ||
      head === 'docker.io' ||
      head === DOCKER_HUB_KEY ||
      !(head.includes('.') || head.includes(':')));
  return { name, url: parseUrl(bytes), dockerHub: hub };
}

/** Whether a key is for a repository. Docker Hub's fallback is the keyring's, not the matcher's. */
export function keyMatches(key: ReadKey, repository: Repository): boolean {
  const { url } = key;
  const image = repository.url;
  if (!url.ok || !image.ok || !image.path.startsWith(url.path)) return false;
  const mine = splitHost(url.host);
  const its = splitHost(image.host);
  return (
    mine.port === its.port &&
    mine.labels.length === its.labels.length &&
    mine.labels.every((label, at) => globMatch(label, its.labels[at] ?? '') === true)
  );
}

/**
 * Every difference that keeps a key from a repository, the one to tell first in front; empty if it matches. `written`
 * is the key as it stands in the secret, `key` the same as read.
 */
export function mismatches(
  written: string,
  repository: Repository,
  key: RegistryKey = readKey(written),
): Mismatch[] {
  if (!repository.url.ok) return [{ kind: 'image' }];
  if (key.kind === 'read' && keyMatches(key, repository)) return [];
  const found = spelling(written, key);
  if (repository.dockerHub) found.push(...dockerHub(key));
  if (key.kind === 'ignored' || !key.url.ok) {
    const fault = key.kind === 'ignored' ? key.fault : key.url;
    if (fault.ok) return found;
    return [...found, { kind: 'unreadable', fault: fault.kind, text: fault.text }];
  }
  return [
    ...found,
    ...hostDifferences(key.url, repository.url),
    ...pathDifferences(key.url, repository.url),
  ];
}

function spelling(written: string, key: RegistryKey): Mismatch[] {
  if (written === written.trim()) return scheme(written);
  const found: Mismatch[] = [];
  const trimmed = readKey(written.trim());
  // A blank in what the kubelet drops anyway, a query, does no harm.
  if (key.kind === 'read' && trimmed.kind === 'read' && trimmed.bytes === key.bytes) {
    return scheme(written);
  }
  if (/^\s/.test(written)) found.push({ kind: 'blank', where: 'start' });
  if (/\s$/.test(written.slice(-1))) found.push({ kind: 'blank', where: 'end' });
  return [...found, ...scheme(written)];
}

function scheme(written: string): Mismatch[] {
  const name = /^\s*([A-Za-z][A-Za-z0-9+.-]{0,30}):\/\//.exec(written.slice(0, 100))?.[1];
  return name === undefined || name === 'https' || name === 'http'
    ? []
    : [{ kind: 'scheme', scheme: name }];
}

const HUB_HOSTS: ReadonlySet<string> = new Set([
  'registry-1.docker.io',
  'registry.docker.io',
  'auth.docker.io',
  'hub.docker.io',
  'www.docker.io',
  'hub.docker.com',
  'registry.hub.docker.com',
  'docker.com',
]);

function dockerHub(key: RegistryKey): Mismatch[] {
  if (key.kind !== 'read' || !key.url.ok) return [];
  const host = toText(key.url.host);
  if (HUB_HOSTS.has(host)) return [{ kind: 'docker hub host', host }];
  const index = splitHost(key.url.host).labels.join('.') === DOCKER_HUB_KEY;
  return index && key.bytes !== DOCKER_HUB_KEY ? [{ kind: 'docker hub key', key: key.read }] : [];
}

function hostDifferences(key: ReadUrl, image: ReadUrl): Mismatch[] {
  const mine = splitHost(key.host);
  const its = splitHost(image.host);
  const found: Mismatch[] = [];
  if (mine.port !== its.port) {
    found.push({ kind: 'port', key: toText(mine.port), image: toText(its.port) });
  }
  if (mine.labels.length !== its.labels.length) {
    const wildcard = key.host.includes('*');
    found.push({
      kind: 'label count',
      key: mine.labels.length,
      image: its.labels.length,
      wildcard,
    });
    return found;
  }
  const unlike: Mismatch[] = [];
  let onlyCase = true;
  for (const [at, label] of mine.labels.entries()) {
    const other = its.labels[at] ?? '';
    const match = globMatch(label, other);
    if (match === true) continue;
    if (match === 'bad pattern') unlike.push({ kind: 'pattern', label: toText(label) });
    else unlike.push({ kind: 'label', at, key: toText(label), image: toText(other) });
    onlyCase &&= globMatch(lower(label), lower(other)) === true;
  }
  if (unlike.length === 0) return found;
  const hosts = { key: toText(mine.labels.join('.')), image: toText(its.labels.join('.')) };
  return onlyCase ? [...found, { kind: 'case', ...hosts }] : [...found, ...unlike];
}

function pathDifferences(key: ReadUrl, image: ReadUrl): Mismatch[] {
  if (image.path.startsWith(key.path)) return [];
  const path = shownPath(key.path);
  if (/^\/v[12]$/.test(path)) return [{ kind: 'version path', path }];
  const name = toText(key.path)
    .replace(/@[^/@]*$/, '')
    .replace(/:[^/:]*$/, '');
  if (name !== toText(key.path) && image.path.startsWith(toBytes(name)))
    return [{ kind: 'tag', path }];
  return [{ kind: 'path', key: path, image: toText(image.path) }];
}

/** The path of a key; that of one with another scheme is all that stood behind the scheme, a password included. */
function shownPath(path: Bytes): string {
  const slashes = /^\/*/.exec(path)?.[0] ?? '';
  return slashes + shownKey(toText(path.slice(slashes.length)));
}

function lower(bytes: Bytes): Bytes {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
