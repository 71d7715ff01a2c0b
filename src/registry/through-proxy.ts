/** Connections to registries through a proxy. Loaded only where a proxy is on the way. */
import type { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Place } from '../network/hosts.ts';
import { dialProxy } from '../network/proxy-dial.ts';
import type { ProxyUrl } from '../network/proxy-url.ts';
import { serverName } from '../network/server-name.ts';
import { makeTunnel } from '../network/tunnel.ts';

export interface Way {
  readonly via: ProxyUrl;
  /** Where the proxy is to find the host. */
  readonly place: Place;
  /** For TLS with a proxy: `--insecure-skip-registry-tls` speaks of registries, and the proxy is shown a login. */
  readonly proxyTls: ConnectionOptions;
  /** Milliseconds until the proxy must have let us through. */
  readonly limitMs: number;
}

/** The pool for the URL's host. */
export function tunnelTo(url: URL, way: Way, agent: AgentOptions): Promise<Agent> {
  const { via, place, proxyTls, limitMs } = way;
  return makeTunnel(via, url, { agent, place, proxyTls, limitMs });
}

/** One connection that ends at the host itself, TLS with it still to come. Throws ProxyRefusal. */
export async function dialThrough({ via, place, proxyTls, limitMs }: Way): Promise<Socket> {
  const tls = { ...proxyTls, ...(await serverName(via.host)) };
  const signal = AbortSignal.timeout(limitMs);
  return dialProxy(via, place, { tls, attemptMs: limitMs, limitMs, signal });
}
