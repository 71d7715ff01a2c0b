/** A pull secret as one row of a list, and which rows a filter lets through. Pure. */
import type { Fault } from '../credentials/faults/index.ts';
import { impossibleName, possibleName } from '../credentials/faults/index.ts';
import { readKey } from '../credentials/key.ts';
import { DOCKER_HUB_KEY, keyMatches, type Repository, repositoryOf } from '../credentials/match.ts';
import { hostOf, registryOf } from '../registries/index.ts';
import type { Unavailable } from '../words/known.ts';
import { nearest } from '../words/nearest.ts';
import type { SecretView } from '../words/pod.ts';
import type { ListedSecret, RowExpiry, RowFault, SecretRow } from '../words/secret-row.ts';
import { SECRET_STATUSES, type SecretStatus } from '../words/secret-status.ts';
import {
  type EntryReport,
  type ReportSettings,
  reportSecret,
  type SecretReport,
} from './secret-report.ts';

/** Faults that one row keeps. */
const MAX_FAULTS = 20;

/**
 * Makes rows of secrets. Copies of one secret are read once, and what else secrets have in common (the hosts of a
 * registry) is kept once. A row holds on to nothing of the secret: a piece of a text would keep the whole in memory.
 */
export function rowMaker(settings: ReportSettings): (secret: SecretView) => SecretRow {
  const shared = new Map<string, unknown>();
  const share = <T>(value: T): T => {
    const text = JSON.stringify(value);
    const known = shared.get(text);
    if (known !== undefined) return known as T;
    const copy = JSON.parse(text) as T;
    shared.set(text, copy);
    return copy;
  };
  const shareParts = (contents: SecretContents): SecretContents => {
    const { status, fingerprint, expires } = contents;
    return {
      status,
      fingerprint,
      expires,
      type: share(contents.type),
      why: share(contents.why),
      registries: share(contents.registries),
      users: share(contents.users),
      kinds: share(contents.kinds),
      faults: share(contents.faults),
    };
  };
  const copies = new Map<string, SecretContents>();
  return (secret) => {
    const key = copyKey(secret, settings);
    const known = copies.get(key);
    const contents = known ?? shareParts(contentsOf(reportSecret(secret, settings)));
    // When it ends at the latest is reckoned from when the secret was written, which copies do not share.
    if (!contents.expires?.atLatest) copies.set(key, contents);
    const { namespace, name, createdAt, changedAt } = secret;
    return { namespace, name, createdAt, changedAt, ...contents };
  };
}

/** What a row tells of the content alone. */
type SecretContents = Omit<SecretRow, 'namespace' | 'name' | 'createdAt' | 'changedAt'>;

/** Equal for secrets that hold the same. */
function copyKey({ name, type, dataKeys, data, elided }: SecretView, { hash }: ReportSettings) {
  const held = [...data].map(([key, value]) => [key, value.reveal()]);
  return hash(JSON.stringify([impossibleName(name), type, dataKeys, held, elided]));
}

function contentsOf({ secret, entries, faults, status, why, fingerprint }: SecretReport) {
  const used = entries.filter(({ entry }) => entry.from !== 'nothing');
  return {
    type: secret.type,
    status,
    why,
    registries: registriesOf(entries),
    users: [...new Set(used.map(({ user }) => user))],
    kinds: [...new Set(used.map(({ kind }) => kind.label))],
    expires: firstEnd(entries),
    fingerprint,
    faults: faultsOf(faults, entries),
  };
}

function registriesOf(entries: readonly EntryReport[]): string[] {
  return [...new Set(entries.map(({ keyRead, key }) => keyRead ?? key))].sort();
}

function firstEnd(entries: readonly EntryReport[]): RowExpiry | null {
  let first: RowExpiry | null = null;
  for (const { expires } of entries) {
    if (expires !== null && (first === null || expires.at < first.at)) first = expires;
  }
  return first === null ? null : { at: first.at, atLatest: first.atLatest };
}

function faultsOf(ofSecret: readonly Fault[], entries: readonly EntryReport[]): RowFault[] {
  const row = ({ id, effect, text, fix }: Fault, entry: string | null): RowFault => ({
    id,
    entry,
    effect,
    text,
    fix,
  });
  const all = [
    ...ofSecret.map((fault) => row(fault, null)),
    ...entries.flatMap(({ key, faults }) => faults.map((fault) => row(fault, key))),
  ];
  return all.slice(0, MAX_FAULTS);
}

