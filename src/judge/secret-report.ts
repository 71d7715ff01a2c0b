/**
 * What there is to say about one pull secret by itself: its entries as the kubelet reads them, their kinds, when they
 * end, what is wrong. Pure.
 */
import type { ConfigEntry } from '../credentials/config-entry.ts';
import { readSecret, type SecretContent, textOf } from '../credentials/docker-config.ts';
import { endsAtLatest, expiryOf } from '../credentials/expiry.ts';
import { entryFaults, type Fault, secretFaults } from '../credentials/faults/index.ts';
import { fingerprint, type KeyedHash } from '../credentials/fingerprint.ts';
import { readKey } from '../credentials/key.ts';
import { type CredentialKind, kindOf } from '../credentials/kinds/index.ts';
import { mayShowUser } from '../credentials/kinds/user.ts';
import { hostOf, type RegistryMatch, registryOf } from '../registries/index.ts';
import { Hidden } from '../words/hidden.ts';
import type { SecretView } from '../words/pod.ts';
import type { SecretStatus } from '../words/secret-status.ts';

/** One entry. Everything but `entry` may be printed. */
export interface EntryReport {
  readonly entry: ConfigEntry;
  /** As written, a password before `@` masked. */
  readonly key: string;
  /** As the kubelet reads it; null: it ignores the entry. */
  readonly keyRead: string | null;
  readonly registry: RegistryMatch;
  /** Null where the user name is, or may be, a secret itself. */
  readonly user: string | null;
  readonly kind: CredentialKind;
  readonly expires: Expires | null;
  /** Of user name and password together: equal where two entries hold the same. */
  readonly fingerprint: string;
  readonly faults: readonly Fault[];
}

export interface Expires {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `true`: not later than that, reckoned from when the secret was written. */
  readonly atLatest: boolean;
}

export interface SecretReport {
  readonly secret: SecretView;
  /** Null where it is elided. */
  readonly content: SecretContent | null;
  readonly entries: readonly EntryReport[];
  /** Of the secret as a whole. */
  readonly faults: readonly Fault[];
  readonly status: SecretStatus;
  /** One sentence without full stop about the status; null for `ok`. */
  readonly why: string | null;
  /** Of the whole content; null where there is none. */
  readonly fingerprint: string | null;
}

export interface ReportSettings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What ends within so many milliseconds `expires soon`. */
  readonly soonMs: number;
  readonly hash: KeyedHash;
}

/** Never throws, whatever the secret holds. */
export function reportSecret(secret: SecretView, settings: ReportSettings): SecretReport {
  const content = secret.elided ? null : readSecret(dataOf(secret));
  const entries =
    content === null || content.kind === 'ignored'
      ? []
      : content.entries.map((entry) => reportEntry(entry, secret, settings));
  const text = content === null || content.kind === 'ignored' ? null : content.text;
  const faults = secretFaults({
    // A docker config that stood in a file has no name.
    name: secret.name === '' ? null : secret.name,
    type: secret.type,
    dataKeys: secret.dataKeys,
    content: content === null ? null : textOf(content),
  });
  const report = { secret, content, entries, faults };
  return {
    ...report,
    ...statusOf(report, settings),
    fingerprint: text === null ? null : fingerprint(text, settings.hash),
  };
}

/** The part of a Secret that the kubelet looks at. */
export function dataOf(secret: SecretView): { type: string; data: Record<string, string> } {
  const data = [...secret.data].map(([key, value]): [string, string] => [key, value.reveal()]);
  return { type: secret.type, data: Object.fromEntries(data) };
}

/** One entry of a secret that was written at `secret.changedAt`. */
export function reportEntry(
  entry: ConfigEntry,
  secret: Pick<SecretView, 'changedAt'>,
  { now, hash }: Pick<ReportSettings, 'now' | 'hash'>,
): EntryReport {
  const key = readKey(entry.writtenKey.reveal());
  const registry = registryOf(entry.writtenKey.reveal());
  const { username, password } = entry;
  const kind = kindOf({
    registry: registry.registry.id,
    host: hostOf(entry.writtenKey.reveal()),
    username,
    password,
  });
  return {
    entry,
    key: entry.key,
    keyRead: key.kind === 'read' ? key.read : null,
    registry,
    user: mayShowUser(username, password, kind) ? username : null,
    kind,
    expires: expiresOf(kind, password, secret.changedAt, now),
    fingerprint: fingerprint(password, (text) => hash(`${username}\n${text}`)),
    faults: faultsOf(entry),
  };
}

/** Faults of an entry by itself. */
export function faultsOf(entry: ConfigEntry): Fault[] {
  const { username, password, written } = entry;
  const faults = entryFaults({
    key: entry.writtenKey.reveal(),
    username,
    password,
    auth: written.auth,
    writtenUsername: written.username === null ? null : new Hidden(written.username),
    writtenPassword: written.password,
    identityToken: written.identitytoken !== null || written.registrytoken !== null,
  });
  // Nothing was read of it: that it is empty would be said of our reading, not of the entry.
  return entry.fault?.fault === 'shape'
    ? faults.filter(({ place, effect }) => place === 'key' || effect === 'stops-pod')
    : faults;
}

function expiresOf(
  kind: CredentialKind,
  password: Hidden,
  writtenAt: number | null,
  now: number,
): Expires | null {
  const said = expiryOf(kind, password, now);
  if (said.known) return { at: said.expiresAt, atLatest: false };
  const latest = writtenAt === null ? null : endsAtLatest(kind, writtenAt);
  return latest === null ? null : { at: latest, atLatest: true };
}

type Judged = Pick<SecretReport, 'status' | 'why'>;

function statusOf(
  { content, entries, faults }: Pick<SecretReport, 'content' | 'entries' | 'faults'>,
  { now, soonMs }: ReportSettings,
): Judged {
  if (content === null) return { status: 'elided', why: 'the file does not hold its content' };
  if (content.kind === 'broken') {
    const where = content.entry === null ? '' : `entry ${content.entry}: `;
    return { status: 'malformed', why: `${where}${content.error}` };
  }
  if (content.kind === 'ignored') return ignored(content.why, faults);
  if (!entries.some(({ entry }) => entry.from !== 'nothing')) {
    const why = faults[0]?.text ?? 'no entry holds a user name and a password';
    return { status: 'no credentials', why };
  }
  const ended = entries.find(({ expires }) => expires !== null && expires.at <= now);
  if (ended) return { status: 'expired', why: `the credential for ${ended.key} has expired` };
  const ending = entries.find(({ expires }) => expires !== null && expires.at <= now + soonMs);
  if (ending) return { status: 'expires soon', why: `the credential for ${ending.key} ends soon` };
  const worth = [...faults, ...entries.flatMap((e) => e.faults)].filter((f) => f.effect !== 'note');
  const [first] = worth;
  return first ? { status: 'suspicious', why: first.text } : { status: 'ok', why: null };
}

function ignored(why: 'type' | 'no data key' | 'empty', faults: readonly Fault[]): Judged {
  const said = faults[0]?.text;
  if (why === 'type') {
    return { status: 'wrong type', why: said ?? 'the kubelet looks over secrets of this type' };
  }
  return { status: 'no credentials', why: said ?? 'it holds no docker config' };
}
