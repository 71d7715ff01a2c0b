/** Why an entry of a pull secret is not for an image, in words. Pure. */
import type { NotTried } from '../credentials/keyring.ts';
import type { Mismatch, Repository } from '../credentials/match.ts';
import { type NearMiss, nearMiss } from '../credentials/near-miss.ts';
import type { ImageReference } from '../image/reference.ts';
import { keyToWrite } from '../registries/index.ts';
import { nearHost } from '../registries/near.ts';
import type { ContributingCode } from '../words/verdict.ts';

/** One entry that misses an image. */
export interface Miss {
  readonly code: ContributingCode;
  /** How near it is: 0 for a slip in the key, 3 for a host that has nothing to do with the image's. */
  readonly distance: 0 | 1 | 2 | 3;
  /** A sentence without full stop that begins with the entry. */
  readonly text: string;
}

/** `image` is what was looked up as `repository`. */
export function missOf(
  row: NotTried,
  repository: Repository,
  image: Pick<ImageReference, 'host'>,
): Miss {
  const [why] = row.why;
  const near = nearMiss(row.entry.writtenKey.reveal(), repository);
  if (why === undefined) return other(row, image);
  // A broken password before an @ may have been read as a port.
  const hidden = why.kind === 'port' && row.key.includes('@');
  const said = hidden ? 'the ports are not alike' : mismatchText(why, image);
  if (said === null) return nearHostMiss(row, image) ?? other(row, image);
  const code = CODES[why.kind](why);
  const text = `entry ${row.key}: ${said}${repair(near, row)}`;
  if (near !== null) return { code, distance: 0, text };
  const kin = nearHostMiss(row, image);
  if (kin && why.kind === 'port') return kin;
  return { code, distance: NEVER_FAR.has(why.kind) ? 1 : 2, text };
}

/** Kinds that only a key for the image's own host can have. */
const NEVER_FAR: ReadonlySet<Mismatch['kind']> = new Set([
  'docker hub host',
  'docker hub key',
  'hidden',
  'case',
  'path',
  'tag',
  'version path',
]);

/** The key of Docker Hub is named by the sentence itself. */
function repair(near: NearMiss | null, row: NotTried): string {
  if (near === null || near.key === row.key || near.key.startsWith('index.docker.io')) return '';
  return `; as ${near.key} it would match`;
}

function nearHostMiss(row: NotTried, { host }: Pick<ImageReference, 'host'>): Miss | null {
  const near = nearHost(row.key, host);
  return near === null
    ? null
    : { code: 'secret-other-host', distance: 1, text: `entry ${row.key}: ${near.text}` };
}

function other(row: NotTried, { host }: Pick<ImageReference, 'host'>): Miss {
  const text = `entry ${row.key}: it is for another host than ${host}`;
  return { code: 'secret-other-host', distance: 3, text };
}

const CODES: Readonly<Record<Mismatch['kind'], (why: Mismatch) => ContributingCode>> = {
  unreadable: () => 'secret-key-unreadable',
  scheme: () => 'key-scheme',
  blank: () => 'key-blank',
  'docker hub host': () => 'secret-other-host',
  'docker hub key': (why) =>
    why.kind === 'docker hub key' && /\/v[12]$/.test(why.key)
      ? 'key-version-path'
      : 'secret-key-path',
  hidden: () => 'secret-key-hidden',
  port: (why) =>
    why.kind === 'port' && why.key === '' ? 'secret-key-port-missing' : 'secret-key-port',
  'label count': (why) =>
    why.kind === 'label count' && why.wildcard ? 'secret-key-wildcard' : 'secret-other-host',
  case: () => 'secret-key-case',
  label: () => 'secret-other-host',
  pattern: () => 'secret-key-wildcard',
  'version path': () => 'key-version-path',
  tag: () => 'key-tag',
  path: () => 'secret-key-path',
  image: () => 'secret-key-unreadable',
};

/** What stands against the entry, or null where it simply is for another host. */
function mismatchText(why: Mismatch, { host }: Pick<ImageReference, 'host'>): string | null {
  switch (why.kind) {
    case 'unreadable':
      return 'the kubelet cannot read the key and leaves the entry out';
    case 'scheme':
      return 'the kubelet takes only https:// and http:// in small letters off a key';
    case 'blank':
      return `a blank or line break at the ${why.where} of the key is a part of it`;
    case 'docker hub host':
      return `no image is named by this host of Docker Hub, whose key is ${keyToWrite('docker.io')}`;
    case 'docker hub key':
      return `images of Docker Hub are looked up under index.docker.io without port and path, which ${keyToWrite('docker.io')} is read as`;
    case 'hidden':
      return `it is looked up only where no other entry matches, and ${why.by} does`;
    case 'port':
      return portText(why.key, why.image);
    case 'label count':
      return why.wildcard
        ? `a * stands for one part of a host name between dots; the key has ${why.key} parts, ${host} has ${why.image}`
        : null;
    case 'case':
      return 'keys are compared in their case, and the host of the image is in small letters';
    case 'label':
      return null;
    case 'pattern':
      return 'the pattern is broken: a bracket has no end';
    case 'version path':
      return `${why.path} without a slash behind it is taken for the first part of the repository`;
    case 'tag':
      return 'the key has a tag or digest, and images are compared without theirs';
    case 'path':
      return `it is for images below ${why.key}, and this one is ${why.image}`;
    case 'image':
      return 'the name of the image is no URL for the kubelet, so that no key matches it';
  }
}

function portText(key: string, image: string): string {
  if (key === '') return `the key has no port, and the image names :${image}`;
  return image === ''
    ? `the key has port ${key}, and the image names none`
    : `the key has port ${key}, and the image names :${image}`;
}
