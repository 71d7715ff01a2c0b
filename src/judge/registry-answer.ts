/**
 * What the registry's own answer makes of a reading that rests on texts. The texts are the node's, the answer is what
 * this machine got: where both agree the case is settled, where they differ both are said. Pure.
 */
import type { CauseName } from '../words/cause.ts';
import { atMostLikely } from '../words/certainty.ts';
import type { Reading } from '../words/reading.ts';
import type { VerifiedImage, VerifiedRow } from '../words/verification.ts';
import { CREDENTIAL_CAUSES, REFUSALS } from './wants.ts';

export interface Settled {
  readonly reading: Reading;
  /** Sentences without full stop. */
  readonly notes: readonly string[];
}

/** The reading as it stands after the registry was asked. `verified` is the image with the credentials of the pod. */
export function withRegistry(reading: Reading, verified: VerifiedImage): Settled {
  switch (verified.result) {
    case 'unverifiable':
      return { reading, notes: [] };
    case 'pullable':
      return { reading: pulledNow(reading, verified), notes: [whyNow(reading, verified)] };
    case 'not pullable':
      return refusedNow(reading, verified);
  }
}

const MISSING: ReadonlySet<CauseName> = new Set<CauseName>([
  'TagNotFound',
  'DigestNotFound',
  'RepositoryNotFound',
]);

const ON_THE_WAY: ReadonlySet<CauseName> = new Set<CauseName>([
  'DnsFailure',
  'ConnectionRefused',
  'NetworkTimeout',
  'NetworkUnreachable',
  'ProxyFailure',
  'TlsUntrusted',
  'TlsInvalid',
  'HttpHttpsMismatch',
  'AccessBlocked',
  'PullTimeout',
]);

/** The texts of a pull that works by now still say why it did not: only what the answer excludes goes. */
function pulledNow(reading: Reading, verified: VerifiedImage): Reading {
  if (reading.cause === 'RepositoryMissingOrPrivate') return asPrivate(reading, verified, 'likely');
  const alternatives = reading.alternatives.filter((cause) => cause !== 'RepositoryNotFound');
  return { ...reading, alternatives };
}

function whyNow({ cause }: Reading, verified: VerifiedImage): string {
  const row = verified.rows.find(({ result, order }) => result === 'pullable' && order !== null);
  const now = `from this machine it can be pulled now (${row?.credential ?? 'anonymous'})`;
  if (REFUSALS.has(cause)) {
    return `${now}: the right or the credential came since, or the node sends another one or asks a mirror`;
  }
  if (MISSING.has(cause)) {
    return `${now}: it was pushed since, or the node asks a mirror that does not have it`;
  }
  if (ON_THE_WAY.has(cause)) {
    return `${now}: the trouble is over, or it lies on the way of the node (its DNS, proxy, firewall, CAs, mirrors)`;
  }
  return `${now}: the registry is not what is in its way`;
}

/** Rows of what the kubelet tries. */
function tried(verified: VerifiedImage): VerifiedRow[] {
  return verified.rows.filter(({ order }) => order !== null);
}

/** Steps behind the question whether the repository may be seen: who got so far saw it. */
const SEEN: ReadonlySet<string> = new Set(['platform', 'config', 'layers']);

/** A row whose answer proves that the repository is there. */
function sawIt({ result, code, step, asked }: VerifiedRow): boolean {
  if (asked === null) return false;
  return result === 'pullable' || code === 'manifest-not-found' || SEEN.has(step ?? '');
}

