/** Opens a source of objects. Light itself: what a command does not need is loaded only when it is opened. */

import { VERSION } from '../version.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { ConnectionOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';

export interface OpenedSource {
  readonly source: ObjectSource;
  /** The context's namespace, or `default`. */
  readonly namespace: string;
  /** Of saved objects the newest time seen in them, in milliseconds: ages are judged by it, not by today. */
  readonly capturedAt?: number | undefined;
  /** Of saved objects the files that could not be read, one line each; the others count. */
  readonly skipped: readonly string[];
  /** Ends the connections. */
  close(): void;
}

/**
 * The API server that flags and kubeconfig name. Nothing is sent yet.
 * Throws KubeconfigError, UsageError for a flag that cannot be used.
 */
export async function openCluster(
  connection: ConnectionOptions,
  world: World,
): Promise<OpenedSource> {
  // Loaded side by side with the kubeconfig: a request is certain now.
  const [{ loadConnection }, { Transport }, { jsonRequests }, { LiveSource }] = await Promise.all([
    import('./kubeconfig.ts'),
    import('./transport.ts'),
    import('./requests.ts'),
    import('./live.ts'),
  ]);
  const found = loadConnection(connection, world);
  const transport = new Transport({
    connection: found,
    requestTimeoutMs: connection.requestTimeoutMs,
    userAgent: `kubectl-imagepull/${VERSION}`,
    env: world.env,
    signal: world.signal,
  });
  return {
    source: new LiveSource(jsonRequests(transport, world.signal), connection),
    namespace: found.namespace,
    skipped: [],
    close: () => transport.close(),
  };
}

/**
 * Saved objects: files, folders (`kubectl cluster-info dump`, must-gather) and `-` for standard input.
 * Throws InputError naming the file that cannot be used, or where nothing holds a Kubernetes object.
 */
export async function openFiles(filenames: readonly string[], world: World): Promise<OpenedSource> {
  const { readSaved } = await import('./saved/read-saved.ts');
  return readSaved(filenames, world);
}
