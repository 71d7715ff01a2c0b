/** What the entry is, whether IAM takes it, and whose it is. Pure. */
import type { IbmFailedCode, IbmIdentity, IbmStep } from '../words/ibm.ts';
import type { IbmLearnedAll, IbmRefusal } from '../words/ibm-learned.ts';
import { lookUp } from '../words/lookup.ts';
import { stamp } from '../words/stamp.ts';
import {
  failed,
  note,
  ok,
  refusalCode,
  refusalFacts,
  skipped,
  type Told,
  unanswered,
  unknown,
} from './ibm-step.ts';

/** `now`: milliseconds since 1970. */
export function credentialStep(all: IbmLearnedAll, now: number): IbmStep {
  const { kind, user, ends } = all;
  const step = 'ibm-credential';
  const facts = { kind, ...(user !== null && { user }) };
  if (kind === 'registry token') {
    const detail = 'a registry token: none has worked since 2021-08-19';
    return failed(step, 'ibm-registry-token-dead', { detail, facts });
  }
  if (kind === 'other') {
    const known = 'iamapikey, iambearer, iamrefresh or a Profile-… ID';
    const detail = `its user name is none that IBM Cloud takes: ${known}`;
    return failed(step, 'ibm-user-unknown', { detail, facts });
  }
  if (kind === 'IAM token') return tokenStep(all, now, facts);
  const what = `${article(kind)} ${kind}`;
  const blank = all.blanks ? ', with a blank or line break at its beginning or end' : '';
  return ok(step, {
    detail: `${what}${blank}`,
    facts: { ...facts, blanks: all.blanks, ...(ends !== null && { ends }) },
  });
}

function article(kind: string): string {
  return /^[AI]/.test(kind) ? 'an' : 'a';
}

function tokenStep({ ends, user }: IbmLearnedAll, now: number, told: Told['facts']): IbmStep {
  const step = 'ibm-credential';
  const facts = { ...told, ...(ends !== null && { ends: time(ends) }) };
  if (ends !== null && ends <= now) {
    const detail = `an IAM access token that ended at ${time(ends)}: these live about an hour`;
    return failed(step, 'ibm-token-expired', { detail, facts });
  }
  if (user?.trim() === 'iamapikey') {
    const detail = 'an IAM access token stands where user name iamapikey needs an API key';
    return failed(step, 'ibm-key-is-token', { detail, facts });
  }
  const when = ends === null ? 'about an hour after it was made' : `at ${time(ends)}`;
  const detail = `an IAM access token, which ends ${when}: of no use in a secret that stays`;
  return note(step, 'ibm-token-ends', { detail, facts });
}

export function time(ms: number): string {
  return stamp(ms);
}

export function aliveStep(all: IbmLearnedAll): IbmStep {
  const { token, kind } = all;
  const step = 'ibm-alive';
  if (token === null) return skipped(step, 'ibm-not-reached');
  if (!token.known) return deadOrUnknown(all, token.why, token.ms);
  if (kind === 'IAM token') return bearerStep(all);
  if (kind === 'IAM refresh token') {
    const detail =
      'IAM takes it now; it dies with the login session it came from, and IAM does not say when';
    return note(step, 'ibm-token-ends', { detail, ms: token.ms });
  }
  return ok(step, { detail: 'IAM gives an access token for it', ms: token.ms });
}

/**
 * A token is not shown to be checked, but used: what everybody refuses with 401 is dead. A 403 says that it lives and has
 * no right to what was asked; the registry says 401 for that, too.
 */
function bearerStep({ policies, namespaces, quota, images }: IbmLearnedAll): IbmStep {
  const step = 'ibm-alive';
  const answers = [policies, namespaces, quota, images].filter((one) => one !== null);
  if (answers.some(({ known }) => known)) return ok(step, { detail: 'IBM Cloud takes it' });
  const refusals = answers.flatMap((one) => (one.known ? [] : [one]));
  const forbidden = refusals.find(({ why }) => why.status === 403);
  if (forbidden !== undefined) {
    const { why } = forbidden;
    const detail = `IBM Cloud takes it, and refuses what was asked with it (${why.detail})`;
    return ok(step, { detail, facts: refusalFacts(why) });
  }
  const open = refusals.find(({ why }) => why.status !== 401);
  if (open !== undefined) return unanswered(step, open);
  const [first] = refusals;
  if (first !== undefined) {
    const { why } = first;
    return failed(step, 'ibm-token-refused', { detail: why.detail, facts: refusalFacts(why) });
  }
  return unknown(step, 'ibm-token-life-unknown', { detail: 'the token does not say whose it is' });
}

/**
 * Codes of IAM's identity API. Sources: facts of IBM-Cloud/ibm-cloud-cli-sdk bluemix/authentication/iam/iam.go (0400,
 * 0407, 0408, 0439) and recorded answers (0109, 0415, 0462).
 */
const IAM_CODES: Readonly<Record<string, IbmFailedCode>> = {
  BXNIM0415E: 'ibm-key-not-found',
  BXNIM0462E: 'ibm-key-disabled',
  BXNIM0407E: 'ibm-token-refused',
  BXNIM0408E: 'ibm-refresh-token-expired',
  BXNIM0439E: 'ibm-session-ended',
  BXNIM0400E: 'ibm-account-refused',
  BXNIM0109E: 'ibm-key-empty',
};

/** Not authorized to use this API: facts of IAM's answers to a grant (0501, 0513, 0515), of use here for `assume` only. */
const PROFILE_CODES: ReadonlySet<string> = new Set(['BXNIM0501E', 'BXNIM0513E', 'BXNIM0515E']);

