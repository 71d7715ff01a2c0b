/**
 * Address and trust of one API server, from the kubeconfig's cluster and the flags over it.
 * Rule: client-go tools/clientcmd/client_config.go getCluster, rest/url_utils.go DefaultServerURL,
 * transport/transport.go TLSConfigFor.
 */
import { resolve } from 'node:path';
import { type Fields, text } from '../../words/fields.ts';
import type { ConnectionOptions } from '../../words/options.ts';
import type { Endpoint } from '../connection.ts';
import { KubeconfigError, unusableCredential } from '../errors.ts';
import type { Cluster } from './client-node.ts';
import { KEY_FILE_LIMIT, readBounded } from './small-file.ts';

/** The entry as the flags change it. */
export function withClusterFlags(cluster: Fields, options: ConnectionOptions): Fields {
  const changed: Record<string, unknown> = { ...cluster };
  if (options.server) changed['server'] = options.server;
  if (options.proxyUrl) changed['proxy-url'] = options.proxyUrl;
  // `--server` speaks of another address, for which the kubeconfig's name is not meant.
  if (options.server || options.tlsServerName) changed['tls-server-name'] = options.tlsServerName;
  if (options.insecureSkipTlsVerify || options.certificateAuthority) {
    changed['insecure-skip-tls-verify'] = options.insecureSkipTlsVerify === true;
    changed['certificate-authority'] = options.certificateAuthority;
    delete changed['certificate-authority-data'];
  }
  return changed;
}

/**
 * `cluster` is client-node's reading of `fields`. Files are known to be readable (`kubeconfig-checks.ts`). Throws
 * KubeconfigError for an address or a certificate authority that cannot be used.
 */
export function endpointOf(cluster: Cluster, fields: Fields, cwd: string): Endpoint {
  const server = serverUrl(text(fields['server']));
  const insecure = cluster.skipTLSVerify || isYes(fields['insecure-skip-tls-verify']);
  const common = { server, proxyUrl: cluster.proxyUrl || undefined };
  if (server.protocol === 'http:') return { ...common, insecure: false };
  const ca = readAuthority(cluster, cwd);
  if (insecure && ca !== undefined) {
    throw new KubeconfigError(
      'specifying a root certificates file with the insecure flag is not allowed',
    );
  }
  return { ...common, ca, insecure, serverName: cluster.tlsServerName || undefined };
}

/** `yes` and its like are true to kubectl's YAML 1.1 and a text to client-node's parser. */
function isYes(value: unknown): boolean {
  return typeof value === 'string' && /^(?:y|yes|on|true)$/i.test(value);
}

/** Data goes before a file in client-go; client-node has it the other way round. */
function readAuthority(cluster: Cluster, cwd: string): Buffer | undefined {
  const { caData, caFile } = cluster;
  if (!caData && !caFile) return undefined;
  const ca = caData
    ? Buffer.from(caData, 'base64')
    : readBounded(resolve(cwd, caFile ?? ''), KEY_FILE_LIMIT);
  if (ca.length === 0 || ca.includes('-----BEGIN CERTIFICATE-----')) return ca;
  throw new KubeconfigError(
    `unable to load root certificates: ${
      ca.includes('-----BEGIN ')
        ? 'no valid certificate authority data seen'
        : 'unable to parse bytes as PEM block'
    }`,
  );
}

/** `HOST:PORT` alone means http: kubectl decides so before it has looked at certificates. */
function serverUrl(server: string): URL {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(server);
  const url = URL.parse(hasScheme ? server : `http://${server}`);
  if (!hasScheme && (url === null || (url.pathname !== '/' && url.pathname !== ''))) {
    throw new KubeconfigError(`host must be a URL or a host:port pair: "${withoutLogin(server)}"`);
  }
  if (url === null) {
    const port = /:(\d+)(?:[/?#]|$)/.exec(server.replace(/^[^:]*:\/\//, ''))?.[1];
    if (port === undefined) throw new KubeconfigError('the server of the cluster is no URL');
    throw unusableCredential(`dial tcp: address ${port}: invalid port`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw unusableCredential(`unsupported protocol scheme "${url.protocol.slice(0, -1)}"`);
  }
  return url;
}

function withoutLogin(server: string): string {
  return server.replace(/^[^@]*@/, '');
}
