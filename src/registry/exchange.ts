/** One request to a registry, a token server or a storage, and its answer. */
import type { IncomingMessage } from 'node:http';

export interface HttpRequest {
  readonly method: 'HEAD' | 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Bytes of the body that are read. */
  readonly limit: number;
  /** A larger body is a fault, or its beginning is enough. */
  readonly larger: 'refused' | 'cut';
  /** Ends this request: with a TimeUp as its reason that is a fault, otherwise the promise rejects with the reason. */
  readonly signal: AbortSignal;
}

/** The connection that carried a request; milliseconds are 0 for one that stood already. */
export interface ConnectionTrace {
  readonly kept: boolean;
  readonly dnsMs: number;
  readonly connectMs: number;
  readonly tlsMs: number;
  /** `IP:PORT`; of a proxy as it was given. */
  readonly address: string;
  readonly tlsVersion: string | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Each `WWW-Authenticate` header by itself. */
  readonly challenges: readonly string[];
  readonly body: Buffer;
  readonly connection: ConnectionTrace;
}
