/** A connection through a proxy: dial it, TLS where it is an https proxy, then CONNECT or SOCKS. */
import { request } from 'node:http';
import { type Socket, connect as tcpConnect } from 'node:net';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { redactAll } from '../words/redact.ts';
import { hostPort, type Place } from './hosts.ts';
import { ProxyRefusal, type ProxyRefusalFacts } from './proxy-errors.ts';
import type { ProxyUrl } from './proxy-url.ts';

export interface DialOptions {
  /** For TLS with the proxy itself, whose name is in it. */
  readonly tls: ConnectionOptions;
  /** Milliseconds per address of the proxy. */
  readonly attemptMs: number;
  /** Milliseconds until the proxy must have let us through. */
  readonly limitMs: number;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/** Longest part of a proxy's status line that is kept. */
const PHRASE_SHOWN = 80;

/**
 * A socket at whose end the target listens, or the proxy itself where there is no target. Rejects with ProxyRefusal,
 * which names the proxy and what it did, or with an error of code ECONNREFUSED where a SOCKS proxy says that the
 * target refused.
 */
export function dialProxy(
  via: ProxyUrl,
  target: Place | undefined,
  options: DialOptions,
): Promise<Socket> {
  const { limitMs, signal } = options;
  return new Promise((resolve, reject) => {
    if (via.port > 65_535) {
      throw refusal(via, { stage: 'port' });
    }
    const socket = startDialing(via, options);
    const fail = (error: Error) => {
      end();
      socket.destroy();
      reject(error);
    };
    const failed = (cause: Error) => fail(refusal(via, { stage: 'dial', cause }));
    const silent = () => fail(refusal(via, { stage: 'silent' }));
    const stop = () => fail(refusal(via, { stage: 'stopped' }));
    const timer = setTimeout(silent, limitMs);
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.removeListener('error', failed);
      // A failed dial may have more to say; without a listener that would end the process.
      socket.on('error', () => undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.on('error', failed);
    socket.once(via.scheme === 'https' ? 'secureConnect' : 'connect', () => {
      askFor(target, socket, via, limitMs).then(() => {
        end();
        resolve(socket);
      }, fail);
    });
  });
}

function refusal(
  { address, port }: ProxyUrl,
  facts: Omit<ProxyRefusalFacts, 'proxy' | 'port'>,
): ProxyRefusal {
  return new ProxyRefusal({ ...facts, proxy: address, port });
}

function startDialing(via: ProxyUrl, { tls, attemptMs }: DialOptions): Socket {
  const { host, port } = via;
  const tcp = { host, port, noDelay: true, autoSelectFamilyAttemptTimeout: attemptMs };
  if (via.scheme !== 'https') return tcpConnect(tcp);
  return tlsConnect({ ...tls, ...tcp });
}

async function askFor(
  target: Place | undefined,
  socket: Socket,
  via: ProxyUrl,
  limitMs: number,
): Promise<void> {
  if (target === undefined) return;
  if (via.scheme !== 'socks5') return connectRequest(target, socket, via);
  const { socksConnect } = await import('./socks.ts');
  return socksConnect(socket, via, target, limitMs);
}

/** RFC 9110, section 9.3.6. Go takes 200 alone for a yes. */
function connectRequest(target: Place, socket: Socket, via: ProxyUrl): Promise<void> {
  const place = hostPort(target);
  return new Promise((resolve, reject) => {
    const asked = request({
      method: 'CONNECT',
      createConnection: () => socket,
      path: place,
      headers: { Host: place, ...proxyAuthorization(via) },
    });
    // Node would ask the proxy to close what is to become a tunnel.
    asked.removeHeader('Connection');
    asked.once('error', (cause) => {
      reject(refusal(via, { stage: 'ask', target: place, cause }));
    });
    asked.once('connect', ({ statusCode = 0, statusMessage = '' }) => {
      if (statusCode === 200) return resolve();
      const said = redactAll(statusMessage, secretsOf(via)).slice(0, PHRASE_SHOWN);
      reject(refusal(via, { stage: 'answer', target: place, status: statusCode, said }));
    });
    asked.end();
  });
}

/** What a proxy was shown and may say again. */
function secretsOf(via: ProxyUrl): string[] {
  const [, pair = ''] = (proxyAuthorization(via)['Proxy-Authorization'] ?? '').split(' ');
  return [pair, via.login?.password ?? ''];
}

/** The header with which a proxy is told user and password; none where its URL holds none. */
export function proxyAuthorization({ login }: ProxyUrl): Record<string, string> {
  if (login === undefined) return {};
  const pair = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return { 'Proxy-Authorization': `Basic ${pair}` };
}
