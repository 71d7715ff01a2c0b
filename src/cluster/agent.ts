/** The pool of connections to one API server for one identity. */
import type { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { SecureContext, SecureContextOptions } from 'node:tls';
import type { Endpoint, Identity } from './connection.ts';
import { KubeconfigError } from './errors.ts';
import { proxyFor } from './proxy-env.ts';
import { errorCode } from './small-file.ts';

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
  const { cert, key } = identity;
  const ca = endpoint.ca ?? (endpoint.insecure ? undefined : await publicRoots());
  const options: AgentOptions = {
    // Always said: NODE_TLS_REJECT_UNAUTHORIZED=0 of the user's environment would decide otherwise.
    rejectUnauthorized: !endpoint.insecure,
    secureContext: await secureContext({
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    }),
  };
  if (endpoint.serverName !== undefined) options.servername = endpoint.serverName;
  return options;
}

/** Made once for all connections, and here, so that a bad certificate is told before anything is sent. */
async function secureContext(options: SecureContextOptions): Promise<SecureContext> {
  const { createSecureContext } = await import('node:tls');
  try {
    return createSecureContext(options);
  } catch (cause) {
    const code = errorCode(cause);
    const why =
      code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'
        ? 'tls: private key does not match public key'
        : `tls: the certificate, its key or the certificate-authority cannot be read (${code || 'unknown form'})`;
    throw new KubeconfigError(why, { cause });
  }
}

/** kubectl takes the system's roots where the kubeconfig has no CA; Node takes only its own unless told. */
async function publicRoots(): Promise<string[]> {
  const { getCACertificates } = await import('node:tls');
  return [...getCACertificates('default'), ...getCACertificates('system')];
}
