/**
 * HTTP for registries: one request, one answer, bounded in size and time; no redirects, no credentials of its own,
 * nothing unpacked (answers are asked for as they are, so that no few bytes become many).
 */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, TLSSocket } from 'node:tls';
import { Agents, placeOf } from './agents.ts';
import { withCertificate } from './certificate.ts';
import type { ConnectionTrace, HttpAnswer, HttpRequest } from './exchange.ts';
import {
  Cut,
  isUntrusted,
  type Phase,
  RequestFault,
  requestFault,
  systemCodeOf,
  TimeUp,
  TooLarge,
} from './faults.ts';
import { bareHost } from './hosts.ts';
import type { RegistrySettings } from './settings.ts';

/** Bytes of all headers of an answer. Redirects to storage carry signatures of some kilobytes. */
const MAX_HEADERS = 64 * 1024;

export class HttpClient {
  readonly #settings: RegistrySettings;
  readonly #agents: Agents;

  constructor(settings: RegistrySettings) {
    this.#settings = settings;
    this.#agents = new Agents(settings);
  }

  /** Any HTTP status is an answer. Throws RequestFault where none came. */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.#once(request);
    } catch (error) {
      if (!(error instanceof RequestFault) || error.phase !== 'tls') throw error;
      // Refused before a byte of the request was sent: the system's roots may know the issuer.
      const again = isUntrusted(systemCodeOf(error.cause)) && this.#agents.trustSystem();
      if (again) return this.send(request);
      throw await withCertificate(error, request.url, this.#settings.addresses);
    }
  }

  close(): void {
    this.#agents.close();
  }

  #options(request: HttpRequest): RequestOptions {
    const { url } = request;
    const host = bareHost(url.hostname);
    return {
      ...placeOf(url, this.#settings.addresses),
      agent: this.#agents.of(url),
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
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    };
  }

  #once(request: HttpRequest): Promise<HttpAnswer> {
    const { url, signal } = request;
    const { connectMs, silenceMs } = this.#settings.timeouts;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
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
        const fault = requestFault(cause, url.host, phase);
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
      const options = this.#options(request);
      const named = isIP(String(options.host)) === 0;
      const sent: ClientRequest = make(options);
      signal.addEventListener('abort', abort, { once: true });
      let trace: () => ConnectionTrace = () => NO_CONNECTION;
      sent.on('error', fail);
      sent.on('socket', (socket) => {
        standing = sent.reusedSocket || !isFresh(socket);
        wait(standing ? silenceMs : connectMs);
        if (standing) phase = 'answer';
        trace = follow(socket, { standing, named }, (now) => {
          phase = now;
          if (now === 'answer') wait(silenceMs);
        });
      });
      sent.on('response', (message) => {
        begun = true;
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

/** Watches a connection come about. `named`: there is a name to look up. */
function follow(
  socket: Socket,
  { standing, named }: { readonly standing: boolean; readonly named: boolean },
  reached: (phase: Phase) => void,
): () => ConnectionTrace {
  const started = performance.now();
  const at = { dns: started, connect: started, tls: started };
  if (!standing) {
    const secure = socket instanceof TLSSocket;
    if (!named) reached('connect');
    socket.once('lookup', () => {
      at.dns = at.connect = at.tls = performance.now();
      reached('connect');
    });
    socket.once('connect', () => {
      at.connect = at.tls = performance.now();
      reached(secure ? 'tls' : 'answer');
    });
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
    address: addressOf(socket),
    tlsVersion: socket instanceof TLSSocket ? socket.getProtocol() : null,
  });
}

function addressOf({ remoteAddress, remotePort }: Socket): string {
  if (remoteAddress === undefined) return '';
  return remoteAddress.includes(':')
    ? `[${remoteAddress}]:${remotePort}`
    : `${remoteAddress}:${remotePort}`;
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
