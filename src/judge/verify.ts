/** From the answers of registries to rows, a result for each image, and what to do. Pure. */
import { registryOf } from '../registries/index.ts';
import type { LadderResult, NearestTags, Pullability } from '../words/ladder.ts';
import type { EarlierAnswer, Platform, VerifiedImage, VerifiedRow } from '../words/verification.ts';
import { advice, REFUSED } from './verify-advice.ts';
import { ofThisMachine } from './verify-loopback.ts';
import type { Attempt, Unread, VerifyCase } from './verify-plan.ts';
import { missingPlatforms, PLATFORMS_ASKED, platformNames } from './verify-platforms.ts';

/** What was asked for one case. */
export interface CaseAnswers {
  /** In the order of the attempts of the pod; `null`: not asked, since the one before could not reach the registry. */
  readonly pod: readonly (LadderResult | null)[];
  readonly yours: readonly (LadderResult | null)[];
  /** Without a credential; `null`: not asked. */
  readonly anonymous: LadderResult | null;
  readonly nearestTags: NearestTags | null;
  /** Where the tag is not there: what workloads had before. */
  readonly earlier?: readonly EarlierAnswer[] | undefined;
}

/** Judges one image. */
export function verifiedImage(one: VerifyCase, answers: CaseAnswers): VerifiedImage {
  const rows = rowsOf(one, answers);
  const result = resultOf(one, rows);
  const { nearestTags, earlier = [] } = answers;
  const told = advice({ one, rows, result, nearestTags, earlier });
  return {
    image: one.image,
    users: one.users,
    count: one.count,
    platforms: one.platforms,
    ...(one.never && { never: true }),
    result,
    rows,
    findings: told.findings,
    nextSteps: told.nextSteps,
    nearestTags,
    ibm: null,
  };
}

/** The kubelet tries the credentials that match, and goes without only where none does. */
export function goesWithout(one: Pick<VerifyCase, 'attempts' | 'broken'>): boolean {
  return one.attempts.length === 0 && one.broken === null;
}

function rowsOf(one: VerifyCase, answers: CaseAnswers): VerifiedRow[] {
  if (!one.reference.valid) {
    return [{ ...NO_CREDENTIAL, credential: 'any', ...invalid(one.reference.reason) }];
  }
  const { host } = one.reference;
  const pod = one.attempts.map((attempt, i) => attemptRow(attempt, i + 1, answers.pod[i] ?? null));
  const yours = one.yours.map((attempt, i) => attemptRow(attempt, null, answers.yours[i] ?? null));
  const without = goesWithout(one);
  const anonymous =
    answers.anonymous === null && !(one.onNode && without)
      ? []
      : [{ ...NO_CREDENTIAL, ...askedRow(answers.anonymous), order: without ? 1 : null }];
  return [
    ...(one.broken === null ? [] : [brokenRow(one.broken)]),
    ...pod,
    ...one.unread.map(unreadRow),
    ...yours,
    ...anonymous,
  ]
    .map((row) => withPlatforms(row, one.platforms))
    .map((row) => withNode(row, host))
    .map((row) => (one.onNode ? ofThisMachine(row, host) : row));
}

type Judged = Pick<VerifiedRow, 'result' | 'step' | 'code' | 'detail' | 'asked'>;

const NO_CREDENTIAL = {
  credential: 'anonymous',
  whose: 'none',
  order: null,
  secret: null,
  key: null,
  user: null,
} as const;

function invalid(reason: string): Judged {
  return {
    result: 'not pullable',
    step: 'reference',
    code: 'reference-invalid',
    detail: reason,
    asked: null,
  };
}

function attemptRow(
  attempt: Attempt,
  order: number | null,
  answer: LadderResult | null,
): VerifiedRow {
  const { whose, label, secret, key, user } = attempt;
  return { credential: label, whose, order, secret, key, user, ...askedRow(answer) };
}

function askedRow(asked: LadderResult | null): Judged {
  if (asked === null) {
    const detail = 'not tried, since the registry did not answer before';
    return { result: 'unverifiable', step: null, code: 'not-tried', detail, asked };
  }
  const { result, step, code } = asked;
  const said = asked.steps.find((one) => one.step === step)?.detail ?? '';
  const detail = [said, ...mirrorWords(asked)].filter((part) => part !== '').join('; ');
  return { result, step, code, detail, asked };
}