/**
 * The row of a secret that something refers to and that was not brought: `missing`, `not allowed`, `elided` (not in the
 * file); null where the reason says nothing about it. `names`: pull secrets of the same namespace.
 */
export function absentRow(
  key: string,
  why: Unavailable,
  names: Iterable<string>,
): SecretRow | null {
  const slash = key.indexOf('/');
  const [namespace, name] = [key.slice(0, slash), key.slice(slash + 1)];
  const status = ABSENT[why.reason];
  const impossible = impossibleName(name);
  if (status === undefined && impossible === null) return null;
  const missing = impossible !== null || status === 'missing';
  return {
    namespace,
    name,
    type: '',
    status: missing ? 'missing' : (status ?? 'missing'),
    why: missing ? missingText(name, names) : why.text,
    registries: [],
    users: [],
    kinds: [],
    expires: null,
    fingerprint: null,
    createdAt: null,
    changedAt: null,
    faults: [],
  };
}

const ABSENT: Readonly<Partial<Record<Unavailable['reason'], SecretStatus>>> = {
  'not found': 'missing',
  forbidden: 'not allowed',
  'not in the file': 'not known',
};

/** Why a secret is not there, as far as its name tells. */
export function missingText(name: string, names: Iterable<string>): string {
  const impossible = impossibleName(name);
  if (impossible !== null) {
    const near = possibleName(name);
    const meant = near === null ? '' : `; ${near} could`;
    return `no secret can have this name: ${impossible}${meant}`;
  }
  const near = nearest(name, names);
  return near === null
    ? 'it does not exist in this namespace'
    : `it does not exist in this namespace; the nearest name there is ${near}`;
}

/** The row with what its use adds: a secret without any fault is `unused` where nothing refers to it. */
export function withUse(row: SecretRow, usedBy: ListedSecret['usedBy']): ListedSecret {
  const unused = usedBy !== null && usedBy.pods === 0 && usedBy.serviceAccounts.length === 0;
  if (!unused || isWorse(row.status, 'unused')) return { ...row, usedBy };
  return { ...row, usedBy, status: 'unused', why: 'no pod and no ServiceAccount refers to it' };
}

function isWorse(a: SecretStatus, b: SecretStatus): boolean {
  return SECRET_STATUSES.indexOf(a) < SECRET_STATUSES.indexOf(b);
}

export interface SecretFilter {
  readonly registry?: string | undefined;
  /** Empty: all. */
  readonly statuses: readonly SecretStatus[];
  readonly expiringMs?: number | undefined;
}

/** True for a row that every given filter lets through; `now` in milliseconds. */
export function passes(row: SecretRow, filter: SecretFilter, now: number): boolean {
  const { registry, statuses, expiringMs } = filter;
  if (statuses.length > 0 && !statuses.includes(row.status)) return false;
  if (registry !== undefined && !row.registries.some((key) => isFor(key, registry))) return false;
  return expiringMs === undefined || (row.expires !== null && row.expires.at <= now + expiringMs);
}

/** Docker Hub goes by several names; a wildcard is for every host that it covers. */
function isFor(key: string, wanted: string): boolean {
  const host = wanted
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/s, '');
  const own = key.replace(/\/.*$/s, '');
  if (own.toLowerCase() === host || (hostOf(own) === host && !host.includes(':'))) return true;
  const hub = registryOf(host).registry.id === 'docker-hub';
  if (hub && host !== 'dhi.io' && registryOf(own).registry.id === 'docker-hub') return true;
  return own.includes('*') && matchesRepository([own], repositoryOf(`${host}/x`));
}

/** Whether one of the keys is for the repository, Docker Hub's fallback included. */
export function matchesRepository(keys: readonly string[], repository: Repository): boolean {
  return keys.some((written) => {
    const key = readKey(written);
    if (key.kind === 'ignored') return false;
    return keyMatches(key, repository) || (repository.dockerHub && key.bytes === DOCKER_HUB_KEY);
  });
}

/** Statuses that are findings: something has to be done. */
const FINDINGS: ReadonlySet<SecretStatus> = new Set([
  'missing',
  'malformed',
  'wrong type',
  'no credentials',
  'expired',
  'suspicious',
]);

/** `expires soon` is one only where it was asked for. */
export function isFinding({ status }: SecretRow, expiringAsked: boolean): boolean {
  return FINDINGS.has(status) || (expiringAsked && status === 'expires soon');
}

/** Statuses that leave open what the secret holds. */
export function isOpen({ status }: SecretRow): boolean {
  return status === 'not allowed' || status === 'not known' || status === 'elided';
}
