/** From the answers of IBM Cloud to steps, findings and what to do. Pure. */
import type { CauseName } from '../words/cause.ts';
import type { IbmAnswer, IbmCredentialAnswer, IbmFailedCode, IbmStep } from '../words/ibm.ts';
import type { IbmImageName, IbmLearnedAll } from '../words/ibm-learned.ts';
import type { NextStep } from '../words/next-step.ts';
import type { VerifiedImage, VerifiedRow } from '../words/verification.ts';
import { accessOf } from './ibm-access.ts';
import {
  type AccountView,
  accountStep,
  groupOf,
  imageStep,
  ownerOf,
  storageStep,
  trafficStep,
} from './ibm-account.ts';
import { ibmAdvice, withoutCredential } from './ibm-advice.ts';
import { aliveStep, credentialStep, identityOf, identityStep } from './ibm-alive.ts';
import { skipped } from './ibm-step.ts';

/** What was asked with the credential of one row. */
export interface RowLearned {
  readonly row: VerifiedRow;
  readonly learned: IbmLearnedAll;
}

/** The image with IBM's answer. `now`: milliseconds since 1970. */
export function withIbm(
  verified: VerifiedImage,
  image: IbmImageName,
  rows: readonly RowLearned[],
  serviceAccount: string | null,
  now: number,
): VerifiedImage {
  const owner = ownerOf(
    rows.map(({ learned }) => learned),
    image,
  );
  const credentials = rows.map(({ row, learned }) => judged(row, learned, image, owner, now));
  const { region, namespace } = image;
  const ibm: IbmAnswer = { region, namespace, owner, credentials };
  const puller = { users: verified.users, serviceAccount };
  const told = rows.flatMap(({ row }, i) => {
    const answer = credentials[i];
    return answer === undefined || row.whose === 'yours' ? [] : [{ answer, secret: row.secret }];
  });
  const none = credentials.length === 0 && lacksCredential(verified);
  const own = [
    ...told.flatMap((one) => ibmAdvice(one, ibm, image, puller)),
    ...(none && verified.users.length > 0 ? withoutCredential(puller) : []),
  ];
  const limited = overTraffic(withDead(verified, rows, credentials), credentials);
  return {
    ...limited,
    findings: [
      ...limited.findings,
      ...(none ? [`no pull secret of the pod has an entry for ${image.host}`] : []),
      ...credentials.flatMap(findings),
      ...rows.flatMap(({ row }, i) => denied(row, credentials[i])),
    ],
    // What IBM says of this very credential goes before what is usual with its registry.
    nextSteps: own.length > 0 ? unlike(own) : limited.nextSteps,
    ibm,
  };
}

function lacksCredential({ result, rows }: VerifiedImage): boolean {
  const isKnown = rows.every(({ whose }) => whose === 'none' || whose === 'yours');
  return result !== 'pullable' && isKnown && rows.some(({ order }) => order !== null);
}

function judged(
  row: VerifiedRow,
  learned: IbmLearnedAll,
  image: IbmImageName,
  owner: string | null,
  now: number,
): IbmCredentialAnswer {
  const identity = identityOf(learned);
  const pulls = row.result === 'pullable';
  const access = accessOf(learned, image, groupOf(learned, image), pulls);
  const view: AccountView = {
    identity,
    image,
    owner,
    wholeRegion: access.wholeRegion,
    lists: access.lists,
    pulls,
    quotaSaid: row.code === 'quota-exceeded',
  };
  const account = accountStep(learned, view);
  const elsewhere = account.outcome === 'failed';
  const steps: IbmStep[] = [
    credentialStep(learned, now),
    aliveStep(learned),
    identityStep(learned, identity),
    account,
    elsewhere
      ? skipped('ibm-access', 'ibm-not-needed', 'policies of another account do not count')
      : access.step,
    trafficStep(learned, view),
    storageStep(learned, view),
    elsewhere
      ? skipped('ibm-image', 'ibm-not-needed', 'images of another account are not shown to it')
      : imageStep(learned, view),
  ];
  return { credential: row.credential, identity, steps };
}

