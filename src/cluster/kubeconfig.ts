/**
 * From the kubeconfig and the flags to one connection, through client-node's `KubeConfig`.
 *
 * client-node reads the entries; what it does otherwise than kubectl is corrected here and in the files
 * beside this one:
 * - which files, and how they merge: `kubeconfig-files.ts`;
 * - only the entries in use are handed over, since one broken unrelated entry makes it refuse the whole file;
 * - there are no overrides (`--server`, `--token`, …) in it: they are laid over its answer here;
 * - a context without user gets neither CA nor server name from it: the endpoint is read from the cluster alone;
 * - a server without scheme and in-cluster settings are read as client-go reads them;
 * - `tokenFile`, `as-groups`, `as-uid`, `as-user-extra` are unknown to it, exec plugins run without
 *   KUBERNETES_EXEC_INFO and with their stderr swallowed: `users.ts`, `impersonation.ts`, `exec-plugin.ts`.
 * Rule: client-go tools/clientcmd/client_config.go.
 */

import { resolve } from 'node:path';
import type { ConnectionOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { type Cluster, KubeConfig, newClusters, newUsers, type User } from './client-node.ts';
import type { Connection, Endpoint } from './connection.ts';
import { KubeconfigError } from './errors.ts';
import { type Fields, isFields, text } from './fields.ts';
import { impersonationHeaders } from './impersonation.ts';
import { inCluster } from './in-cluster.ts';
import { type MergedKubeconfig, readKubeconfigFiles } from './kubeconfig-files.ts';
import { fileProblem, KEY_FILE_LIMIT, readBounded } from './small-file.ts';
import { credentialsOf } from './users.ts';

/** Throws KubeconfigError for what cannot be used. Sends nothing and runs no plugin. */
export function loadConnection(options: ConnectionOptions, world: World): Connection {
  const merged = readKubeconfigFiles(options.kubeconfig, world);
  if (merged.empty && !options.server) {
    const pod = inCluster(world, options);
    if (pod !== null) return pod;
  }
  const chosen = choose(merged, options);
  const kubeconfig = new KubeConfig();
  kubeconfig.loadFromOptions({
    clusters: newClusters([{ name: 'cluster', cluster: chosen.cluster }]),
    users: newUsers([{ name: 'user', user: withoutForeignKeys(chosen.user) }]),
    contexts: [{ name: 'context', cluster: 'cluster', user: 'user' }],
    currentContext: 'context',
  });
  const cluster = kubeconfig.getCurrentCluster() as Cluster;
  const user = kubeconfig.getCurrentUser() as User;
  const endpoint = endpointOf(cluster, chosen.clusterName, options, world.cwd);
  const pluginConfig = pluginExtension(chosen.cluster);
  const { userName: name, user: fields } = chosen;
  return {
    endpoint,
    credentials: credentialsOf({ user, name, fields, endpoint, pluginConfig, options, world }),
    impersonation: impersonationHeaders(chosen.userName, chosen.user, options),
    namespace: chosen.namespace,
  };
}

interface Chosen {
  readonly clusterName: string;
  readonly userName: string;
  readonly cluster: Fields;
  readonly user: Fields;
  readonly namespace: string;
}

/** kubectl's default where nothing names a server. */
const DEFAULT_SERVER = 'http://localhost:8080';

function choose(merged: MergedKubeconfig, options: ConnectionOptions): Chosen {
  const contextName = options.context || merged.currentContext;
  const context = merged.contexts.get(contextName);
  if (contextName !== '' && context === undefined) {
    throw new KubeconfigError(`context "${contextName}" does not exist`);
  }
  const clusterName = options.cluster || text(context?.['cluster']);
  const cluster = merged.clusters.get(clusterName);
  if (clusterName !== '' && cluster === undefined) {
    throw new KubeconfigError(`cluster "${clusterName}" does not exist`);
  }
  const userName = options.user || text(context?.['user']);
  const user = merged.users.get(userName);
  if (userName !== '' && user === undefined) {
    throw new KubeconfigError(`auth info "${userName}" does not exist`);
  }
  const server = options.server || text(cluster?.['server']);
  if (server === '' && cluster !== undefined) {
    throw new KubeconfigError(`no server found for cluster "${clusterName}"`);
  }
  return {
    clusterName,
    userName,
    cluster: { ...cluster, server: server || DEFAULT_SERVER },
    user: user ?? {},
    namespace: text(context?.['namespace']) || 'default',
  };
}

/** client-node would read `token-file`, a key that kubectl does not know, while it parses. */
function withoutForeignKeys(user: Fields): Fields {
  const { 'token-file': _, ...rest } = user;
  return rest;
}

/** What a cluster entry holds for exec plugins that ask for cluster info. */
function pluginExtension(cluster: Fields): unknown {
  const extensions = Array.isArray(cluster['extensions']) ? cluster['extensions'] : [];
  const own = extensions
    .filter(isFields)
    .find((e) => e['name'] === 'client.authentication.k8s.io/exec');
  return own?.['extension'];
}

function endpointOf(
  cluster: Cluster,
  clusterName: string,
  options: ConnectionOptions,
  cwd: string,
): Endpoint {
  const overridesTrust = options.insecureSkipTlsVerify || options.certificateAuthority;
  const insecure = overridesTrust ? options.insecureSkipTlsVerify === true : cluster.skipTLSVerify;
  const caFile = options.certificateAuthority && resolve(cwd, options.certificateAuthority);
  const ca = overridesTrust
    ? readAuthority(clusterName, caFile, undefined)
    : readAuthority(clusterName, cluster.caFile, cluster.caData);
  if (insecure && ca !== undefined && overridesTrust) {
    throw new KubeconfigError(
      'specifying a root certificates file with the insecure flag is not allowed',
    );
  }
  // `--server` speaks of another address, for which the kubeconfig's name is not meant.
  const serverName = options.tlsServerName || (options.server ? undefined : cluster.tlsServerName);
  return {
    server: serverUrl(cluster.server, ca !== undefined || insecure),
    ca: insecure ? undefined : ca,
    insecure,
    serverName: serverName || undefined,
    proxyUrl: cluster.proxyUrl || undefined,
  };
}

/** Data goes before a file in client-go; client-node has it the other way round. */
function readAuthority(
  clusterName: string,
  file: string | undefined,
  data: string | undefined,
): Buffer | undefined {
  if (data) return Buffer.from(data, 'base64');
  if (!file) return undefined;
  try {
    return readBounded(file, KEY_FILE_LIMIT);
  } catch (error) {
    const problem = fileProblem(file, error);
    const what = `unable to read certificate-authority ${file} for ${clusterName}`;
    throw new KubeconfigError(`${what} due to ${problem}`, { cause: error });
  }
}

/** `HOST:PORT` alone means https where TLS is configured, else http (client-go rest.DefaultServerURL). */
function serverUrl(server: string, tls: boolean): URL {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(server)
    ? server
    : `${tls ? 'https' : 'http'}://${server}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new KubeconfigError('the server of the cluster must be a URL like https://HOST:PORT');
  }
  return url;
}
