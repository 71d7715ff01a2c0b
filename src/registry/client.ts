/**
 * HTTP for registries: one request, one answer, bounded in size and time; no redirects, no credentials of its own,
 * nothing unpacked (answers are asked for as they are, so that no few bytes become many).
 */
import {
  type Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { hostPort } from '../network/hosts.ts';
import { ProxyRefusal, ProxyUrlError } from '../network/proxy-errors.ts';
import type { ProxyUrl } from '../network/proxy-url.ts';
import { Agents, placeOf } from './agents.ts';
import { withCertificate } from './certificate.ts';
import type { ConnectionTrace, HttpAnswer, HttpRequest } from './exchange.ts';
import {
  Cut,
  isUntrusted,
  type Phase,
  RequestFault,
  requestFault,
  TimeUp,
  TooLarge,
} from './faults.ts';
import { plainHost } from './hosts.ts';
import { answerOfProxy, proxyFault, unusableProxy } from './proxy-faults.ts';
import type { RegistrySettings } from './settings.ts';

/** Bytes of all headers of an answer. Redirects to storage carry signatures of some kilobytes. */
const MAX_HEADERS = 64 * 1024;

export class HttpClient {
  readonly #settings: RegistrySettings;
  readonly #agents: Agents;
  /** Connections through a proxy that have answered. */
  readonly #used = new WeakSet<Socket>();

  constructor(settings: RegistrySettings) {
    this.#settings = settings;
    this.#agents = new Agents(settings);
  }

  /** Any HTTP status is an answer. Throws RequestFault where none came. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const { trustsSystem } = this.#agents;
    try {
      return await this.#once(request);
    } catch (error) {
      if (!(error instanceof RequestFault)) throw error;
      // Refused before a byte of the request was sent: the system's roots may know the issuer, a proxy's too.
      if (isUntrusted(error.facts.systemCode ?? '') && !trustsSystem) {
        this.#agents.trustSystem();
        return this.send(request);
      }
      if (error.phase !== 'tls') throw error;
      throw await withCertificate(error, request.url, this.#agents, this.#settings.addresses);
    }
  }

  /** The proxy on the way to the URL's host. Throws RequestFault for one that cannot be used. */
  proxyOf(url: URL): ProxyUrl | undefined {
    try {
      return this.#agents.proxyOf(url);
    } catch (error) {
      throw error instanceof ProxyUrlError ? unusableProxy(error.message) : error;
    }
  }

  close(): void {
    this.#agents.close();
  }

  #options(request: HttpRequest, agent: Agent): RequestOptions {
    const { url } = request;
    const host = plainHost(url.hostname);
    return {
      ...placeOf(url, this.#settings.addresses),
      agent,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      maxHeaderSize: MAX_HEADERS,
      headers: {
        Host: url.host,
        'User-Agent': this.#settings.userAgent,
        'Accept-Encoding': 'identity',
        ...request.headers,
        ...(request.body !== undefined && {
          'Content-Length': String(Buffer.byteLength(request.body)),
        }),
      },
      // The name that was asked for counts, wherever the host is found.
      ...(isIP(host) === 0 && { servername: host }),
    };
  }

  async #once(request: HttpRequest): Promise<HttpAnswer> {
    const { url, signal } = request;
    const { connectMs, silenceMs } = this.#settings.timeouts;
    signal.throwIfAborted();
    const via = this.proxyOf(url);
    const agent = await this.#agents.of(url);
    signal.throwIfAborted();
    const asked = performance.now();
    const answer = await new Promise<HttpAnswer>((resolve, reject) => {
      let phase: Phase = 'dns';
      let standing = false;
      let begun = false;
      let ended = false;
      let timer: NodeJS.Timeout | undefined;
      const end = (): boolean => {
        if (ended) return false;
        ended = true;
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        return true;
      };
      const fail = (cause: unknown): void => {
        // To destroy a request makes it fail once more.
        if (!end()) return;
        sent.destroy();
        const fault = faultOf(cause, url.host, phase, via);
        // A kept connection that the server closed just as it was used again: nothing was answered.
        if (standing && !begun && fault.code === 'connection-lost') {
          resolve(this.#once(request));
          return;
        }
        reject(fault);
      };
      const abort = (): void => {
        if (signal.reason instanceof TimeUp) fail(signal.reason);
        if (!end()) return;
        sent.destroy();
        reject(signal.reason);
      };
      const wait = (milliseconds: number): void => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(new TimeUp()), milliseconds);
      };
      const make = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const options = this.#options(request, agent);
      const named = isIP(String(options.host)) === 0;
      const sent: ClientRequest = make(options);
      signal.addEventListener('abort', abort, { once: true });
      let trace: () => ConnectionTrace = () => NO_CONNECTION;
      sent.on('error', fail);
      sent.on('socket', (socket) => {
        // What a proxy hands over stands already when it is new.
        standing =
          via === undefined ? sent.reusedSocket || !isFresh(socket) : this.#used.has(socket);
        wait(standing ? silenceMs : connectMs);
        if (standing) phase = 'answer';
        trace = follow(socket, { standing, named, via, asked }, (now) => {
          phase = now;
          if (now === 'answer') wait(silenceMs);
        });
      });
      sent.on('response', (message) => {
        begun = true;
        if (via !== undefined) this.#used.add(message.socket);
        phase = 'answer';
        wait(silenceMs);
        const connection = trace();
        read(message, request, () => wait(silenceMs)).then((body) => {
          if (!end()) return;
          resolve({
            status: message.statusCode ?? 0,
            url,
            headers: message.headers,
            challenges: message.headersDistinct['www-authenticate'] ?? [],
            body,
            connection,
          });
        }, fail);
      });
      sent.end(request.body);
    });
    const fault = via === undefined ? null : answerOfProxy(answer, via);
    if (fault !== null) throw fault;
    return answer;
  }
}

