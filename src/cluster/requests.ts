/** JSON from the API server: waits where it is asked to, and turns every failure into one of our errors. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError } from './errors.ts';
import { apiError } from './status.ts';
import type { ApiResponse, Transport } from './transport.ts';

/** A server that sheds load is asked twice more. */
const RETRIES = 2;
/** Longer than this is answered as a failure: a person waits. */
const LONGEST_WAIT_SECONDS = 10;

export interface JsonRequests {
  /** The parsed body; throws ApiError for a status other than 2xx, else what `Transport.get` throws. */
  json(path: string, accept?: string): Promise<unknown>;
}

/** `signal` ends a wait between two attempts. */
export function jsonRequests(transport: Transport, signal: AbortSignal): JsonRequests {
  return {
    async json(path, accept) {
      const request = accept === undefined ? { path } : { path, accept };
      for (let attempt = 0; ; attempt++) {
        const response = await transport.get(request);
        if (response.status >= 200 && response.status < 300)
          return parse(response, transport, path);
        const wait = waitSeconds(response, attempt);
        if (wait === null) throw apiError(response, transport.url(path));
        await sleep(wait * 1000, undefined, { signal });
      }
    },
  };
}

/** Seconds to wait before the next attempt, null where there is none. 5xx counts only with Retry-After. */
function waitSeconds(response: ApiResponse, attempt: number): number | null {
  if (attempt >= RETRIES) return null;
  const { status, retryAfter } = response;
  if (status !== 429 && !(status >= 500 && retryAfter !== undefined)) return null;
  const wait = retryAfter ?? 1;
  return wait <= LONGEST_WAIT_SECONDS ? wait : null;
}

function parse(response: ApiResponse, transport: Transport, path: string): unknown {
  try {
    return JSON.parse(response.body.toString('utf8'));
  } catch (cause) {
    // The parser's text quotes the body, which may hold a Secret: only its class is kept.
    const kind = cause instanceof Error ? cause.name : 'error';
    throw new ConnectionError({
      fault: 'protocol',
      host: transport.host,
      reached: true,
      code: kind,
      detail: `${transport.url(path)} answered with something that is not JSON`,
    });
  }
}
