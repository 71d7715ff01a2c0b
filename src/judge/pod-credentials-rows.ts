/** For one image a row a credential in the kubelet's order, then why the others are not tried. Pure. */

import type { ConfigEntry } from '../credentials/config-entry.ts';
import {
  type BrokenKeyring,
  type Keyring,
  keyringOf,
  lookup,
  repositoryName,
  type SecretRead,
} from '../credentials/keyring.ts';
import { parseImage } from '../image/reference.ts';
import { registryOf } from '../registries/index.ts';
import type { SecretView } from '../words/pod.ts';
import type { AnonymousRow, CredentialRow, ImageCredentials } from '../words/pod-credentials.ts';
import { missOf } from './credential-misses.ts';
import { type EntryReport, type ReportSettings, reportEntry } from './secret-report.ts';

/** The pod's pull secrets, as far as they were read. */
export interface PodKeyring {
  readonly keyring: Keyring | BrokenKeyring;
  readonly reports: ReadonlyMap<ConfigEntry, EntryReport>;
  /** Lines about secrets that put nothing into the keyring: missing, wrong type, not allowed. */
  readonly idle: readonly CredentialRow[];
  /** Names of those that could not be looked at. */
  readonly open: readonly string[];
}

/** `idle` and `open` come from the caller, who knows why a secret was not read. */
export function podKeyring(
  read: readonly { readonly secret: SecretView; readonly content: SecretRead['content'] }[],
  idle: readonly CredentialRow[],
  open: readonly string[],
  settings: ReportSettings,
): PodKeyring {
  const keyring = keyringOf(read.map(({ secret, content }) => ({ name: secret.name, content })));
  const reports = new Map<ConfigEntry, EntryReport>();
  for (const { secret, content } of read) {
    if (content.kind === 'ignored') continue;
    for (const entry of content.entries) reports.set(entry, reportEntry(entry, secret, settings));
  }
  return { keyring, reports, idle, open };
}

/** One image of the pod: a container's, or a volume's. */
export interface PodImage {
  readonly container: string;
  readonly image: string;
  readonly failing: boolean;
}

/** The rows of one image. */
export function imageCredentials(image: PodImage, pod: PodKeyring): ImageCredentials {
  const reference = parseImage(image.image);
  if (!reference.valid) {
    const why = `it is no image name: ${reference.reason}`;
    return {
      ...image,
      repository: null,
      credentials: [],
      node: null,
      anonymous: { tried: false, why },
    };
  }
  const repository = repositoryName(reference);
  const node = registryOf(reference.host).registry.nodeCredentials;
  const { keyring } = pod;
  if (keyring.kind === 'broken') return brokenRows(image, repository, node, keyring, pod);
  const found = lookup(keyring, repository);
  const tried = found.credentials.map((credential, at): CredentialRow => {
    const report = pod.reports.get(credential.entry);
    const fallback = credential.matched === 'docker hub fallback';
    const why = fallback ? 'matches: no other key does, so that of Docker Hub counts' : 'matches';
    const chance = credential.randomOrder ? '; first or second by chance, two keys read alike' : '';
    return { ...rowOf(credential, report), order: at + 1, near: false, why: why + chance };
  });
  const others = found.others
    .map((row) => ({ row, miss: missOf(row, found.repository, reference) }))
    .sort((a, b) => a.miss.distance - b.miss.distance)
    .map(({ row, miss }): CredentialRow => {
      const lead = `entry ${row.key}: `;
      const why = miss.text.startsWith(lead) ? miss.text.slice(lead.length) : miss.text;
      return {
        ...rowOf(row, pod.reports.get(row.entry)),
        order: null,
        near: miss.distance === 0,
        why,
      };
    });
  return {
    ...image,
    repository,
    credentials: [...tried, ...pod.idle, ...others],
    node,
    anonymous: anonymous(tried.length, pod.open, node),
  };
}

type Shown = Pick<CredentialRow, 'secret' | 'key' | 'user' | 'hiddenUser' | 'kind' | 'expires'>;

function rowOf(
  { secret, key }: { readonly secret: string; readonly key: string },
  report: EntryReport | undefined,
): Shown {
  return {
    secret,
    key,
    user: report?.user ?? null,
    hiddenUser: report?.user === null,
    kind: report?.kind.label ?? null,
    expires: report?.expires ?? null,
  };
}

/** A line about a secret as a whole. */
export function idleRow(secret: string, why: string): CredentialRow {
  return {
    order: null,
    secret,
    key: null,
    user: null,
    hiddenUser: false,
    kind: null,
    expires: null,
    near: false,
    why,
  };
}

function anonymous(tried: number, open: readonly string[], node: string | null): AnonymousRow {
  if (tried > 0) return { tried: false, why: 'never tried, since a pull secret matches' };
  if (open.length > 0) {
    const names = open.join(', ');
    return { tried: null, why: `only where ${names}, which could not be looked at, is not for it` };
  }
  const unless = node === null ? '' : ', unless the node has a credential for it';
  return { tried: true, why: `no pull secret is for this image${unless}` };
}

function brokenRows(
  image: PodImage,
  repository: string,
  node: string | null,
  keyring: BrokenKeyring,
  pod: PodKeyring,
): ImageCredentials {
  const credentials = keyring.secrets.flatMap(({ name, content }): CredentialRow[] => {
    if (content.kind === 'ignored') return [];
    if (content.kind === 'broken') {
      const where = content.entry === null ? '' : `entry ${content.entry}: `;
      return [idleRow(name, `the kubelet cannot read it: ${where}${content.error}`)];
    }
    return [idleRow(name, `not used either, since ${keyring.secret} cannot be read`)];
  });
  const why = `the kubelet pulls nothing for this pod while secret ${keyring.secret} is broken`;
  return {
    ...image,
    repository,
    credentials: [...credentials, ...pod.idle],
    node,
    anonymous: { tried: false, why },
  };
}
