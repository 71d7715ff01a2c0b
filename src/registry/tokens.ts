/**
 * Tokens for Bearer challenges, asked for as containerd does (`remotes/docker/authorizer.go`, `auth/fetch.go`): POST
 * with a credential, then GET where the server does not know POST; GET alone without one.
 */
import { fields, parseJson } from '../words/fields.ts';
import { Hidden } from '../words/hidden.ts';
import type { StepFacts } from '../words/ladder.ts';
import { readError, retryAfter, shorten } from './answer.ts';
import type { HttpAnswer, HttpRequest } from './exchange.ts';
import { RequestFault } from './faults.ts';
import { plainUrl, sameOrigin } from './hosts.ts';
import type { Sender } from './reach.ts';
import type { RegistryCredential } from './settings.ts';
import { StepFault } from './step-fault.ts';

/** Bytes of a token server's answer. */
const LIMIT = 1024 * 1024;
const MAX_REDIRECTS = 5;
/** The specification's, where the answer says none; in seconds. */
const DEFAULT_LIFE = 60;
const CLIENT_ID = 'kubectl-imagepull';

export interface TokenRequest {
  /** Passed by the guard. */
  readonly realm: URL;
  readonly service: string | null;
  readonly scopes: readonly string[];
  readonly credential: RegistryCredential | null;
}

export interface Token {
  readonly token: Hidden;
  /** Seconds. */
  readonly life: number;
}

export interface TokenContext {
  readonly client: Sender;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Throws StepFault of the step `token`. */
export async function fetchToken(request: TokenRequest, context: TokenContext): Promise<Token> {
  if (request.credential !== null) {
    const posted = await ask(postRequest(request, request.credential, context), context);
    if (!POST_UNKNOWN.has(posted.status)) return readToken(posted, 'POST', request, context);
  }
  return readToken(await ask(getRequest(request, context), context), 'GET', request, context);
}

/** GCR answers 404 to a POST, Artifactory 401, ACR 400 (containerd authorizer.go). */
const POST_UNKNOWN: ReadonlySet<number> = new Set([400, 401, 404, 405]);

function postRequest(
  { realm, service, scopes }: TokenRequest,
  credential: RegistryCredential,
  { signal }: TokenContext,
): HttpRequest {
  const form = new URLSearchParams();
  if (scopes.length > 0) form.set('scope', scopes.join(' '));
  form.set('service', service ?? '');
  form.set('client_id', CLIENT_ID);
  form.set('grant_type', 'password');
  form.set('username', credential.username);
  form.set('password', credential.password.reveal());
  return {
    method: 'POST',
    url: realm,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
    limit: LIMIT,
    larger: 'refused',
    signal,
  };
}

function getRequest(
  { realm, service, scopes, credential }: TokenRequest,
  { signal }: TokenContext,
): HttpRequest {
  const url = new URL(realm);
  if (service !== null && service !== '') url.searchParams.append('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  return {
    method: 'GET',
    url,
    headers: credential === null ? {} : { Authorization: basic(credential) },
    limit: LIMIT,
    larger: 'refused',
    signal,
  };
}

/** The header of Basic authentication. */
export function basic({ username, password }: RegistryCredential): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`;
}

/** Redirects are followed within the same server only: a token server elsewhere is not the one that was named. */
async function ask(first: HttpRequest, { client }: TokenContext): Promise<HttpAnswer> {
  let request = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const answer = await client.send(request).catch((error: unknown) => {
      throw unreachable(error, request.url);
    });
    const location = answer.headers.location;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    const target = URL.parse(location, request.url.href);
    if (target === null || !sameOrigin(target, first.url)) {
      const where = target === null ? 'nowhere' : `to ${target.host}`;
      throw new StepFault(
        'token',
        'redirect-refused',
        `the token server ${first.url.host} redirects ${where}; no credential goes there`,
        {
          status: answer.status,
          realmHost: first.url.host,
        },
      );
    }
    // 307 and 308 keep the method (RFC 9110); a form does not become a query by any other.
    if (first.method === 'POST' && answer.status !== 307 && answer.status !== 308) return answer;
    request = { ...request, url: target };
  }
  throw new StepFault(
    'token',
    'redirect-refused',
    `the token server ${first.url.host} redirects in a circle`,
    {
      realmHost: first.url.host,
    },
  );
}

function unreachable(error: unknown, url: URL): unknown {
  if (!(error instanceof RequestFault)) return error;
  const facts: StepFacts = { ...error.facts, realmHost: url.host, url: plainUrl(url) };
  const isKept = ['too-large', 'timeout', 'not-a-registry', 'proxy-failed'].includes(error.code);
  const code = isKept ? error.code : 'token-unreachable';
  return new StepFault('token', code, `token server: ${error.message}`, facts, error);
}

function readToken(
  answer: HttpAnswer,
  method: string,
  request: TokenRequest,
  context: TokenContext,
): Token {
  const facts: StepFacts = {
    status: answer.status,
    method,
    url: plainUrl(answer.url),
    realmHost: request.realm.host,
    ...(request.service !== null && { service: shorten(request.service) }),
    scope: shorten(request.scopes.join(' ')),
  };
  if (answer.status < 200 || answer.status >= 300)
    throw refused(answer, facts, request, context.now());
  // Not JSON: told as an answer without a token.
  const said = fields(parseJson(answer.body.toString('utf8')));
  const token = [said['access_token'], said['token']].find(isUsable);
  if (token === undefined) {
    throw new StepFault(
      'token',
      'token-malformed',
      `the token server ${request.realm.host} answers without a usable token`,
      facts,
    );
  }
  const life = said['expires_in'];
  return {
    token: new Hidden(token),
    life: typeof life === 'number' && life > 0 ? life : DEFAULT_LIFE,
  };
}

/** A header cannot hold anything else. */
function isUsable(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}

function refused(
  answer: HttpAnswer,
  facts: StepFacts,
  { realm, credential }: TokenRequest,
  now: number,
): StepFault {
  const { status } = answer;
  const error = readError(answer);
  const text = error.message || error.code;
  const said = error.isPage ? ': a web page' : text === '' ? '' : `: ${text}`;
  const more: StepFacts = {
    ...facts,
    ...(error.code !== '' && { errorCode: error.code }),
    ...(error.message !== '' && { errorMessage: error.message }),
    ...(error.isPage && { mediaType: 'text/html' }),
  };
  const fault = (code: StepFault['code'], detail: string, extra: StepFacts = {}) =>
    new StepFault('token', code, detail, { ...more, ...extra });
  if (status === 429) {
    const seconds = retryAfter(answer, now);
    return fault(
      'rate-limited',
      `the token server ${realm.host} says too many requests (429${said})`,
      {
        ...(seconds !== null && { retryAfter: seconds }),
      },
    );
  }
  if (status >= 500) {
    return fault(
      'token-server-error',
      `the token server ${realm.host} has a fault (${status}${said})`,
    );
  }
  if (status < 400 || status === 404 || status === 405) {
    return fault(
      'token-malformed',
      `${realm.host} does not answer as a token server does (${status}${said})`,
    );
  }
  return credential === null
    ? fault(
        'token-anonymous-refused',
        `the token server ${realm.host} gives none without credentials (${status}${said})`,
      )
    : fault(
        'token-refused',
        `the token server ${realm.host} refuses the credential (${status}${said})`,
      );
}
