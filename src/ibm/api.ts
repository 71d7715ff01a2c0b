/**
 * Requests to IBM Cloud with a credential: no redirect is followed, no address of an answer is asked, and every answer
 * is bounded in size and time.
 */
import { header, shorten } from '../registry/answer.ts';
import type { HttpClient } from '../registry/client.ts';
import type { HttpAnswer } from '../registry/exchange.ts';
import { RequestFault, TimeUp } from '../registry/faults.ts';
import { names } from '../registry/hosts.ts';
import { list, parseJson } from '../words/fields.ts';
import type { IbmLearned, IbmRefusal } from '../words/ibm-learned.ts';
import { at, text } from './fields.ts';

/** Bytes of an answer, where its kind says no other. A list of policies or images is the largest. */
const MAX_ANSWER = 8 * 1024 * 1024;
/** Milliseconds for one answer. */
const MAX_MS = 20_000;

/** What all requests of one run share. */
export interface IbmContext {
  readonly client: HttpClient;
  /** `HOST` or `HOST:PORT`, never shown a credential. */
  readonly noCredentialsTo: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Milliseconds for all that is asked of one credential and image; absent: 30 000. */
  readonly patienceMs?: number | undefined;
  /** What was asked already. The keys hold credentials, and live as long as the run. */
  readonly asked: Map<string, Promise<IbmLearned<unknown>>>;
}

export interface IbmRequest {
  /** Asked in turn until one can be reached. */
  readonly bases: readonly URL[];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a POST; absent: GET. */
  readonly form?: Readonly<Record<string, string>> | undefined;
}

/** The JSON of an answer of 200, or why there is none. Throws only the reason of the run's signal. */
export function askIbm(request: IbmRequest, context: IbmContext): Promise<IbmLearned<unknown>> {
  const key = JSON.stringify(request);
  const known = context.asked.get(key);
  if (known !== undefined) return known;
  const asked = inTurn(request, context);
  context.asked.set(key, asked);
  return asked;
}

async function inTurn(request: IbmRequest, context: IbmContext): Promise<IbmLearned<unknown>> {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  let why: IbmRefusal | null = null;
  for (const base of request.bases) {
    const answer = await once(request, base, context);
    if ('status' in answer && 'body' in answer)
      return { ...read(answer, secretsOf(request)), ms: took() };
    why = answer;
    if (why.problem !== 'unreachable') break;
  }
  why ??= refusal('unreachable', '', 'no address to ask');
  return { known: false, why, ms: took() };
}

async function once(
  { path, query = {}, headers, form }: IbmRequest,
  base: URL,
  { client, noCredentialsTo, signal }: IbmContext,
): Promise<HttpAnswer | IbmRefusal> {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (names(noCredentialsTo, url)) {
    return refusal('withheld', url.host, `${url.host} is not shown a credential, as asked`);
  }
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new TimeUp()), MAX_MS);
  try {
    return await client.send({
      method: form === undefined ? 'GET' : 'POST',
      url,
      headers: {
        Accept: 'application/json',
        ...(form !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      body: form === undefined ? undefined : new URLSearchParams(form).toString(),
      limit: MAX_ANSWER,
      larger: 'refused',
      signal: AbortSignal.any([signal, limit.signal]),
    });
  } catch (error) {
    // When the time is over already the client does not begin.
    if (error instanceof TimeUp) {
      return refusal('unreachable', url.host, `${url.host}: not asked, the time is up`);
    }
    if (!(error instanceof RequestFault)) throw error;
    const problem = error.code === 'too-large' ? 'too large' : 'unreachable';
    return refusal(problem, url.host, error.message);
  } finally {
    clearTimeout(timer);
  }
}

type Read =
  | Omit<Extract<IbmLearned<unknown>, { known: true }>, 'ms'>
  | { known: false; why: IbmRefusal };

function read(answer: HttpAnswer, secrets: readonly string[]): Read {
  const { status, url, body } = answer;
  const json = parse(body, secrets);
  if (status === 200 && json !== undefined) return { known: true, value: json };
  if (status === 200) {
    const why = refusal(
      'unreadable',
      url.host,
      `${url.host} answers with something that is not JSON`,
    );
    return { known: false, why: { ...why, status } };
  }
  return { known: false, why: refused(status, url.host, json, header(answer, 'location')) };
}

/** Shorter ones would be found in any text. */
const MIN_SECRET = 8;

/** What was sent and must not come back into a text, should a server echo it. */
function secretsOf({ form = {}, headers }: IbmRequest): string[] {
  const { apikey, refresh_token, access_token } = form;
  const { 'IAM-ApiKey': key, Authorization: authorization } = headers;
  return [apikey, refresh_token, access_token, key, authorization?.split(' ')[1]].filter(
    (one): one is string => one !== undefined && one.trim().length >= MIN_SECRET,
  );
}

function parse(body: Buffer, secrets: readonly string[]): unknown {
  let text = body.toString('utf8');
  for (const secret of secrets) text = text.replaceAll(secret.trim(), 'REDACTED');
  return parseJson(text);
}

/**
 * IAM's identity API: `errorCode`, `errorMessage`. Its policy and access group APIs and the registry: `errors` with
 * `code` and `message`, or both at the top. What stands in `context` is never read: it echoes the request.
 */
function refused(
  status: number,
  host: string,
  json: unknown,
  location: string | undefined,
): IbmRefusal {
  const first = list(at(json, 'errors'))[0];
  const errorCode = text(at(json, 'errorCode') ?? at(first, 'code') ?? at(json, 'code')) ?? '';
  const errorMessage =
    text(at(json, 'errorMessage') ?? at(first, 'message') ?? at(json, 'message')) ?? '';
  const said = [errorCode, errorMessage].filter((part) => part !== '').join(' ');
  const what = location === undefined ? `answers ${status}` : `redirects (${status}), not followed`;
  return {
    ...refusal('refused', host, `${host} ${what}${said === '' ? '' : `: ${said}`}`),
    status,
    errorCode: errorCode.slice(0, 60),
    errorMessage,
  };
}

function refusal(problem: IbmRefusal['problem'], host: string, detail: string): IbmRefusal {
  return { problem, host, status: null, errorCode: '', errorMessage: '', detail: shorten(detail) };
}

/** The same answer, read into what it means. */
export function learned<T>(
  answer: IbmLearned<unknown>,
  read: (json: unknown) => T | null,
): IbmLearned<T> {
  if (!answer.known) return answer;
  const value = read(answer.value);
  if (value !== null) return { known: true, value, ms: answer.ms };
  const why = refusal('unreadable', '', 'the answer does not have the form that is documented');
  return { known: false, why, ms: answer.ms };
}
