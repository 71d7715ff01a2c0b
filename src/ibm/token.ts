/**
 * An access token for a credential. Sources: IBM/go-sdk-core core/iam_authenticator.go (grants, form) and
 * core/iam_assume_authenticator.go (trusted profiles); IBM-Cloud/ibm-cloud-cli-sdk bluemix/authentication/iam (refresh
 * tokens belong to the command line tool's client, whose name and password are both `bx`).
 */
import { base64Object, jwtClaims } from '../credentials/jwt.ts';
import { Hidden } from '../words/hidden.ts';
import type { IbmCredentialKind, IbmLearned, IbmToken } from '../words/ibm-learned.ts';
import { askIbm, type IbmContext, learned } from './api.ts';
import { at, identifier, text } from './fields.ts';

/** Longest token that is sent on; IAM's have 1 to 4 KiB. */
const MAX_TOKEN = 16_384;

export interface AccessToken {
  readonly token: Hidden;
  readonly says: IbmToken;
}

export interface TokenQuestion {
  readonly kind: IbmCredentialKind;
  /** `Profile-…` for a trusted profile. */
  readonly username: string;
  readonly password: Hidden;
  readonly iam: readonly URL[];
}

/** Never asked for kinds that IAM does not take. */
export async function accessToken(
  question: TokenQuestion,
  context: IbmContext,
): Promise<IbmLearned<AccessToken>> {
  const { kind, username, password, iam } = question;
  if (kind === 'IAM token') return asItIs(password);
  const form = formOf(kind, password);
  const headers = kind === 'IAM refresh token' ? { Authorization: `Basic ${btoa('bx:bx')}` } : {};
  const answer = await ask(iam, form, headers, context);
  if (!answer.known || kind !== 'API key for a trusted profile') return answer;
  const assumed = await ask(
    iam,
    {
      grant_type: 'urn:ibm:params:oauth:grant-type:assume',
      access_token: answer.value.token.reveal(),
      profile_id: username,
    },
    {},
    context,
  );
  const ms = answer.ms + assumed.ms;
  if (assumed.known) return { ...assumed, ms };
  return { known: false, why: { ...assumed.why, asked: 'profile' }, ms };
}

function formOf(kind: IbmCredentialKind, password: Hidden): Readonly<Record<string, string>> {
  if (kind === 'IAM refresh token') {
    return { grant_type: 'refresh_token', refresh_token: password.reveal() };
  }
  return {
    grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
    apikey: password.reveal(),
    response_type: 'cloud_iam',
  };
}

async function ask(
  bases: readonly URL[],
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  context: IbmContext,
): Promise<IbmLearned<AccessToken>> {
  const answer = await askIbm({ bases, path: '/identity/token', headers, form }, context);
  return learned(answer, (json) => {
    const token = at(json, 'access_token');
    return typeof token === 'string' && isToken(token) ? spoken(new Hidden(token)) : null;
  });
}

/** It becomes a header: nothing but the characters of a token. */
function isToken(text: string): boolean {
  return text.length <= MAX_TOKEN && /^[A-Za-z0-9._~+/=-]+$/.test(text);
}

/** The token that stands in the entry itself, without blanks around it: those are told of elsewhere. */
function asItIs(password: Hidden): IbmLearned<AccessToken> {
  const token = password.reveal().trim();
  if (isToken(token)) return { known: true, value: spoken(new Hidden(token)), ms: 0 };
  const detail = 'the entry holds no token that could be sent';
  const why = { host: '', status: null, errorCode: '', errorMessage: '', detail };
  return { known: false, why: { problem: 'unreadable', ...why }, ms: 0 };
}

/** What a token says of itself; it is not checked, since nobody decides on access here. */
function spoken(token: Hidden): AccessToken {
  const claims = jwtClaims(token.reveal());
  const payload = base64Object(token.reveal().split('.', 2)[1] ?? '') ?? {};
  return {
    token,
    says: {
      iamId: identifier(claims?.iamId),
      account: identifier(claims?.account),
      name: text(at(payload, 'email')) ?? text(at(payload, 'sub')) ?? text(at(payload, 'name')),
    },
  };
}