function deadOrUnknown({ blanks }: IbmLearnedAll, why: IbmRefusal, ms: number): IbmStep {
  const step = 'ibm-alive';
  const facts = refusalFacts(why);
  const code = why.problem === 'refused' ? iamCode(why) : null;
  if (code === null) return unknown(step, refusalCode(why), { detail: why.detail, facts, ms });
  const said = `${why.errorCode}${why.errorMessage === '' ? '' : ` ${why.errorMessage}`}`;
  const blank = blanks ? '; a blank or line break stands at its beginning or end' : '';
  return failed(step, code, {
    detail: `${WORDS[code] ?? 'IAM refuses it'} (${said})${blank}`,
    facts,
    ms,
  });
}

const WORDS: Partial<Record<IbmFailedCode, string>> = {
  'ibm-key-not-found': 'IAM knows no such API key: deleted, mistyped, or of another environment',
  'ibm-key-disabled': 'the API key is disabled',
  'ibm-key-locked': 'the API key is locked',
  'ibm-key-expired': 'it has expired',
  'ibm-token-refused': 'IAM takes the token for invalid',
  'ibm-refresh-token-expired': 'the refresh token has expired',
  'ibm-session-ended': 'the login session it came from has ended',
  'ibm-account-refused': 'IAM refuses the account it belongs to',
  'ibm-profile-refused': 'the key may not assume the trusted profile',
  'ibm-key-empty': 'nothing that IAM could read was sent',
};

/** `null` where the refusal says nothing certain of the key: an unknown code, an allowlist of addresses, a bad moment. */
function iamCode({ errorCode, errorMessage, status, asked }: IbmRefusal): IbmFailedCode | null {
  if (status === null || status >= 500 || status === 429 || status === 404) return null;
  // IAM has taken the key: what it says now is of the profile.
  if (asked === 'profile') return PROFILE_CODES.has(errorCode) ? 'ibm-profile-refused' : null;
  const known = lookUp(IAM_CODES, errorCode);
  if (known !== undefined) return known;
  // The codes of these two are not documented: only a whole sentence about the key itself counts.
  const end = OF_THE_KEY.exec(errorMessage)?.[1]?.toLowerCase();
  if (end === undefined || !errorCode.startsWith('BXNIM')) return null;
  return end === 'locked' ? 'ibm-key-locked' : 'ibm-key-expired';
}

const OF_THE_KEY =
  /^(?:the |provided |the provided )?api key (?:is|has|has been|was) (locked|expired)\.?$/i;

/** `iam-ServiceId-…`, `IBMid-…`, `iam-Profile-…`. */
export function identityOf({ token, key, serviceId }: IbmLearnedAll): IbmIdentity {
  const says = token?.known ? token.value : null;
  const details = key?.known ? key.value : null;
  const service = serviceId?.known ? serviceId.value : null;
  const iamId = says?.iamId ?? details?.iamId ?? null;
  const name = service?.name ?? says?.name ?? null;
  const description = service?.description ?? details?.description ?? null;
  return {
    kind: kindOf(iamId),
    iamId,
    name,
    description,
    account: says?.account ?? details?.account ?? service?.account ?? null,
    cluster: clusterIn([service?.name, service?.description, details?.name, details?.description]),
  };
}

function kindOf(iamId: string | null): IbmIdentity['kind'] {
  if (iamId === null) return 'unknown';
  if (iamId.startsWith('iam-ServiceId-')) return 'service ID';
  if (iamId.startsWith('iam-Profile-')) return 'trusted profile';
  return /^IBMid-|@/.test(iamId) ? 'user' : 'unknown';
}

/** `cluster-<id>` is what the cluster's own pull secret is called in IAM. */
function clusterIn(texts: readonly (string | null | undefined)[]): string | null {
  for (const text of texts) {
    const found = /\bcluster-([a-z0-9]{20,32})\b/.exec(text ?? '');
    if (found !== null) return found[1] ?? null;
  }
  return null;
}

export function identityStep(all: IbmLearnedAll, identity: IbmIdentity): IbmStep {
  const step = 'ibm-identity';
  const { token, key, serviceId } = all;
  if (!token?.known) return skipped(step, 'ibm-not-reached');
  const { kind, iamId, name, description, account, cluster } = identity;
  const details = key?.known ? key.value : null;
  const ms = (key?.ms ?? 0) + (serviceId?.ms ?? 0);
  if (iamId === null) {
    if (key !== null && !key.known) return unanswered(step, key);
    return unknown(step, 'ibm-answer-unreadable', { detail: 'the token does not say whose it is' });
  }
  const parts = [
    `${kind === 'unknown' ? 'identity' : kind} ${name ?? iamId}`,
    ...(description === null || description === name ? [] : [`(${description})`]),
  ].join(' ');
  const detail = [
    parts,
    ...(details?.name ? [`API key ${details.name}`] : []),
    ...(account === null ? [] : [`account ${account}`]),
    ...(details?.expiresAt ? [`expires at ${details.expiresAt}`] : []),
  ].join(', ');
  return ok(step, {
    detail,
    ms,
    facts: {
      iamId,
      ...(name !== null && { name }),
      ...(description !== null && { description }),
      ...(account !== null && { account }),
      ...(cluster !== null && { cluster }),
      ...(details?.name && { keyName: details.name }),
      ...(details?.expiresAt && { keyExpires: details.expiresAt }),
      ...(details !== null && { locked: details.locked, disabled: details.disabled }),
    },
  });
}
