/** Opens a source of objects. Light itself: what a command does not need is loaded only when it is opened. */
import type { ConnectionOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { WhileWaiting } from './http/transport.ts';
import { PAGE_SIZE } from './lists/paths.ts';
import type { OpenedSource } from './opened.ts';
import type { OtherContent } from './saved/read-saved.ts';
import { USER_AGENT } from './user-agent.ts';
import { writesOf } from './write.ts';

export type { OpenedSource };

/**
 * The API server that flags and kubeconfig name. Nothing is sent yet. `whileWaiting` is called once, as soon as the
 * first requests are out: work that is needed anyway then costs no time of its own.
 * Throws KubeconfigError, UsageError for a flag that cannot be used.
 */
export async function openCluster(
  connection: ConnectionOptions,
  world: World,
  whileWaiting?: WhileWaiting,
): Promise<OpenedSource> {
  // Loaded side by side with the kubeconfig: a request is certain now.
  const [{ loadConnection }, { Transport }, { jsonRequests }, { LiveSource }] = await Promise.all([
    import('./kubeconfig/kubeconfig.ts'),
    import('./http/transport.ts'),
    import('./http/requests.ts'),
    import('./lists/live.ts'),
  ]);
  const found = loadConnection(connection, world);
  const { verbosity = 0 } = connection;
  const log =
    verbosity > 0
      ? (await import('./http/request-log.ts')).requestLog(verbosity, world.err.write, world.now)
      : undefined;
  const transport = new Transport({
    connection: found,
    requestTimeoutMs: connection.requestTimeoutMs,
    disableCompression: connection.disableCompression || found.disableCompression,
    log,
    userAgent: USER_AGENT,
    env: world.env,
    now: world.now,
    signal: world.signal,
    whileWaiting,
  });
  const requests = jsonRequests(transport, world.signal);
  const read = new Map<string, number>();
  const onRead = (plural: string, count: number) => {
    read.set(plural, (read.get(plural) ?? 0) + count);
  };
  return {
    source: new LiveSource(requests, connection, onRead),
    namespace: found.namespace,
    skipped: [],
    writes: writesOf(requests),
    follow: async (query, onChange, signal) => {
      const { follower } = await import('./lists/follow.ts');
      const pages = { size: connection.chunkSize ?? PAGE_SIZE };
      return follower({ requests, transport, pages })(query, onChange, signal);
    },
    progress: () => [...read].map(([plural, count]) => `${count} ${plural}`).join(', '),
    close: () => transport.close(),
  };
}

/**
 * Saved objects: files, folders (`kubectl cluster-info dump`, must-gather) and `-` for standard input.
 * `other`: what else the files may hold. Throws InputError naming the file that cannot be used, or where nothing holds
 * a Kubernetes object.
 */
export async function openFiles(
  filenames: readonly string[],
  world: World,
  other?: OtherContent,
): Promise<OpenedSource> {
  const { readSaved } = await import('./saved/read-saved.ts');
  return readSaved(filenames, world, other);
}
