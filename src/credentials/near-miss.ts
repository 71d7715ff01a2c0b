/** Keys that would be for a repository but for something small, and what they should be. */
import { readKey, shownKey } from './key.ts';
import { DOCKER_HUB_KEY, keyMatches, type Repository } from './match.ts';

/**
 * What to change: blanks at the ends; a scheme; capital letters; the port; a tag or digest; the slash at the end; a host
 * of Docker Hub that no image name has.
 */
export type Repair = 'blank' | 'scheme' | 'case' | 'port' | 'tag' | 'slash' | 'docker hub host';

export interface NearMiss {
  /** One where one is enough. */
  readonly repairs: readonly Repair[];
  /** The key with the repairs, without scheme; masked as `shownKey` does. */
  readonly key: string;
}

/**
 * The smallest change that makes a key match, or null where none of the repairs, nor all together, does. Null too for a
 * key that matches as it is. Another region of a registry is no repair: that is for who knows the registry.
 */
export function nearMiss(written: string, repository: Repository): NearMiss | null {
  if (!repository.url.ok || written.length > MAX_LENGTH || fits(written, repository)) return null;
  let all = written;
  const made: Repair[] = [];
  for (const [repair, change] of REPAIRS) {
    const alone = change(written, repository);
    if (alone !== written && fits(alone, repository)) {
      return { repairs: [repair], key: withoutScheme(alone) };
    }
    const next = change(all, repository);
    if (next === all) continue;
    all = next;
    made.push(repair);
  }
  return fits(all, repository) ? { repairs: made, key: withoutScheme(all) } : null;
}

/** Longer than any host and path. */
const MAX_LENGTH = 1024;
const HTTP = /^https?:\/\//;
const HUB_NAMES =
  /^((?:https?:\/\/)?)(?:registry-1|registry|index|auth|hub|www)\.docker\.(?:io|com)(?=[:/]|$)/;

const REPAIRS: readonly (readonly [Repair, (key: string, repository: Repository) => string])[] = [
  ['blank', (key) => key.trim()],
  [
    'scheme',
    (key) => (HTTP.test(key) ? key : key.replace(/^[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\//, '')),
  ],
  ['case', (key) => key.toLowerCase()],
  ['docker hub host', (key) => key.replace(HUB_NAMES, `$1${DOCKER_HUB_KEY}`)],
  ['port', withPort],
  ['tag', (key) => key.replace(/(\/[^/@]*)@[^/@]*$/, '$1').replace(/(\/[^/:]*):[^/:]*$/, '$1')],
  ['slash', (key) => (/\/v[12]$/.test(key) ? `${key}/` : key.replace(/\/+$/, ''))],
];

/** The key with the image's port, or without one. */
function withPort(key: string, repository: Repository): string {
  const port = /^[^/]*?(:[0-9]+)?(?:\/|$)/.exec(repository.name)?.[1] ?? '';
  return key.replace(
    /^((?:https?:\/\/)?[^/:?#]+)(?::[0-9]*)?(?=[/?#]|$)/,
    (_, host: string) => host + port,
  );
}

function fits(written: string, repository: Repository): boolean {
  const key = readKey(written);
  if (key.kind === 'ignored') return false;
  return keyMatches(key, repository) || (repository.dockerHub && key.bytes === DOCKER_HUB_KEY);
}

function withoutScheme(key: string): string {
  return shownKey(key.replace(HTTP, ''));
}
