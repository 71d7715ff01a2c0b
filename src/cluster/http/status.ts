/** What the server said, from the body of an answer that is no success. */

import { fields } from '../../words/fields.ts';
import { ApiError } from '../errors.ts';
import { genericStatus } from '../wording.ts';
import type { Method } from './exchange.ts';
import { withoutSent } from './sent-secrets.ts';

/** More of a message helps nobody; an admission webhook may send pages. */
const MESSAGE_LIMIT = 2000;
/** client-go rest/request.go maxUnstructuredResponseTextBytes. */
const TEXT_LIMIT_BYTES = 2048;
/** A `Status` is small; what is larger is a page of some proxy. */
const STATUS_LIMIT_BYTES = 256 * 1024;

export interface Failed {
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly body: Buffer;
  readonly authorization?: string | undefined;
}

/** The server's reason and message where the body is a `Status`, else kubectl's words for the status code. */
export function apiError(response: Failed, url: string, method: Method = 'GET'): ApiError {
  const said = readStatus(response.body);
  const generic = genericStatus(response.status, textOf(response.body));
  const own = (text: string) => withoutSent(text, response.authorization).slice(0, MESSAGE_LIMIT);
  return new ApiError({
    status: response.status,
    reason: own(said === null ? generic.reason : said.reason),
    message: own(said?.message || generic.message),
    method,
    url,
    retryAfter: response.retryAfter ?? said?.retryAfter,
  });
}

/** The code in a `Status` that tells of a failure, null for any other body. One without a code counts as 500. */
export function failureCode(body: unknown): number | null {
  const { kind, status, code } = fields(body);
  if (kind !== 'Status' || status !== 'Failure') return null;
  return typeof code === 'number' && code >= 400 && code < 600 ? code : 500;
}

/** What a proxy or a wrong address answers, cut as client-go cuts it; JSON that is no `Status` tells nothing. */
function textOf(body: Buffer): string {
  const text = body.toString('utf8', 0, TEXT_LIMIT_BYTES).trim();
  return /^[{[]/.test(text) || text.includes('\ufffd') ? 'unknown' : text;
}

interface Said {
  readonly reason: string;
  readonly message: string;
  readonly retryAfter: number | undefined;
}

function readStatus(body: Buffer): Said | null {
  if (body.length > STATUS_LIMIT_BYTES) return null;
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  if (value.kind !== 'Status') return null;
  const { reason, message, details } = value as Record<string, unknown>;
  const wait = (details as { retryAfterSeconds?: unknown } | null | undefined)?.retryAfterSeconds;
  return {
    reason: typeof reason === 'string' ? reason : '',
    message: typeof message === 'string' ? message : '',
    retryAfter: typeof wait === 'number' ? wait : undefined,
  };
}
