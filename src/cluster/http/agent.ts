/** The pool of connections to one API server for one identity. */
import type { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { SecureContext, SecureContextOptions } from 'node:tls';
import { bareHost } from '../../network/hosts.ts';
import { type Environment, proxyFor } from '../../network/proxy-env.ts';
import { ProxyUrlError } from '../../network/proxy-errors.ts';
import { givenProxy, type ProxyUrl } from '../../network/proxy-url.ts';
import type { Endpoint, Identity } from '../connection.ts';
import { ConnectionError, KubeconfigError } from '../errors.ts';
import { errorCode } from '../kubeconfig/small-file.ts';

/** As many requests may be under way at once; more wait their turn. */
const MAX_SOCKETS = 24;

/** A keep-alive agent for `http:` or `https:`, through a proxy where the kubeconfig or the environment names one. */
export async function makeAgent(
  endpoint: Endpoint,
  identity: Identity,
  env: Environment,
): Promise<Agent> {
  const { server } = endpoint;
  const proxy = proxyOf(endpoint, env);
  const options: AgentOptions = {
    keepAlive: true,
    maxSockets: MAX_SOCKETS,
    // Node's 250 ms per address are too short for a distant server with several addresses.
    autoSelectFamilyAttemptTimeout: 2500,
  };
  if (server.protocol === 'http:' && proxy?.scheme !== 'https') {
    if (proxy !== undefined) return tunnel(proxy, server, options);
    const { Agent } = await import('node:http');
    return new Agent(options);
  }
  // Before an http server the proxy alone speaks TLS, and the kubeconfig says nothing of that one.
  const [trust, shown]: [Endpoint, Identity] =
    server.protocol === 'http:' ? [{ server, insecure: false }, {}] : [endpoint, identity];
  const secure = { ...options, ...(await tlsOptions(trust, shown)) };
  if (proxy !== undefined) return tunnel(proxy, server, secure, trust.serverName);
  const [{ Agent }, { serverName }] = await Promise.all([
    import('node:https'),
    import('../../network/server-name.ts'),
  ]);
  const host = bareHost(server.hostname);
  return new Agent({ ...secure, ...(await serverName(host, trust.serverName)) });
}

/**
 * The proxy on the way to a server: that of the kubeconfig, for any server and whatever NO_PROXY says, else that of
 * the environment. Throws KubeconfigError for one that cannot be used, ConnectionError for one of a CGI environment.
 */
export function proxyOf(endpoint: Endpoint, env: Environment): ProxyUrl | undefined {
  const { server, proxyUrl } = endpoint;
  try {
    return proxyUrl === undefined ? proxyFor(server, env) : givenProxy(proxyUrl);
  } catch (error) {
    if (!(error instanceof ProxyUrlError)) throw error;
    if (proxyUrl !== undefined) throw new KubeconfigError(`invalid 'proxy-url': ${error.message}`);
    if (!error.cgi) throw new KubeconfigError(error.message);
    const { host } = server;
    throw new ConnectionError({
      fault: 'proxy',
      host,
      reached: false,
      code: '',
      detail: error.message,
    });
  }
}

async function tunnel(
  proxy: ProxyUrl,
  server: URL,
  options: AgentOptions,
  expectedName?: string,
): Promise<Agent> {
  const { makeTunnel } = await import('../../network/tunnel.ts');
  return makeTunnel(proxy, server, { agent: options, expectedName });
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
