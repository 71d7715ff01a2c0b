/** Opens a cluster for the shell's completion: names alone, loading as little as can be. */
import { isLoopback } from '../network/hosts.ts';
import type { ResourceKind } from '../words/objects.ts';
import type { ConnectionOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { NamedRow } from './lists/names.ts';
import { USER_AGENT } from './user-agent.ts';

export interface OpenedNames {
  /** The context's namespace, or `default`. */
  readonly namespace: string;
  /** The API server is on this machine. */
  readonly local: boolean;
  /** Names of a kind, page by page; `namespace` undefined: those without one. */
  read(
    resource: ResourceKind,
    namespace: string | undefined,
    onRows: (rows: readonly NamedRow[]) => void,
  ): Promise<void>;
  /** The kind that a TYPE word stands for, or null; throws as `ObjectSource.findKind` does. */
  findKind(type: string): Promise<ResourceKind | null>;
  close(): void;
}

/** Throws as `openCluster` does. Nothing is sent yet. */
export async function openNames(connection: ConnectionOptions, world: World): Promise<OpenedNames> {
  const [{ loadConnection }, { Transport }, { jsonRequests }, { readNames }] = await Promise.all([
    import('./kubeconfig/kubeconfig.ts'),
    import('./http/transport.ts'),
    import('./http/requests.ts'),
    import('./lists/names.ts'),
  ]);
  const found = loadConnection(connection, world);
  const transport = new Transport({
    connection: found,
    requestTimeoutMs: connection.requestTimeoutMs,
    disableCompression: connection.disableCompression || found.disableCompression,
    userAgent: USER_AGENT,
    env: world.env,
    now: world.now,
    signal: world.signal,
  });
  const requests = jsonRequests(transport, world.signal);
  return {
    namespace: found.namespace,
    local: isLoopback(found.endpoint.server.hostname),
    read: (resource, namespace, onRows) => readNames(requests, resource, namespace, onRows),
    findKind: async (type) => {
      const { Discovery } = await import('./lists/discovery.ts');
      return new Discovery(requests).findKind(type);
    },
    close: () => transport.close(),
  };
}
