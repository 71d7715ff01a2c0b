/**
 * HTTP to one API server, one keep-alive pool of our own. Everything is a GET but for what `write.ts` asks for.
 *
 * client-node's own transport opens a TLS connection for each request and drops unknown fields, so only its
 * kubeconfig reader is used. `node:https` is loaded at the first request (it costs half a start of Node).
 */
import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { isLoopback } from '../../network/hosts.ts';
import { LONGEST_TIMER_MS } from '../../words/timer.ts';
import type { Connection, Identity } from '../connection.ts';
import { ConnectionError } from '../errors.ts';
import { makeAgent } from './agent.ts';
import { readBody } from './body.ts';
import { type ApiRequest, type ApiResponse, answer, prefix } from './exchange.ts';
import { connectionFault, Silence } from './faults.ts';
import type { RequestLog } from './request-log.ts';

/** Nothing at all from the server for so long ends a request, where no `--request-timeout` was given. */
const SILENCE_LIMIT_MS = 30_000;

/** Work for the time until an answer comes; `waiting` tells whether that time still goes on. */
export type WhileWaiting = (waiting: () => boolean) => void;

export interface TransportSettings {
  readonly connection: Connection;
  /** Milliseconds for a whole request; absent or 0: only silence is limited. */
  readonly requestTimeoutMs?: number | undefined;
  /** Milliseconds; absent: SILENCE_LIMIT_MS. */
  readonly silenceMs?: number | undefined;
  /** Never ask for packed answers; they are never asked for from this machine. */
  readonly disableCompression?: boolean | undefined;
  readonly userAgent: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Called once, when every request so far is on its way and only the server has something to do. */
  readonly whileWaiting?: WhileWaiting | undefined;
  readonly log?: RequestLog | undefined;
}

/** How an answer is read, and how long that may take. */
interface Exchange<T> {
  readonly read: (message: IncomingMessage) => Promise<T>;
  /** Milliseconds for all of it; 0: no limit. */
  readonly totalMs: number;
  /** Milliseconds without a byte. */
  readonly silenceMs: number;
}

export class Transport {
  readonly #settings: TransportSettings;
  /** By certificate: a new token needs no new connections. */
  readonly #agents = new Map<string, Promise<Agent>>();
  readonly #refused = new WeakSet<Identity>();
  /** Connections that have answered before. Node's `reusedSocket` leaves out those that a queued request gets. */
  readonly #used = new WeakSet<object>();
  #unsent = 0;
  #waited = false;
  #answered = false;

  constructor(settings: TransportSettings) {
    this.#settings = settings;
  }

  /** `HOST:PORT` as kubectl names the server in its errors. */
  get host(): string {
    return this.#settings.connection.endpoint.server.host;
  }

  /** Milliseconds for a whole request, where the user gave a limit. */
  get requestTimeoutMs(): number | undefined {
    return this.#settings.requestTimeoutMs || undefined;
  }

  /** The URL of a request without its query, for errors. */
  url(path: string): string {
    const { server } = this.#settings.connection.endpoint;
    return `${server.protocol}//${server.host}${prefix(server)}${path.split('?')[0]}`;
  }

