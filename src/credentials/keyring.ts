/**
 * The kubelet's keyring for one pod (`MakeDockerKeyring` and `BasicDockerKeyring.Lookup`): which credentials of the
 * pod's pull secrets it tries for an image, in which order. The node's own credentials are not among them.
 */
import type { ImageReference } from '../image/reference.ts';
import type { Hidden } from '../words/hidden.ts';
import type { ConfigEntry } from './config-entry.ts';
import { readSecret, type SecretContent, type SecretData } from './docker-config.ts';
import { type RegistryKey, readKey } from './key.ts';
import {
  DOCKER_HUB_KEY,
  keyMatches,
  type Mismatch,
  mismatches,
  type Repository,
  repositoryOf,
} from './match.ts';

export interface PullSecret extends SecretData {
  readonly name: string;
}

/** A pull secret and what is in it. */
export interface SecretRead {
  readonly name: string;
  readonly content: SecretContent;
}

/** One entry of one secret, with its key as the kubelet reads it. */
export interface KeyringEntry {
  readonly secret: string;
  readonly entry: ConfigEntry;
  readonly key: RegistryKey;
  /** Place of the secret among the pod's. */
  readonly place: number;
}

export interface Keyring {
  readonly kind: 'keyring';
  readonly secrets: readonly SecretRead[];
  /** In the order in which they are tried; entries with an ignored key last. */
  readonly entries: readonly KeyringEntry[];
}

/** A secret that cannot be read: the kubelet pulls nothing for the pod, the images of other registries included. */
export interface BrokenKeyring {
  readonly kind: 'broken';
  readonly secrets: readonly SecretRead[];
  /** The first secret at fault, in the pod's order. */
  readonly secret: string;
  /** As `ConfigEntry.key`, or null where it is no single entry. */
  readonly entry: string | null;
  /** The kubelet's sentence. */
  readonly error: string;
}

/** What the kubelet tries. */
export interface Credential {
  readonly secret: string;
  /** As `ConfigEntry.key`. */
  readonly key: string;
  readonly keyRead: string;
  readonly username: string;
  readonly password: Hidden;
  readonly entry: ConfigEntry;
  readonly matched: 'key' | 'docker hub fallback';
  /** Another key of the same secret reads alike: which of the two comes first is chance. */
  readonly randomOrder: boolean;
}

/** What it does not try, and why: the reason to tell first stands in front. */
export interface NotTried {
  readonly secret: string;
  readonly key: string;
  /** Null where the kubelet cannot read the key. */
  readonly keyRead: string | null;
  readonly entry: ConfigEntry;
  readonly why: readonly Mismatch[];
}

export interface Lookup {
  readonly repository: Repository;
  /** In the kubelet's order. None: one anonymous pull, unless the node has credentials. Any: no anonymous pull. */
  readonly credentials: readonly Credential[];
  readonly others: readonly NotTried[];
}

/** Builds the keyring from the pull secrets that exist, in the order of the pod's `imagePullSecrets`. */
export function buildKeyring(pullSecrets: readonly PullSecret[]): Keyring | BrokenKeyring {
  const secrets = pullSecrets.map((secret) => ({
    name: secret.name,
    content: readSecret(secret),
  }));
  return keyringOf(secrets);
}

/** The same from secrets that were read before. */
export function keyringOf(secrets: readonly SecretRead[]): Keyring | BrokenKeyring {
  const entries: KeyringEntry[] = [];
  for (const [place, { name, content }] of secrets.entries()) {
    if (content.kind === 'ignored') continue;
    if (content.kind === 'broken') {
      const { error, entry } = content;
      return { kind: 'broken', secrets, secret: name, entry, error };
    }
    for (const entry of content.entries) {
      entries.push({ secret: name, entry, key: readKey(entry.writtenKey.reveal()), place });
    }
  }
  return { kind: 'keyring', secrets, entries: entries.sort(byOrder) };
}

/**
 * The credentials for a repository.
 *
 * @param repository normalised, without tag and digest, as `repositoryName` gives it
 */
export function lookup(keyring: Keyring, repository: string): Lookup {
  const wanted = repositoryOf(repository);
  const matching = keyring.entries.filter(
    ({ key }) => key.kind === 'read' && keyMatches(key, wanted),
  );
  const fallback = matching.length === 0 && wanted.dockerHub;
  const tried = fallback ? keyring.entries.filter(isHubEntry) : matching;
  const matched = fallback ? 'docker hub fallback' : 'key';
  const isTried = new Set(tried);
  const spellings = new Map<string, number>();
  for (const row of tried) spellings.set(spot(row), (spellings.get(spot(row)) ?? 0) + 1);
  return {
    repository: wanted,
    credentials: tried.map((row) =>
      credentialOf(row, matched, (spellings.get(spot(row)) ?? 0) > 1),
    ),
    others: keyring.entries
      .filter((row) => !isTried.has(row))
      .map((row) => notTried(row, wanted, tried[0] ?? null)),
  };
}

/** The name that the kubelet looks up for an image. */
export function repositoryName(image: Pick<ImageReference, 'host' | 'repository'>): string {
  return `${image.host}/${image.repository}`;
}

/** Longer before shorter and letters before stars: by bytes, descending. Equal keys in the order of the secrets. */
function byOrder(a: KeyringEntry, b: KeyringEntry): number {
  const left = a.key.kind === 'read' ? a.key.bytes : null;
  const right = b.key.kind === 'read' ? b.key.bytes : null;
  if (left === right) return a.place - b.place;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? 1 : -1;
}

/** What entries share that Go's random order of maps puts in either order. */
function spot({ place, key }: KeyringEntry): string {
  return key.kind === 'read' ? `${place} ${key.bytes}` : '';
}

function isHubEntry({ key }: KeyringEntry): boolean {
  return key.kind === 'read' && key.bytes === DOCKER_HUB_KEY;
}

function credentialOf(
  row: KeyringEntry,
  matched: Credential['matched'],
  randomOrder: boolean,
): Credential {
  const { secret, entry, key } = row;
  return {
    secret,
    key: entry.key,
    keyRead: key.kind === 'read' ? key.read : entry.key,
    username: entry.username,
    password: entry.password,
    entry,
    matched,
    randomOrder,
  };
}

function notTried(row: KeyringEntry, wanted: Repository, first: KeyringEntry | null): NotTried {
  const { secret, entry, key } = row;
  const hidden = first !== null && wanted.dockerHub && isHubEntry(row);
  return {
    secret,
    key: entry.key,
    keyRead: key.kind === 'read' ? key.read : null,
    entry,
    why: hidden
      ? [{ kind: 'hidden', by: first.key.kind === 'read' ? first.key.read : first.entry.key }]
      : mismatches(entry.writtenKey.reveal(), wanted, key),
  };
}
