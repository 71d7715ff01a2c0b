/** `kubectl imagepull secrets`: flags → collect → judge → print. */
import { parseTargets } from '../cluster/lists/resources.ts';
import { labelSelector } from '../cluster/lists/selectors.ts';
import { type OpenedSource, openCluster, openFiles } from '../cluster/open.ts';
import { EVENT } from '../collect/kinds.ts';
import { visible } from '../print/escape.ts';
import type { ExitCode, SecretsOptions } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { fingerprintHash } from './fingerprint-hash.ts';
import { placeOf } from './place.ts';
import { showProgress } from './progress.ts';
import { scopeOf } from './scope.ts';

/** What ends within a day ends soon, where the user names no time. */
const SOON_MS = 24 * 3_600_000;

/** Runs the verb; what it throws is worded by the caller. */
export async function secrets(options: SecretsOptions, world: World): Promise<ExitCode> {
  const severalNamespaces = options.namespaces.length > 1;
  const targets = parseTargets(options.targets, { ...options, severalNamespaces });
  // A selector that cannot be read is wrong usage, whoever evaluates it.
  if (options.selector) labelSelector(options.selector);
  const saved = options.filenames.length > 0;
  const opened = saved
    ? await openFiles(options.filenames, world)
    : await openCluster(options.connection, world);
  const read = opened.progress;
  const clear = showProgress(world, () => (read?.() ? `Reading: ${read()}` : ''));
  try {
    const now = await seenAt(opened, world);
    const run = {
      opened,
      scope: scopeOf(options, opened, saved),
      report: { now, soonMs: options.expiringMs ?? SOON_MS, hash: fingerprintHash(world.env) },
      place: placeOf(options),
      clear,
    };
    const code =
      targets.length > 0
        ? await (await import('./secrets-pods.ts')).podSecrets(targets, run, options, world)
        : await (await import('./secrets-list.ts')).listSecrets(run, options, world);
    for (const line of opened.skipped) world.err.write(`warning: ${visible(line)}\n`);
    return code;
  } finally {
    clear();
    opened.close();
  }
}

/**
 * The moment that ages and ends count to. Events tell when objects were saved; without them the newest time in the file
 * may be years old, and whether a credential has ended is asked of today.
 */
async function seenAt({ source, capturedAt }: OpenedSource, world: World): Promise<number> {
  if (capturedAt === undefined || source.live) return world.now();
  const events = await source.list<unknown>({ resource: EVENT, keep: () => false });
  return events.known ? capturedAt : world.now();
}
