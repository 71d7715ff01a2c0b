/**
 * The service account of the pod we run in, where no kubeconfig names a server.
 * Rule: client-go rest/config.go InClusterConfig, tools/clientcmd/client_config.go inClusterClientConfig.
 */
import { resolve } from 'node:path';
import type { ConnectionOptions } from '../../words/options.ts';
import type { World } from '../../words/streams.ts';
import type { Connection } from '../connection.ts';
import { KubeconfigError } from '../errors.ts';
import { impersonationHeaders } from '../login/impersonation.ts';
import { tokenCredentials, tokenFileCredentials } from '../login/users.ts';
import { KEY_FILE_LIMIT, readBounded } from './small-file.ts';
import { withUserFlags } from './user-flags.ts';

/** Where the kubelet mounts it. */
const SERVICE_ACCOUNT_ROOT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Null outside a pod. Of the flags `--token`, `--certificate-authority` and `--as…` count. */
export function inCluster(
  world: World,
  options: ConnectionOptions,
  root = SERVICE_ACCOUNT_ROOT,
): Connection | null {
  const host = world.env['KUBERNETES_SERVICE_HOST'];
  const port = world.env['KUBERNETES_SERVICE_PORT'];
  if (!host || !port) return null;
  if (optional(`${root}/token`) === undefined) return null;
  const server = URL.parse(`https://${host.includes(':') ? `[${host}]` : host}:${port}`);
  if (server === null) {
    throw new KubeconfigError('KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT name no server');
  }
  const ca = options.certificateAuthority
    ? readBounded(resolve(world.cwd, options.certificateAuthority), KEY_FILE_LIMIT)
    : optional(`${root}/ca.crt`);
  return {
    endpoint: { server, ca, insecure: false },
    credentials: options.token
      ? tokenCredentials(options.token)
      : tokenFileCredentials(`${root}/token`, world.now),
    impersonation: impersonationHeaders(withUserFlags({}, options)),
    namespace:
      world.env['POD_NAMESPACE'] ||
      optional(`${root}/namespace`)?.toString('utf8').trim() ||
      'default',
    disableCompression: false,
  };
}

/** A part that may be missing: without the token we are not in a pod, without the CA the system's roots count. */
function optional(path: string): Buffer | undefined {
  try {
    return readBounded(path, KEY_FILE_LIMIT);
  } catch {
    return undefined;
  }
}
