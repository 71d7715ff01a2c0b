/** The pool of connections to one server through a proxy. */
import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { type ConnectionOptions, connect as tlsConnect } from 'node:tls';
import { bareHost, hostPort, type Place, portOf } from './hosts.ts';
import { type DialOptions, dialProxy, proxyAuthorization } from './proxy-dial.ts';
import type { ProxyUrl } from './proxy-url.ts';
import { serverName } from './server-name.ts';

/** The proxy has so long to take the connection and to let us through. */
const PROXY_LIMIT_MS = 30_000;

export interface TunnelOptions {
  /** Of the pool, and for TLS with server and proxy. */
  readonly agent: AgentOptions;
  /** `tls-server-name`: expected of the server, and of a proxy with TLS. */
  readonly expectedName?: string | undefined;
  /** Where the proxy is to find the server; absent: where its URL says. */
  readonly place?: Place | undefined;
  /** For TLS with the proxy, where that is not as with the server. */
  readonly proxyTls?: ConnectionOptions | undefined;
  /** Milliseconds until the proxy must have let us through; absent: 30 s. */
  readonly limitMs?: number | undefined;
}

/** Node's pools have it, and every package for proxies builds on it, but it is in no documentation. */
interface Queue {
  addRequest(request: ClientRequest, options: object): void;
}

/**
 * An agent whose connections to `server` go through `proxy`. An `https:` server is reached by CONNECT or SOCKS with
 * TLS inside, an `http:` server by SOCKS, or by asking an HTTP proxy for the whole URL (RFC 9112, section 3.2.2), as
 * Go does. `destroy()` ends also what is still being dialled.
 */
export async function makeTunnel(
  proxy: ProxyUrl,
  server: URL,
  tunnel: TunnelOptions,
): Promise<HttpAgent> {
  const { agent: options, expectedName, limitMs = PROXY_LIMIT_MS } = tunnel;
  const secure = server.protocol === 'https:';
  const agent = (secure ? new HttpsAgent(options) : new HttpAgent(options)) as HttpAgent & Queue;
  const wholeUrls = !secure && proxy.scheme !== 'socks5';
  const origin = tunnel.place ? `http://${hostPort(tunnel.place)}` : server.origin;
  if (wholeUrls) askForWholeUrls(agent, proxy, origin);
  const host = bareHost(server.hostname);
  const target = wholeUrls ? undefined : (tunnel.place ?? { host, port: portOf(server) });
  const closing = new AbortController();
  const dial: DialOptions = {
    tls: { ...options, ...tunnel.proxyTls, ...(await serverName(proxy.host, expectedName)) },
    attemptMs: options.autoSelectFamilyAttemptTimeout ?? PROXY_LIMIT_MS,
    limitMs,
    signal: closing.signal,
  };
  const inner = { ...options, ...(await serverName(host, expectedName)) };
  agent.createConnection = (_, made) => {
    dialProxy(proxy, target, dial)
      .then((socket) => (secure ? tlsConnect({ ...inner, socket, host }) : socket))
      .then(
        (socket) => made?.(null, socket),
        (error: Error) => (made as ((error: Error) => void) | undefined)?.(error),
      );
    return undefined;
  };
  const destroy = agent.destroy.bind(agent);
  agent.destroy = () => {
    closing.abort();
    destroy();
  };
  return agent;
}

/** The request line is written when the request ends, so at its start the path can still be changed. */
function askForWholeUrls(agent: Queue, proxy: ProxyUrl, origin: string): void {
  const queue = agent.addRequest.bind(agent);
  agent.addRequest = (request, options) => {
    request.path = origin + request.path;
    for (const [name, value] of Object.entries(proxyAuthorization(proxy))) {
      request.setHeader(name, value);
    }
    queue(request, options);
  };
}
