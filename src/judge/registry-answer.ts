/**
 * What the registry's own answer makes of a reading that rests on texts. The texts are the node's, the answer is what
 * this machine got: where both agree the case is settled, where they differ both are said. Pure.
 */
import type { CauseName } from '../words/cause.ts';
import { atMostLikely } from '../words/certainty.ts';
import type { Reading } from '../words/reading.ts';
import type { VerifiedImage, VerifiedRow } from '../words/verification.ts';
import { NOT_FOUND, ON_THE_WAY } from './cause-sets.ts';
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
      return { reading: endedCredential(reading, verified), notes: [] };
    case 'pullable':
      return { reading: pulledNow(reading, verified), notes: [whyNow(reading, verified)] };
    case 'not pullable':
      return refusedNow(reading, verified);
  }
}

/** A credential that ended is told as such, though a node may bring another one that nobody sees from here. */
function endedCredential(reading: Reading, verified: VerifiedImage): Reading {
  const shown = tried(verified).filter(({ asked }) => asked?.credentialShown === true);
  const ended =
    shown.length > 0 && shown.every(({ asked }) => asked?.cause === 'CredentialsExpired');
  if (!ended || !REFUSALS.has(reading.cause) || reading.cause === 'CredentialsExpired')
    return reading;
  const left = [reading.cause, ...reading.alternatives].filter((c) => c !== 'CredentialsExpired');
  return {
    ...reading,
    cause: 'CredentialsExpired',
    certainty: 'likely',
    alternatives: left.slice(0, 3),
  };
}

/** The texts of a pull that works by now still say why it did not: only what the answer excludes goes. */
function pulledNow(reading: Reading, verified: VerifiedImage): Reading {
  if (reading.cause === 'RepositoryMissingOrPrivate') {
    // It may have been missing then.
    const known = asPrivate(reading, verified, 'likely');
    return { ...known, alternatives: ['RepositoryNotFound'] };
  }
  const alternatives = reading.alternatives.filter((cause) => cause !== 'RepositoryNotFound');
  return { ...reading, alternatives };
}

function whyNow({ cause }: Reading, verified: VerifiedImage): string {
  const row = verified.rows.find(({ result, order }) => result === 'pullable' && order !== null);
  const now = `from this machine it can be pulled now (${row?.credential ?? 'anonymous'})`;
  if (cause === 'RepositoryMissingOrPrivate') {
    return `${now}: it was pushed since, or the right or the credential came, or the node sends another one or asks a mirror`;
  }
  if (REFUSALS.has(cause)) {
    return `${now}: the right or the credential came since, or the node sends another one or asks a mirror`;
  }
  if (NOT_FOUND.has(cause)) {
    return `${now}: it was pushed since, or the node asks a mirror that does not have it`;
  }
  if (ON_THE_WAY.has(cause) || cause === 'PullTimeout') {
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
  if (causes.size === 0) return { reading, notes: [] };
  const refused = [...causes].every((cause) => REFUSALS.has(cause));
  if (refused && CREDENTIAL_CAUSES.has(reading.cause)) {
    return { reading: refusal(reading, verified, rows, seen), notes: [] };
  }
  if (reading.cause === 'Unknown') {
    const [cause = 'Unknown', ...left] = causes;
    return { reading: { ...decided(reading, cause, left), certainty: 'likely' }, notes: [] };
  }
  if (!ANSWERED.has(reading.cause) && !possible.some((cause) => causes.has(cause))) {
    return { reading, notes: [besides(causes)] };
  }
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

/** Why a registry refuses: its refusal says no more, and speaks against none of them. */
const BEHIND: ReadonlySet<CauseName> = new Set<CauseName>([
  'SecretMissing',
  'SecretMalformed',
  'CredentialsExpired',
  'CredentialProviderFailed',
]);

/** The node was refused, and so is this machine. */
function refusal(
  reading: Reading,
  verified: VerifiedImage,
  rows: readonly VerifiedRow[],
  seen: boolean,
): Reading {
  if (BEHIND.has(reading.cause)) {
    const alternatives = reading.alternatives.filter(
      (cause) => !seen || !cause.startsWith('Repository'),
    );
    return { ...reading, alternatives };
  }
  const causes = rows.map(({ asked }) => asked?.cause);
  if (causes.every((cause) => cause === 'CredentialsExpired')) {
    return decided(reading, 'CredentialsExpired', []);
  }
  if (![reading.cause, ...reading.alternatives].includes('RepositoryMissingOrPrivate')) {
    return reading;
  }
  if (seen) return asPrivate(reading, verified, 'certain');
  if (lacksRepository(verified)) return decided(reading, 'RepositoryNotFound', []);
  // A 403 of a token server is about rights, or hides what is there.
  const isLogin = rows.every(
    ({ code, asked }) => code === 'token-refused' && asked?.cause === 'Unauthorized',
  );
  return isLogin ? decided(reading, 'Unauthorized', []) : reading;
}

/** Causes with which a registry itself answered: another answer of it speaks against them. */
const ANSWERED: ReadonlySet<CauseName> = new Set<CauseName>([
  ...CREDENTIAL_CAUSES,
  ...NOT_FOUND,
  'UnexpectedContent',
  'UnsupportedManifest',
  'PlatformMismatch',
  'LayerCorrupt',
]);

/** The node failed before it came so far, or elsewhere: both are true. */
function besides(causes: ReadonlySet<CauseName>): string {
  return `besides, asked from this machine, the registry answers ${[...causes].join(' and ')}: once this is mended, that comes next`;
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