function findings({ credential, steps }: IbmCredentialAnswer): string[] {
  return steps
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ detail }) => `${credential}: ${detail}`);
}

/** Codes with which the registry refuses somebody. */
const REFUSED: ReadonlySet<string> = new Set(['forbidden', 'unauthorized', 'missing-or-private']);

/** A context-based restriction looks exactly like a role that is missing (facts of registry_cbr.md, ts_resource.md). */
function denied(row: VerifiedRow, answer: IbmCredentialAnswer | undefined): string[] {
  const access = answer?.steps.find(({ step }) => step === 'ibm-access');
  if (access?.outcome !== 'ok' || !REFUSED.has(row.code)) return [];
  return [
    `${row.credential}: a policy lets it pull and the registry refuses it: a context-based restriction or an allowlist of addresses may stand in the way; the audit log of the account tells`,
  ];
}

/** Steps that say of the credential itself that it was good once, and is no more. */
const ENDED: ReadonlySet<string> = new Set<IbmFailedCode>([
  'ibm-token-expired',
  'ibm-key-not-found',
  'ibm-key-disabled',
  'ibm-key-locked',
  'ibm-key-expired',
  'ibm-token-refused',
  'ibm-refresh-token-expired',
  'ibm-session-ended',
]);

/** A registry says of a dead key what it says of one without a right: IAM knows which of them it is. */
function withDead(
  verified: VerifiedImage,
  learned: readonly RowLearned[],
  credentials: readonly IbmCredentialAnswer[],
): VerifiedImage {
  const dead = new Set(
    learned.flatMap(({ row }, i) =>
      credentials[i]?.steps.some(({ code }) => ENDED.has(code)) ? [row] : [],
    ),
  );
  const rows = verified.rows.map((row): VerifiedRow => {
    const { asked } = row;
    if (asked === null || !dead.has(row) || !REFUSED_LOGIN.has(asked.cause ?? '')) return row;
    return { ...row, asked: { ...asked, cause: 'CredentialsExpired' } };
  });
  return { ...verified, rows };
}

const REFUSED_LOGIN: ReadonlySet<string> = new Set<CauseName>([
  'Unauthorized',
  'Forbidden',
  'RepositoryMissingOrPrivate',
]);

/** The manifest can be had, and the layers are refused: the limit is looked at only where they are pulled. */
function overTraffic(
  verified: VerifiedImage,
  credentials: readonly IbmCredentialAnswer[],
): VerifiedImage {
  const limits = new Map(
    credentials.flatMap(({ credential, steps }) => {
      const traffic = steps.find(({ code }) => code === 'ibm-traffic-reached');
      return traffic === undefined ? [] : [[credential, traffic.detail] as const];
    }),
  );
  const works = verified.rows.filter(
    ({ result, order, whose }) =>
      result === 'pullable' && (order !== null || (verified.count === 0 && whose === 'yours')),
  );
  const rows = verified.rows.map((row): VerifiedRow => {
    const detail = limits.get(row.credential);
    if (detail === undefined || row.result !== 'pullable') return row;
    const step = 'ibm-traffic';
    return { ...row, result: 'not pullable', step, code: 'ibm-traffic-reached', detail };
  });
  const left = works.some(({ credential }) => !limits.has(credential));
  const lost = works.length > 0 && !left && verified.result === 'pullable';
  return { ...verified, rows, result: lost ? 'not pullable' : verified.result };
}

/** The same command once, where it came first. */
function unlike(steps: readonly NextStep[]): NextStep[] {
  const seen = new Set<string>();
  return steps.filter(({ text, command = '' }) => {
    const key = `${text}\n${command}`;
    return !seen.has(key) && seen.add(key);
  });
}
