/** What an answer that is no success says: status, the registry's own error, and our code for the two together. */
import { parseJson } from '../words/fields.ts';
import type { FailedCode, StepFacts } from '../words/ladder.ts';
import { redact } from '../words/redact.ts';
import type { HttpAnswer } from './exchange.ts';
import { plainUrl } from './hosts.ts';

/** Bytes of an error's body that are read. */
export const ERROR_LIMIT = 64 * 1024;

/** Characters of a stranger's text that are kept. */
const SHOWN = 300;

/** The first error of `{"errors":[{"code","message"}]}` and the like; empty where the body holds none. */
export interface RegistryError {
  readonly code: string;
  readonly message: string;
  /** The body is a web page. */
  readonly isPage: boolean;
}

/** Reads an error's body. Never throws. */
export function readError(answer: HttpAnswer): RegistryError {
  const text = answer.body.toString('utf8', 0, ERROR_LIMIT).trim();
  if (/^(?:<!doctype html|<html|<head|<body)/i.test(text))
    return { code: '', message: '', isPage: true };
  const isPage = text === '' && contentType(answer) === 'text/html';
  const json = /^[[{"]/.test(text) ? parseJson(text) : undefined;
  if (json === undefined) {
    const isXml = text.startsWith('<');
    return { code: '', message: isXml || isPage ? '' : shorten(text), isPage };
  }
  const first = field(field(json, 'errors'), 0) ?? field(json, 'error') ?? json;
  const message = [
    field(first, 'message'),
    field(json, 'error_description'),
    field(first, 'detail'),
    field(first, 'details'),
    field(json, 'errorMessage'),
    first,
  ].find((value): value is string => typeof value === 'string' && value !== '');
  const code = field(first, 'code') ?? field(json, 'error');
  return {
    code: typeof code === 'string' ? shorten(code).slice(0, 60) : '',
    message: message === undefined ? '' : shorten(message),
    isPage,
  };
}

function field(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, unknown>)[key];
}

/** Characters of a text that are looked at. */
const MOST_READ = 20_000;

/** A stranger's text on one line, cut, without what looks like a credential. */
export function shorten(text: string): string {
  // Cut far behind what is shown: a credential that the cut goes through would not be known for one.
  const line = redact(text.slice(0, MOST_READ)).replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}

/** A header that is sent once; of several the first. */
export function header(answer: HttpAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}

/** Without parameters, in lower case. */
export function contentType(answer: HttpAnswer): string {
  return (
    (answer.headers['content-type'] ?? '').slice(0, 200).split(';', 1)[0]?.trim().toLowerCase() ??
    ''
  );
}

/** `Retry-After` in whole seconds from `now`; `null` where there is none that can be read. */
export function retryAfter(answer: HttpAnswer, now: number): number | null {
  const header = answer.headers['retry-after']?.trim() ?? '';
  if (/^\d{1,7}$/.test(header)) return Number(header);
  const at = header.length < 64 ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000));
}

export interface Refusal {
  readonly code: FailedCode;
  readonly detail: string;
  readonly facts: StepFacts;
}

/**
 * What an answer of 400 or more to a request for a manifest, a blob or a list of tags means. `body`: the same answered
 * to a GET, where the first one came without a body.
 */
export function refusal(method: string, answer: HttpAnswer, error: RegistryError): Refusal {
  const { status, url } = answer;
  const code = codeOf(status, url, error);
  const said = error.message || error.code;
  const what = PLAIN_WORDS[code] ?? `it answers ${status}`;
  const detail = error.isPage
    ? `${url.host} answers ${status} with a web page, not as a registry does`
    : `${what} (${status}${said === '' ? '' : `: ${said}`})`;
  const facts: StepFacts = {
    status,
    method,
    url: plainUrl(url),
    ...(error.code !== '' && { errorCode: error.code }),
    ...(error.message !== '' && { errorMessage: error.message }),
    ...(error.isPage && { mediaType: 'text/html' }),
  };
  return { code, detail, facts };
}

const PLAIN_WORDS: Partial<Record<FailedCode, string>> = {
  unauthorized: 'not authorized',
  forbidden: 'access denied',
  'rate-limited': 'too many requests',
  'quota-exceeded': 'a quota is used up',
  'policy-blocked': "blocked by the registry's policy",
  'server-error': 'the registry has a fault',
  'repository-not-found': 'there is no such repository',
  'manifest-not-found': 'there is no such tag or digest',
  'https-on-http': 'it wants TLS and was asked without',
};

function codeOf(status: number, url: URL, error: RegistryError): FailedCode {
  if (status === 429 || error.code === 'TOOMANYREQUESTS') return 'rate-limited';
  if (status >= 500) return 'server-error';
  if (status === 401) return 'unauthorized';
  if (error.isPage) return 'not-a-registry';
  if (status === 412 || status === 451) return 'policy-blocked';
  if (status === 402 || status === 403) return denied(error);
  if (status === 404) return missing(error);
  if (status === 400 && url.protocol === 'http:' && /HTTPS (?:server|port)/i.test(error.message)) {
    return 'https-on-http';
  }
  return error.code === 'DENIED' ? denied(error) : 'unexpected-status';
}

const POLICY =
  /blocking policy|policy violation|configured policy|blocked by (?:a )?(?:security |download |content )?policy|vulnerab|\bxray\b|\bquarantin/i;

/** The words are a registry's: IBM's and Quay's quotas, Xray's and Harbor's policies (facts of each registry). */
function denied({ message }: RegistryError): FailedCode {
  if (/\bquota\b/i.test(message)) return 'quota-exceeded';
  if (POLICY.test(message)) return 'policy-blocked';
  return 'forbidden';
}

/** The codes are those of the OCI distribution specification; Harbor has one of its own for both. */
function missing({ code, message }: RegistryError): FailedCode {
  if (code === 'NAME_UNKNOWN') return 'repository-not-found';
  if (code === 'BLOB_UNKNOWN') return 'blob-missing';
  const isRepository = /^(?:repository|project|repo)\b/i.test(message);
  return code !== 'MANIFEST_UNKNOWN' && isRepository
    ? 'repository-not-found'
    : 'manifest-not-found';
}
