/** Asks IBM Cloud all that is to be known of one credential and one image. Never throws for what a server does. */
import { jwtClaims } from '../credentials/jwt.ts';
import { kindOf } from '../credentials/kinds/index.ts';
import { mayShowUser } from '../credentials/kinds/user.ts';
import { TimeUp } from '../registry/faults.ts';
import type { Hidden } from '../words/hidden.ts';
import type {
  IbmCredentialKind,
  IbmImageName,
  IbmLearned,
  IbmLearnedAll,
} from '../words/ibm-learned.ts';
import type { IbmContext } from './api.ts';
import { basesFor } from './endpoints.ts';
import { keyDetails, serviceId } from './identity.ts';
import { policiesOf } from './policies.ts';
import { images, namespaces, quota } from './registry-api.ts';
import { accessToken } from './token.ts';

export interface IbmQuestion {
  /** Of the credential. */
  readonly label: string;
  readonly username: string;
  readonly password: Hidden;
  readonly image: IbmImageName;
}

const PATIENCE_MS = 30_000;

interface Endpoints {
  readonly iam: URL | null;
  readonly registry: URL | null;
}

/** `set`: endpoints in place of IBM's own. What has no answer when the time is over is not known. */
export async function askAll(
  question: IbmQuestion,
  set: Endpoints,
  context: IbmContext,
): Promise<IbmLearnedAll> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new TimeUp()), context.patienceMs ?? PATIENCE_MS);
  try {
    const signal = AbortSignal.any([context.signal, limit.signal]);
    return await askInTime(question, set, { ...context, signal });
  } finally {
    clearTimeout(timer);
  }
}

async function askInTime(
  question: IbmQuestion,
  set: Endpoints,
  context: IbmContext,
): Promise<IbmLearnedAll> {
  const { label, username, password, image } = question;
  const about = described(question);
  const nothing: IbmLearnedAll = {
    credential: label,
    ...about,
    token: null,
    key: null,
    serviceId: null,
    policies: null,
    namespaces: null,
    quota: null,
    images: null,
  };
  const { kind, ends } = about;
  if (kind === 'registry token' || kind === 'other' || password.length === 0) return nothing;
  // A token where a key belongs is not shown to anybody: IAM would not take it.
  if (username.trim() === 'iamapikey' && kind === 'IAM token') return nothing;
  if (ends !== null && ends <= context.now()) return nothing;
  const { iam, registry } = basesFor(image, set);
  const given = await accessToken({ kind, username, password, iam }, context);
  if (!given.known) return { ...nothing, token: given };
  const { token, says } = given.value;
  const told: IbmLearned<typeof says> = { known: true, value: says, ms: given.ms };
  const atIam = { bases: iam, token };
  const isKey = kind === 'API key';
  const key = isKey ? await keyDetails(password, atIam, context) : null;
  const iamId = says.iamId ?? (key?.known ? key.value.iamId : null);
  const account = says.account ?? (key?.known ? key.value.account : null);
  const service = iamId?.startsWith('iam-ServiceId-') ? serviceId(iamId, atIam, context) : null;
  const atRegistry = account === null ? null : { bases: registry, token, account };
  const [whose, granted, spaces, amounts, listed] = await Promise.all([
    service,
    account === null || iamId === null ? null : policiesOf(account, iamId, atIam, context),
    atRegistry && namespaces(atRegistry, context),
    atRegistry && quota(atRegistry, context),
    atRegistry && images(image, atRegistry, context),
  ]);
  return {
    ...nothing,
    token: told,
    key,
    serviceId: whose,
    policies: granted,
    namespaces: spaces,
    quota: amounts,
    images: listed,
  };
}

const KINDS: Readonly<Record<string, IbmCredentialKind>> = {
  'ibm-api-key': 'API key',
  'ibm-profile': 'API key for a trusted profile',
  'ibm-iam-token': 'IAM token',
  'ibm-refresh-token': 'IAM refresh token',
  'ibm-registry-token': 'registry token',
};

function described({ username, password, image }: IbmQuestion) {
  const found = kindOf({ registry: 'ibm', host: image.host, username, password });
  const kind = KINDS[found.id] ?? 'other';
  const text = password.reveal();
  return {
    kind,
    user: mayShowUser(username, password, found) ? username : null,
    blanks: /^\s|\s$/.test(text),
    ends: kind === 'IAM token' ? (jwtClaims(text.trim())?.expiresAt ?? null) : null,
  };
}