function refusedNow(reading: Reading, verified: VerifiedImage): Settled {
  const all = tried(verified);
  // Who sees the repository tells more of it than who is turned away at the door.
  const rows = all.some(sawIt) ? all.filter(sawIt) : all;
  const causes = new Set(rows.flatMap(({ asked }) => causeOf(asked?.cause ?? null, verified)));
  const possible = [reading.cause, ...reading.alternatives];
  const seen = verified.rows.some((row) => sawIt(row) && !isOnlyATag(row, verified));
  const refused = [...causes].every((cause) => REFUSALS.has(cause));
  if (refused && possible.includes('RepositoryMissingOrPrivate')) {
    if (seen) return { reading: asPrivate(reading, verified, 'certain'), notes: [] };
    if (lacksRepository(verified)) {
      return { reading: decided(reading, 'RepositoryNotFound', []), notes: [] };
    }
    if (rows.some(({ code }) => code === 'token-refused')) {
      return { reading: decided(reading, 'Unauthorized', []), notes: [] };
    }
    return { reading, notes: [] };
  }
  if (causes.size === 0) return { reading, notes: [] };
  // A missing or a broken secret, or one that ended, is why a registry refuses.
  if (refused && CREDENTIAL_CAUSES.has(reading.cause)) return { reading, notes: [] };
  const [same, ...more] = possible.filter((cause) => causes.has(cause) || narrows(cause, causes));
  if (same === undefined) return differing(reading, [...causes]);
  const cause = causes.has(same) ? same : ([...causes][0] ?? same);
  // What refuses one caller may not exist for any: the answer of a refusal excludes nothing.
  const left = refused && !seen ? possible.filter((other) => other !== cause) : more;
  const known = decided(reading, cause, left);
  return {
    reading: mayBeHidden(cause, rows) ? { ...known, certainty: 'likely' } : known,
    notes: [],
  };
}

/** docker-registry says "manifest unknown" of a repository that is not there, too: only its list of tags shows it. */
function isOnlyATag({ code }: VerifiedRow, { nearestTags }: VerifiedImage): boolean {
  return code === 'manifest-not-found' && nearestTags?.code !== null;
}

/** A login that sees what is there was told that the repository is not. */
function lacksRepository({ rows, nearestTags }: VerifiedImage): boolean {
  return rows.some(
    ({ code, asked }) =>
      asked?.credentialShown === true &&
      (code === 'repository-not-found' ||
        (code === 'manifest-not-found' && nearestTags?.code === 'repository-not-found')),
  );
}

/** Of a tag in a repository that is not there the repository is missing: registries say no more of it than of a tag. */
function causeOf(cause: CauseName | null, { nearestTags }: VerifiedImage): CauseName[] {
  if (cause === null) return [];
  const noRepository = cause === 'TagNotFound' && nearestTags?.code === 'repository-not-found';
  return [noRepository ? 'RepositoryNotFound' : cause];
}

/** Who asked without a login where one is wanted may not have been told that it is there. */
function mayBeHidden(cause: CauseName, rows: readonly VerifiedRow[]): boolean {
  if (cause !== 'RepositoryNotFound') return false;
  return rows.every(
    ({ asked }) =>
      asked?.credentialShown === false &&
      asked.steps.some(({ step, outcome }) => step === 'challenge' && outcome === 'ok'),
  );
}

/** A repository that is missing or private is missing, once the registry says so. */
function narrows(cause: CauseName, causes: ReadonlySet<CauseName>): boolean {
  return cause === 'RepositoryMissingOrPrivate' && causes.has('RepositoryNotFound');
}

/**
 * The repository is there, and the pod may not read it: its credential was accepted and has no right to it, or none was
 * accepted.
 */
function asPrivate(
  reading: Reading,
  verified: VerifiedImage,
  certainty: 'certain' | 'likely',
): Reading {
  const accepted = tried(verified).some(
    ({ asked, result }) =>
      result === 'not pullable' &&
      asked?.credentialShown === true &&
      asked.steps.some(({ step, outcome }) => step === 'token' && outcome === 'ok'),
  );
  const cause = accepted ? 'Forbidden' : 'Unauthorized';
  return { ...decided(reading, cause, []), certainty };
}

function decided(reading: Reading, cause: CauseName, left: readonly CauseName[]): Reading {
  const certainty = left.length > 0 ? reading.certainty : 'certain';
  return { ...reading, cause, certainty, alternatives: left };
}

/** Two witnesses say different things. What the node was told stays; the other one is named beside it. */
function differing(reading: Reading, causes: readonly CauseName[]): Settled {
  if (reading.cause === 'Unknown') {
    const [cause = 'Unknown', ...left] = causes;
    return { reading: { ...decided(reading, cause, left), certainty: 'likely' }, notes: [] };
  }
  const names = causes.join(' and ');
  return {
    reading: {
      ...reading,
      certainty: atMostLikely(reading.certainty),
      alternatives: [...new Set([...reading.alternatives, ...causes])].slice(0, 3),
    },
    notes: [
      `asked from this machine the registry answers otherwise (${names}): it changed since, or the node asks a mirror`,
    ],
  };
}
