/** Connections through an HTTP proxy, by CONNECT for `http:` and `https:` servers alike. */
import { type ClientRequest, Agent as HttpAgent, request } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent, request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import { KubeconfigError } from './errors.ts';
import { ProxyRefusal } from './faults.ts';
import { bareHost } from './hosts.ts';

/** The proxy has so long to take the connection and to answer. */
const PROXY_LIMIT_MS = 30_000;

type Made = (error: Error | null, socket?: Duplex) => void;

/** An agent whose connections to `server` go through `proxy`. Throws KubeconfigError for a proxy we cannot use. */
export function makeTunnel(proxy: string, server: URL, options: AgentOptions): HttpAgent {
  const via = parseProxy(proxy);
  const secure = server.protocol === 'https:';
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
  agent.createConnection = (_, made) => {
    open(via, server, (error, socket) => {
      if (error || !socket || !secure) return made?.(error, socket as Duplex);
      const host = bareHost(server.hostname);
      // An IP address must not be sent as server name (RFC 6066); the certificate is checked against it all the same.
      const servername = options.servername ?? (/^[\d.]+$|:/.test(host) ? undefined : host);
      made?.(
        null,
        tlsConnect({
          ...options,
          socket: socket as Socket,
          host,
          ...(servername && { servername }),
        }),
      );
    });
    return undefined;
  };
  return agent;
}

function parseProxy(proxy: string): URL {
  const url = URL.canParse(proxy) ? new URL(proxy) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const scheme = url ? url.protocol.slice(0, -1) : 'unreadable';
  throw new KubeconfigError(
    `the proxy URL is ${scheme}: only http and https proxies are supported`,
  );
}

function open(via: URL, server: URL, made: Made): void {
  const target = `${server.hostname}:${server.port || (server.protocol === 'https:' ? 443 : 80)}`;
  const headers: Record<string, string> = { Host: target };
  if (via.username !== '') {
    const pair = `${decodeURIComponent(via.username)}:${decodeURIComponent(via.password)}`;
    headers['Proxy-Authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  const send = via.protocol === 'https:' ? secureRequest : request;
  const asked: ClientRequest = send({
    method: 'CONNECT',
    host: bareHost(via.hostname),
    port: via.port || (via.protocol === 'https:' ? 443 : 80),
    path: target,
    headers,
    agent: false,
    ...(via.protocol === 'https:' && { rejectUnauthorized: true }),
  });
  let settled = false;
  const fail = (why: string, cause?: unknown) => {
    if (settled) return;
    settled = true;
    asked.destroy();
    made(new ProxyRefusal(`proxy ${via.host}: ${why}`, { cause }));
  };
  asked.setTimeout(PROXY_LIMIT_MS, () => fail('no answer'));
  asked.on('error', (error: Error & { code?: string }) => fail(error.code ?? error.message, error));
  asked.on('connect', (answer, socket) => {
    if (answer.statusCode === 200) {
      settled = true;
      socket.setTimeout(0);
      made(null, socket);
      return;
    }
    socket.destroy();
    fail(`CONNECT was answered with ${answer.statusCode}`);
  });
  asked.end();
}
