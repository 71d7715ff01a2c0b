/** A request and its answer. */
import type { IncomingMessage } from 'node:http';

/** What is asked with; only `verify --from-node` writes anything. */
export type Method = 'GET' | 'POST' | 'DELETE';

export interface ApiRequest {
  /** Below the server's prefix, query included: `/api/v1/pods?limit=500`. */
  readonly path: string;
  /** Default `application/json`. */
  readonly accept?: string | undefined;
  /** Called once with the first kilobytes of the body, unpacked, before the rest has come. */
  readonly onHead?: ((head: string) => void) | undefined;
  /** Default `GET`. */
  readonly method?: Method | undefined;
  /** JSON text that goes with a POST or DELETE. */
  readonly body?: string | undefined;
  /** Ends this request, besides the signal that ends all of them. */
  readonly signal?: AbortSignal | undefined;
}

export interface ApiResponse {
  readonly status: number;
  /** `Retry-After` in seconds, where the server sent one. */
  readonly retryAfter: number | undefined;
  readonly body: Buffer;
  /** The Authorization header that was sent, so that an error that says it again is not printed with it. */
  readonly authorization?: string | undefined;
}

/** The answer with its body. */
export function answer(message: IncomingMessage, body: Buffer): ApiResponse {
  const retryAfter = seconds(message.headers['retry-after']);
  return { status: message.statusCode ?? 0, retryAfter, body };
}

/** The path every request starts with, without a slash at its end. */
export function prefix(server: URL): string {
  return server.pathname.replace(/\/+$/, '');
}

/** `Retry-After` in seconds; a date is left alone, API servers send seconds. */
function seconds(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}
