/**
 * From the kubeconfig and the flags to one connection, through client-node's `KubeConfig`.
 *
 * client-node reads the entries; what it does otherwise than kubectl is corrected here and in the files
 * beside this one (`test/unit/cluster/kubeconfig/client-node-traps.test.ts` tells when one of these is no longer needed):
 * - which files, and how they merge: `kubeconfig-files.ts`;
 * - only the entries in use are handed over, since one broken unrelated entry makes it refuse the whole file;
 * - there are no overrides (`--server`, `--token`, …) in it: `user-flags.ts`, `endpoint.ts`;
 * - it checks next to nothing: `kubeconfig-checks.ts`;
 * - a context without user gets neither CA nor server name from it: the endpoint is read from the cluster alone;
 * - a server without scheme and in-cluster settings are read as client-go reads them: `endpoint.ts`, `in-cluster.ts`;
 * - `tokenFile`, `as-groups`, `as-uid`, `as-user-extra` are unknown to it, exec plugins run without
 *   KUBERNETES_EXEC_INFO and with their stderr swallowed: `users.ts`, `impersonation.ts`, `exec-plugin.ts`;
 * - its OpenID Connect cannot refresh a token: `oidc.ts`.
 * Rule: client-go tools/clientcmd/client_config.go.
 */
import { type Fields, text } from '../../words/fields.ts';
import type { ConnectionOptions } from '../../words/options.ts';
import type { World } from '../../words/streams.ts';
import type { Connection } from '../connection.ts';
import { KubeconfigError } from '../errors.ts';
import { impersonationHeaders } from '../login/impersonation.ts';
import { credentialsOf } from '../login/users.ts';
import { type Cluster, KubeConfig, newClusters, newUsers, type User } from './client-node.ts';
import { endpointOf, withClusterFlags } from './endpoint.ts';
import { inCluster } from './in-cluster.ts';
import { checkTypes, checkUsable, throwAll } from './kubeconfig-checks.ts';
import { type MergedKubeconfig, readKubeconfigFiles } from './kubeconfig-files.ts';
import { withUserFlags } from './user-flags.ts';

/** Throws KubeconfigError for what cannot be used. Sends nothing and runs no plugin. */
export function loadConnection(options: ConnectionOptions, world: World): Connection {
  const chosen = choose(readKubeconfigFiles(options.kubeconfig, world), options);
  checkUsable({ ...chosen, cwd: world.cwd });
  if (text(chosen.cluster['server']) === '') {
    const pod = inCluster(world, options);
    if (pod !== null) return pod;
  }
  const clusterFields: Fields = {
    server: defaultServer(world),
    ...withoutEmpty(chosen.cluster),
  };
  const kubeconfig = new KubeConfig();
  kubeconfig.loadFromOptions({
    clusters: newClusters([{ name: 'cluster', cluster: clusterFields }]),
    users: newUsers([{ name: 'user', user: withoutForeignKeys(chosen.user) }]),
    contexts: [{ name: 'context', cluster: 'cluster', user: 'user' }],
    currentContext: 'context',
  });
  const endpoint = endpointOf(kubeconfig.getCurrentCluster() as Cluster, clusterFields, world.cwd);
  const user = kubeconfig.getCurrentUser() as User;
  const cluster = { endpoint, fields: clusterFields };
  const { userName: name, user: fields } = chosen;
  return {
    endpoint,
    credentials: credentialsOf({ user, name, fields, cluster, world }),
    impersonation: impersonationHeaders(fields),
    namespace: chosen.namespace,
    disableCompression: clusterFields['disable-compression'] === true,
  };
}

interface Chosen {
  readonly clusterName: string;
  readonly userName: string;
  /** With the flags laid over them. */
  readonly cluster: Fields;
  readonly user: Fields;
  readonly namespace: string;
}

/** What flags name must be there; what the context names may be missing where flags stand in for it. */
function choose(merged: MergedKubeconfig, options: ConnectionOptions): Chosen {
  const contextName = options.context || merged.currentContext;
  const context = merged.contexts.get(contextName)?.fields;
  const userName = options.user || text(context?.['user']);
  const user = merged.users.get(userName);
  const clusterName = options.cluster || text(context?.['cluster']);
  const cluster = merged.clusters.get(clusterName);
  if (options.user && user === undefined) throw missing('auth info', options.user);
  if (options.context && context === undefined) throw missing('context', options.context);
  if (options.cluster && cluster === undefined) throw missing('cluster', options.cluster);
  if (contextName !== '' && context === undefined) {
    throwAll([`context was not found for specified context: ${contextName}`]);
  }
  if (userName !== '' && user === undefined && !options.token && !options.username) {
    throw missing('auth info', userName);
  }
  if (clusterName !== '' && cluster === undefined && !options.server) {
    throw missing('cluster', clusterName);
  }
  checkTypes(merged.contexts.get(contextName), `context "${contextName}"`);
  checkTypes(user, `user "${userName}"`);
  checkTypes(cluster, `cluster "${clusterName}"`);
  const clusterFields = withClusterFlags(cluster?.fields ?? {}, options);
  if (cluster !== undefined && text(clusterFields['server']) === '') {
    throw new KubeconfigError(`no server found for cluster "${clusterName}"`);
  }
  return {
    clusterName,
    userName,
    cluster: clusterFields,
    user: withUserFlags(user?.fields ?? {}, options),
    namespace: text(context?.['namespace']) || 'default',
  };
}

function missing(kind: string, name: string): KubeconfigError {
  return new KubeconfigError(`${kind} "${name}" does not exist`);
}

/** Where nothing names a server (clientcmd ClusterDefaults). */
function defaultServer(world: World): string {
  return world.env['KUBERNETES_MASTER'] || 'http://localhost:8080';
}

function withoutEmpty(cluster: Fields): Fields {
  return Object.fromEntries(Object.entries(cluster).filter(([, value]) => value !== ''));
}

/** client-node would read `token-file`, a key that kubectl does not know, while it parses. */
function withoutForeignKeys(user: Fields): Fields {
  const { 'token-file': _, ...rest } = user;
  return rest;
}
