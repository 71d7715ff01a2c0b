/**
 * The service account of the pod we run in, where no kubeconfig says anything.
 * Rule: client-go rest/config.go InClusterConfig.
 */
import type { ConnectionOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { Connection } from './connection.ts';
import { impersonationHeaders } from './impersonation.ts';
import { KEY_FILE_LIMIT, readBounded } from './small-file.ts';
import { tokenFileCredentials } from './users.ts';

/** Where the kubelet mounts it. */
export const SERVICE_ACCOUNT_ROOT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Null outside a pod. */
export function inCluster(
  world: World,
  options: ConnectionOptions,
  root = SERVICE_ACCOUNT_ROOT,
): Connection | null {
  const host = world.env['KUBERNETES_SERVICE_HOST'];
  const port = world.env['KUBERNETES_SERVICE_PORT'];
  if (!host || !port) return null;
  const token = optional(`${root}/token`);
  if (token === undefined) return null;
  const server = new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`);
  return {
    endpoint: { server, ca: optional(`${root}/ca.crt`), insecure: false },
    credentials: tokenFileCredentials(`${root}/token`, {}),
    impersonation: impersonationHeaders('', {}, options),
    namespace: optional(`${root}/namespace`)?.toString('utf8').trim() || 'default',
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