  /**
   * One request. Any HTTP status is an answer; throws ConnectionError where none came, ExecPluginError or
   * KubeconfigError where no credential could be had. After a 401 a credential that can be renewed is
   * renewed once.
   */
  ask(request: ApiRequest): Promise<ApiResponse> {
    const { requestTimeoutMs = 0, silenceMs = SILENCE_LIMIT_MS } = this.#settings;
    return this.#loggedIn(request, {
      read: async (message) => answer(message, await readBody(message, request.onHead)),
      totalMs: requestTimeoutMs,
      silenceMs,
    });
  }

  /**
   * One GET whose answer has no end: a 200 is handed to `read` as it comes, until it resolves; anything else is
   * an answer. Only silence ends it from here.
   */
  watch(
    request: ApiRequest,
    silenceMs: number,
    read: (body: IncomingMessage) => Promise<void>,
  ): Promise<ApiResponse> {
    return this.#loggedIn(request, {
      read: async (message) => {
        if (message.statusCode !== 200) return answer(message, await readBody(message));
        await read(message);
        return answer(message, Buffer.alloc(0));
      },
      totalMs: 0,
      silenceMs,
    });
  }

  async #loggedIn(request: ApiRequest, exchange: Exchange<ApiResponse>): Promise<ApiResponse> {
    const { credentials } = this.#settings.connection;
    const sentAs = async (identity: Identity) => {
      const response = await this.#send(request, identity, exchange);
      return { ...response, authorization: identity.authorization };
    };
    const identity = await credentials.identity();
    const response = await sentAs(identity);
    if (response.status !== 401 || !this.#renewed(identity)) return response;
    return sentAs(await credentials.identity());
  }

  #wentOut(): void {
    this.#unsent--;
    if (this.#unsent > 0 || this.#waited) return;
    this.#waited = true;
    this.#settings.whileWaiting?.(() => !this.#answered);
  }

  /** Ends every connection, those in use included. */
  close(): void {
    for (const agent of this.#agents.values()) {
      agent.then(
        (made) => made.destroy(),
        () => undefined,
      );
    }
    this.#agents.clear();
  }

  /** True where a new credential may be had; of several 401s in parallel only the first forgets the old one. */
  #renewed(refused: Identity): boolean {
    if (this.#refused.has(refused)) return true;
    if (!this.#settings.connection.credentials.renew()) return false;
    this.#refused.add(refused);
    return true;
  }

  #agentOf(identity: Identity): Promise<Agent> {
    const { cert, key } = identity;
    const name = `${cert?.toString('base64') ?? ''} ${key?.toString('base64') ?? ''}`;
    const known = this.#agents.get(name);
    if (known !== undefined) return known;
    const { connection, env } = this.#settings;
    const agent = makeAgent(connection.endpoint, identity, env);
    this.#agents.set(name, agent);
    return agent;
  }

  async #send<T>(request: ApiRequest, identity: Identity, exchange: Exchange<T>): Promise<T> {
    try {
      return await this.#exchange(request, identity, exchange);
    } catch (error) {
      if (!(error instanceof ConnectionError) || error.fault !== 'tls') throw error;
      const { connection, env, now, signal } = this.#settings;
      const { withCertificate } = await import('./server-certificate.ts');
      const looker = { endpoint: connection.endpoint, env, now, signal };
      throw await withCertificate(error, looker);
    }
  }

  async #exchange<T>(request: ApiRequest, identity: Identity, exchange: Exchange<T>): Promise<T> {
    const { connection, log } = this.#settings;
    const signal = request.signal
      ? AbortSignal.any([this.#settings.signal, request.signal])
      : this.#settings.signal;
    const { totalMs, silenceMs } = exchange;
    const { server } = connection.endpoint;
    signal.throwIfAborted();
    const agent = await this.#agentOf(identity);
    const options: RequestOptions = {
      agent,
      method: request.method ?? 'GET',
      host: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port || (server.protocol === 'https:' ? 443 : 80),
      path: prefix(server) + request.path,
      headers: this.#headers(request, identity),
    };
    const logged = log?.start(`${server.protocol}//${server.host}${options.path}`, options);
    const http =
      server.protocol === 'https:' ? await import('node:https') : await import('node:http');
    return new Promise<T>((resolve, reject) => {
      let reached = false;
      let standing = false;
      let begun = false;
      let failed = false;
      let timer: NodeJS.Timeout | undefined;
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
      const fail = (cause: unknown) => {
        // To destroy a request makes it fail once more.
        if (failed) return;
        failed = true;
        end();
        sent.destroy();
        const fault = connectionFault(cause, server, reached);
        logged?.failed(signal.aborted ? 'it was stopped' : fault.message);
        // A kept connection that the server closed as we used it again: nothing was answered, so a GET may be sent
        // once more (Go's net/http shouldRetryRequest). Each try takes a dead connection out of the pool. A write may
        // be, too: it names its object, so that a second one changes nothing (`write.ts`).
        if (standing && !begun && !signal.aborted && fault.fault === 'reset') {
          resolve(this.#send(request, identity, exchange));
          return;
        }
        reject(signal.aborted ? signal.reason : fault);
      };
      const silent = () => fail(new Silence());
      const abort = () => fail(signal.reason);
      const connected = () => {
        reached = true;
        if (!totalMs) clearTimeout(timer);
      };
      const sent = http.request(options);
      if (totalMs) timer = setTimeout(silent, Math.min(totalMs, LONGEST_TIMER_MS));
      else sent.setTimeout(silenceMs, silent);
      signal.addEventListener('abort', abort, { once: true });
      this.#unsent++;
      sent.once('finish', () => this.#wentOut());
      sent.on('error', fail);
      sent.on('socket', (socket) => {
        standing = this.#used.has(socket);
        // One that a proxy hands over stands already; TLS inside of it is still to come.
        if (standing || (server.protocol === 'http:' && !socket.connecting)) return connected();
        // Node counts silence only from the moment that TCP is connected.
        timer ??= setTimeout(silent, Math.min(silenceMs, SILENCE_LIMIT_MS));
        socket.once(server.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
      });
      sent.on('response', (message: IncomingMessage) => {
        this.#answered = true;
        begun = true;
        this.#used.add(message.socket);
        connected();
        logged?.answered(message);
        exchange.read(message).then((value) => {
          end();
          resolve(value);
        }, fail);
      });
      sent.end(request.body);
    });
  }

  #headers(request: ApiRequest, identity: Identity): Record<string, string | string[]> {
    const { connection, disableCompression, userAgent } = this.#settings;
    const headers: Record<string, string | string[]> = {
      Accept: request.accept ?? 'application/json',
      'User-Agent': userAgent,
      ...connection.impersonation,
    };
    if (request.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      headers['Content-Length'] = String(Buffer.byteLength(request.body));
    }
    if (identity.authorization !== undefined) headers['Authorization'] = identity.authorization;
    // On loopback packing costs more than it saves.
    const pack = !disableCompression && !isLoopback(connection.endpoint.server.hostname);
    if (pack) headers['Accept-Encoding'] = 'gzip';
    return headers;
  }
}
