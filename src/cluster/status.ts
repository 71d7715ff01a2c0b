/** What the server said, from the body of an answer that is no success. */
import { ApiError } from './errors.ts';
import { genericStatus } from './wording.ts';

/** More of a message helps nobody; an admission webhook may send pages. */
const MESSAGE_LIMIT = 2000;
/** A `Status` is small; what is larger is a page of some proxy. */
const STATUS_LIMIT_BYTES = 256 * 1024;

export interface Failed {
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly body: Buffer;
}

/** The server's reason and message where the body is a `Status`, else kubectl's words for the status code. */
export function apiError(response: Failed, url: string): ApiError {
  const said = readStatus(response.body);
  const generic = genericStatus(response.status);
  return new ApiError({
    status: response.status,
    reason: said?.reason || generic.reason,
    message: said?.message || generic.message,
    method: 'GET',
    url,
    retryAfter: response.retryAfter ?? said?.retryAfter,
  });
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
    message: typeof message === 'string' ? message.slice(0, MESSAGE_LIMIT) : '',
    retryAfter: typeof wait === 'number' ? wait : undefined,
  };
}
