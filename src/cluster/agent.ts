/** The pool of connections to one API server for one identity. */
import type { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { Endpoint, Identity } from './connection.ts';
import { proxyFor } from './proxy-env.ts';

/** As many requests may be under way at once; more wait their turn. */
const MAX_SOCKETS = 24;

/** A keep-alive agent for `http:` or `https:`, through a proxy where the kubeconfig or the environment names one. */
export async function makeAgent(
  endpoint: Endpoint,
  identity: Identity,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Agent> {
  const proxy = endpoint.proxyUrl ?? proxyFor(endpoint.server, env);
  const options: AgentOptions = {
    keepAlive: true,
    maxSockets: MAX_SOCKETS,
    // Node's 250 ms per address are too short for a distant server with several addresses.
    autoSelectFamilyAttemptTimeout: 2500,
  };
  if (endpoint.server.protocol === 'http:' && proxy === undefined) {
    const { Agent } = await import('node:http');
    return new Agent(options);
  }
  const tls = endpoint.server.protocol === 'http:' ? {} : await tlsOptions(endpoint, identity);
  if (proxy !== undefined) {
    const { makeTunnel } = await import('./tunnel.ts');
    return makeTunnel(proxy, endpoint.server, { ...options, ...tls });
  }
  const { Agent } = await import('node:https');
  return new Agent({ ...options, ...tls });
}

async function tlsOptions(endpoint: Endpoint, identity: Identity): Promise<AgentOptions> {
  const options: AgentOptions = {
    // Always said: NODE_TLS_REJECT_UNAUTHORIZED=0 of the user's environment would decide otherwise.
    rejectUnauthorized: !endpoint.insecure,
  };
  if (endpoint.serverName !== undefined) options.servername = endpoint.serverName;
  if (identity.cert !== undefined) options.cert = identity.cert;
  if (identity.key !== undefined) options.key = identity.key;
  if (endpoint.ca !== undefined) options.ca = endpoint.ca;
  else if (!endpoint.insecure) options.ca = await publicRoots();
  return options;
}

/** kubectl takes the system's roots where the kubeconfig has no CA; Node takes only its own unless told. */
async function publicRoots(): Promise<string[]> {
  const { getCACertificates } = await import('node:tls');
  return [...getCACertificates('default'), ...getCACertificates('system')];
}