const NO_CONNECTION: ConnectionTrace = {
  kept: true,
  dnsMs: 0,
  connectMs: 0,
  tlsMs: 0,
  address: '',
  tlsVersion: null,
};

function isFresh(socket: Socket): boolean {
  return socket.connecting || (socket instanceof TLSSocket && socket.getProtocol() === null);
}

interface Followed {
  readonly standing: boolean;
  /** There is a name to look up. */
  readonly named: boolean;
  /** It has dialled before it handed the connection over. */
  readonly via: ProxyUrl | undefined;
  /** When the request was made; where nothing dials for us, it may have waited for its turn. */
  readonly asked: number;
}

/** Watches a connection come about. */
function follow(
  socket: Socket,
  { standing, named, via, asked }: Followed,
  reached: (phase: Phase) => void,
): () => ConnectionTrace {
  const started = via === undefined ? performance.now() : asked;
  const at = { dns: started, connect: started, tls: started };
  if (!standing) {
    const secure = socket instanceof TLSSocket;
    const connected = () => {
      at.connect = at.tls = performance.now();
      reached(secure ? 'tls' : 'answer');
    };
    if (via !== undefined) connected();
    else if (!named) reached('connect');
    socket.once('lookup', () => {
      at.dns = at.connect = at.tls = performance.now();
      reached('connect');
    });
    if (via === undefined) socket.once('connect', connected);
    socket.once('secureConnect', () => {
      at.tls = performance.now();
      reached('answer');
    });
  }
  return () => ({
    kept: standing,
    dnsMs: at.dns - started,
    connectMs: at.connect - at.dns,
    tlsMs: at.tls - at.connect,
    address: via?.address ?? addressOf(socket),
    tlsVersion: socket instanceof TLSSocket ? socket.getProtocol() : null,
  });
}

/** Through a proxy the fault says so: it dialled, and what it says of the host is its view. */
function faultOf(
  cause: unknown,
  host: string,
  phase: Phase,
  via: ProxyUrl | undefined,
): RequestFault {
  if (cause instanceof ProxyRefusal) return proxyFault(cause);
  const fault = requestFault(cause, host, phase);
  if (via === undefined || fault.phase !== 'connect') return fault;
  const detail = `${fault.message}, through proxy ${via.address}`;
  return new RequestFault('connect', fault.code, detail, fault.facts, fault.cause);
}

function addressOf({ remoteAddress, remotePort }: Socket): string {
  if (remoteAddress === undefined || remotePort === undefined) return '';
  return hostPort({ host: remoteAddress, port: remotePort });
}

/** Throws TooLarge, and Cut where the connection ended early. */
async function read(
  message: IncomingMessage,
  { limit, larger, method }: HttpRequest,
  alive: () => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const announced = method === 'HEAD' ? 0 : Number(message.headers['content-length'] ?? 0);
  if (larger === 'refused' && announced > limit) {
    message.destroy();
    throw new TooLarge(limit);
  }
  for await (const chunk of message as AsyncIterable<Buffer>) {
    alive();
    size += chunk.length;
    chunks.push(chunk);
    if (size <= limit) continue;
    message.destroy();
    if (larger === 'refused') throw new TooLarge(limit);
    return Buffer.concat(chunks).subarray(0, limit);
  }
  if (!message.complete) throw new Cut();
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}
