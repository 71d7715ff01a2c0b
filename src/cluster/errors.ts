/**
 * Errors of the connection to a cluster. Each keeps its facts and says itself, by `words()`, the whole line
 * that kubectl prints for the same case, prefix included; see `wording.ts`.
 */
import { apiErrorLine, connectionErrorLine } from './wording.ts';

/** What the server said when it did not give what was asked for (the `Status` object, where there was one). */
export interface ApiErrorFacts {
  readonly status: number;
  /** `Forbidden`, `NotFound`, …; empty where the server gave none. */
  readonly reason: string;
  /** The server's message, or kubectl's words for the status where the server gave none. */
  readonly message: string;
  readonly method: string;
  /** Without user, password and query. */
  readonly url: string;
  /** Seconds the server asked us to wait. */
  readonly retryAfter?: number | undefined;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly reason: string;
  readonly method: string;
  readonly url: string;
  readonly retryAfter: number | undefined;

  constructor(facts: ApiErrorFacts) {
    super(facts.message);
    this.status = facts.status;
    this.reason = facts.reason;
    this.method = facts.method;
    this.url = facts.url;
    this.retryAfter = facts.retryAfter;
  }

  words(): string {
    return apiErrorLine(this);
  }
}

/**
 * - `refused`, `dns`, `unreachable`, `tls`, `proxy`: the server was not reached.
 * - `timeout`: nothing came within the time limit, `reset`: the connection was cut.
 * - `protocol`: the answer is not HTTP, `too large`: more than we take.
 * - `content`: an answer that says it went well, and is not what was asked for: some proxy's page, say.
 */
export type ConnectionFault =
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'tls'
  | 'proxy'
  | 'timeout'
  | 'reset'
  | 'protocol'
  | 'content'
  | 'too large';

export interface ConnectionErrorFacts {
  readonly fault: ConnectionFault;
  /** `HOST:PORT` of the server. */
  readonly host: string;
  /** True once the server had taken the connection (TLS included): other requests may still succeed. */
  readonly reached: boolean;
  /** Node's or OpenSSL's code, e.g. `ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`; empty where there is none. */
  readonly code: string;
  /** What happened, without prefix, e.g. `dial tcp 10.0.0.1:6443: i/o timeout`. */
  readonly detail: string;
  /** What was asked for, where the detail does not say it: `pod shop/web`. */
  readonly asked?: string | undefined;
  readonly cause?: unknown;
}

export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly fault: ConnectionFault;
  readonly host: string;
  readonly reached: boolean;
  readonly code: string;
  readonly asked: string | undefined;

  constructor(facts: ConnectionErrorFacts) {
    super(facts.detail, { cause: facts.cause });
    this.fault = facts.fault;
    this.host = facts.host;
    this.reached = facts.reached;
    this.code = facts.code;
    this.asked = facts.asked;
  }

  words(): string {
    return connectionErrorLine(this);
  }
}

export interface KubeconfigErrorOptions {
  readonly cause?: unknown;
  /** The whole of what kubectl prints, where that is not `error: ` and the message; may be several lines. */
  readonly words?: string | undefined;
}

/**
 * Instead of `asked` there came something else with a success: taken for it, it would be an object without faults, or a
 * list without objects. `missed`: what it is not, e.g. `a list`.
 */
export function notWhatWasAsked(asked: string, missed: string): ConnectionError {
  return new ConnectionError({
    fault: 'content',
    host: '',
    reached: true,
    code: '',
    asked,
    detail: `the server answered with something that is not ${missed} (a proxy or gateway in front of the API server?)`,
  });
}

/** The kubeconfig, or a flag that overrides a part of it, cannot be used. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
  /** Line breaks in the words are meant: they come from us, or from the user's own file. */
  readonly multiline = true;
  readonly #words: string;

  constructor(message: string, { cause, words }: KubeconfigErrorOptions = {}) {
    super(message, { cause });
    this.#words = words ?? `error: ${message}`;
  }

  words(): string {
    return this.#words;
  }
}

/** What kubectl notices only when it connects, though it lies in the kubeconfig. */
export function unusableCredential(message: string, cause?: unknown): KubeconfigError {
  return new KubeconfigError(message, {
    cause,
    words: `Unable to connect to the server: ${message}`,
  });
}

/** The credential plugin that the kubeconfig names did not give a credential. */
export class ExecPluginError extends Error {
  override readonly name = 'ExecPluginError';
  /** An install hint has its own line breaks. */
  readonly multiline = true;
  readonly command: string;
  /** Of the plugin; null where it did not run or was ended by a signal. */
  readonly exitCode: number | null;

  constructor(command: string, exitCode: number | null, message: string, cause?: unknown) {
    super(message, { cause });
    this.command = command;
    this.exitCode = exitCode;
  }

  words(): string {
    return `Unable to connect to the server: getting credentials: ${this.message}`;
  }
}
