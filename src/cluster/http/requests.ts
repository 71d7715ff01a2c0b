/** JSON from the API server: waits where it is asked to, and turns every failure into one of our errors. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectionError } from '../errors.ts';
import type { ApiResponse, Method } from './exchange.ts';
import { apiError, failureCode } from './status.ts';
import type { Transport } from './transport.ts';

/** As often a server that sheds load is asked again (client-go rest/request.go). */
const RETRIES = 10;
/** All waits of one request together, where no `--request-timeout` says otherwise: a person waits. */
const LONGEST_WAIT_SECONDS = 30;

export interface JsonOptions {
  /** Default `GET`. */
  readonly method?: Method | undefined;
  /** JSON text that is sent. */
  readonly body?: string | undefined;
  /** Default `application/json`. */
  readonly accept?: string | undefined;
  /** Called once with the first kilobytes of a body, before the rest has come. */
  readonly onHead?: ((head: string) => void) | undefined;
  /** How the body is read; default `JSON.parse` of its text. May throw SyntaxError. */
  readonly readBytes?: ((body: Buffer) => unknown) | undefined;
}

export interface JsonRequests {
  /**
   * The parsed body; throws ApiError for a status other than 2xx and for a `Status` that is a failure whatever it came
   * with (some gateways answer everything with 200), else what `Transport.ask` throws.
   */
  json(path: string, options?: JsonOptions): Promise<unknown>;
}

/** `signal` ends a wait between two attempts. */
export function jsonRequests(transport: Transport, signal: AbortSignal): JsonRequests {
  const limit = (transport.requestTimeoutMs ?? LONGEST_WAIT_SECONDS * 1000) / 1000;
  return {
    async json(path, { method, body, accept, onHead, readBytes = parseText } = {}) {
      let waited = 0;
      for (let attempt = 0; ; attempt++) {
        const response = await transport.ask({ path, method, body, accept, onHead });
        if (response.status >= 200 && response.status < 300) {
          const body = parse(response, readBytes, transport, path);
          const status = failureCode(body);
          if (status === null) return body;
          throw apiError({ ...response, status }, transport.url(path), method);
        }
        const wait = attempt < RETRIES ? waitSeconds(response) : null;
        if (wait === null || waited + wait > limit) {
          throw apiError(response, transport.url(path), method);
        }
        waited += wait;
        await sleep(wait * 1000, undefined, { signal });
      }
    },
  };
}

/** Seconds to wait before the next attempt, null where there is none. 5xx counts only with Retry-After. */
function waitSeconds({ status, retryAfter }: ApiResponse): number | null {
  if (status !== 429 && !(status >= 500 && retryAfter !== undefined)) return null;
  return retryAfter ?? 1;
}

function parseText(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'));
}

function parse(
  response: ApiResponse,
  read: (body: Buffer) => unknown,
  transport: Transport,
  path: string,
): unknown {
  try {
    return read(response.body);
  } catch (cause) {
    // The parser's text quotes the body, which may hold a Secret: only its class is kept.
    const kind = cause instanceof Error ? cause.name : 'error';
    throw new ConnectionError({
      fault: 'content',
      host: transport.host,
      reached: true,
      code: kind,
      detail: `${transport.url(path)} answered with something that is not JSON`,
    });
  }
}