/** Which mirror answered, or which were asked in vain. */
function mirrorWords({ steps, host, result }: LadderResult): string[] {
  const facts = steps.find(({ step }) => step === 'reference')?.facts;
  const vain = (facts?.mirrorsTried ?? []).map((tried) => `mirror ${tried}`);
  if (facts?.mirrorOf === undefined) return vain;
  return result === 'pullable' ? [`from mirror ${host}`, ...vain] : vain;
}

function brokenRow({ secret, error }: NonNullable<VerifyCase['broken']>): VerifiedRow {
  const { namespace, name } = secret;
  return {
    credential: `secret ${name}`,
    whose: 'pod',
    order: 1,
    secret: { namespace, name },
    key: null,
    user: null,
    result: 'not pullable',
    step: 'credentials',
    code: 'secret-broken',
    detail: `the kubelet cannot read it and pulls nothing for the pod: ${error}`,
    asked: null,
  };
}

function unreadRow({ secret, why }: Unread): VerifiedRow {
  return {
    credential: secret === null ? 'pull secrets' : `secret ${secret.name}`,
    whose: 'unknown',
    order: null,
    secret,
    key: null,
    user: null,
    result: 'unverifiable',
    step: 'credentials',
    code: 'secret-not-read',
    detail: why.reason === 'forbidden' ? `not allowed to read ${why.what}` : why.text,
    asked: null,
  };
}

/** The ladder looks for some platforms; pods of other nodes need theirs as well. */
function withPlatforms(row: VerifiedRow, wanted: readonly Platform[]): VerifiedRow {
  if (row.result !== 'pullable' || row.asked === null) return row;
  const missing = missingPlatforms(row.asked, wanted.slice(PLATFORMS_ASKED));
  if (missing.length === 0) return row;
  const there = row.asked.platforms ?? [];
  return {
    ...row,
    result: 'not pullable',
    step: 'platform',
    code: 'platform-missing',
    detail: `nothing for ${platformNames(missing).join(', ')}; there is ${there.slice(0, 10).join(', ')}`,
  };
}

/** Codes with which a registry refuses somebody, and may not refuse somebody else. */
const REFUSALS: ReadonlySet<string> = new Set([...REFUSED, 'manifest-not-found']);

/** Where nodes usually bring a credential of their own, a refusal here is none there. */
function withNode(row: VerifiedRow, host: string): VerifiedRow {
  const { registry, guessed } = registryOf(host);
  const usual = guessed ? null : registry.nodeCredentials;
  if (usual === null || row.result !== 'not pullable' || row.order === null) return row;
  if (row.code === 'manifest-not-found' && row.whose === 'pod') return row;
  if (!REFUSALS.has(row.code)) return row;
  return {
    ...row,
    result: 'unverifiable',
    detail: `${row.detail}; the node may bring what cannot be seen from here: ${usual}`,
  };
}

/**
 * The kubelet is content with the first credential that works. A secret that could not be read may hold one, or stand in
 * the way of going without; a list that is not known only leaves a no open.
 */
function resultOf(one: VerifyCase, rows: readonly VerifiedRow[]): Pullability {
  const tried = rows.filter(
    ({ order, whose }) => order !== null || (one.count === 0 && whose === 'yours'),
  );
  if (!one.reference.valid || one.broken !== null) return 'not pullable';
  const secretUnread = one.unread.some(({ secret }) => secret !== null);
  if (secretUnread && goesWithout(one)) return 'unverifiable';
  if (tried.some(({ result }) => result === 'pullable')) return 'pullable';
  if (one.unread.length > 0 || tried.length === 0) return 'unverifiable';
  return tried.some(({ result }) => result === 'unverifiable') ? 'unverifiable' : 'not pullable';
}

/** 3 before 4. An image that the kubelet never pulls fails no pull. */
export function verifyExitCode(
  images: readonly Pick<VerifiedImage, 'result' | 'never'>[],
): 0 | 3 | 4 {
  const pulled = images.filter(({ never }) => never !== true);
  if (pulled.some(({ result }) => result === 'not pullable')) return 3;
  return pulled.some(({ result }) => result === 'unverifiable') ? 4 : 0;
}

const GRAVITY: readonly Pullability[] = ['not pullable', 'unverifiable', 'pullable'];

/** What needs somebody's hand first; else in the order given. */
export function worstFirst(images: readonly VerifiedImage[]): VerifiedImage[] {
  return [...images].sort((a, b) => GRAVITY.indexOf(a.result) - GRAVITY.indexOf(b.result));
}
