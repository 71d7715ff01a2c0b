/** `kubectl imagepull decode`: flags → collect → reports → print. */
import { builtinKind } from '../cluster/lists/builtin-kinds.ts';
import { parseTargets } from '../cluster/lists/resources.ts';
import { labelSelector } from '../cluster/lists/selectors.ts';
import { type OpenedSource, openCluster } from '../cluster/open.ts';
import { type FoundSecrets, mergedFound, NOTHING_FOUND } from '../collect/decode-found.ts';
import { listedSecrets } from '../collect/decode-lists.ts';
import { type DecodeTarget, namedSecrets } from '../collect/decode-targets.ts';
import type { DecodeOptions, ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { showProgress } from './progress.ts';

/** Runs the verb; what it throws is worded by the caller. */
export async function decode(options: DecodeOptions, world: World): Promise<ExitCode> {
  const targets = targetsOf(options);
  // A selector that cannot be read is wrong usage, whoever evaluates it.
  if (options.selector) labelSelector(options.selector);
  const saved = options.filenames.length > 0;
  const { opened, pasted } = saved ? await files(options, world) : await cluster(options, world);
  const read = opened?.progress;
  const clear = showProgress(world, () => (read?.() ? `Reading: ${read()}` : ''));
  try {
    const found = mergedFound([
      pasted,
      opened === null ? NOTHING_FOUND : await find(opened, targets, options),
    ]);
    const { printAnswer } = await import('./decode-answer.ts');
    clear();
    const skipped = opened?.skipped ?? [];
    return await printAnswer(
      { found, skipped, namespaces: scopeOf(options, opened) },
      options,
      world,
    );
  } finally {
    clear();
    opened?.close();
  }
}

interface Opened {
  /** Null: nothing but docker configs was given. */
  readonly opened: OpenedSource | null;
  /** Docker configs that stood where objects might have stood. */
  readonly pasted: FoundSecrets;
}

/** What the second half does first of all is done while the server has the word. */
async function cluster(options: DecodeOptions, world: World): Promise<Opened> {
  const opened = await openCluster(options.connection, world, async (waiting) => {
    const { FIRSTS } = await import('./decode-answer.ts');
    for (const first of FIRSTS) {
      if (!waiting()) return;
      first();
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  return { opened, pasted: NOTHING_FOUND };
}

async function files(options: DecodeOptions, world: World): Promise<Opened> {
  const { openWithConfigs } = await import('./decode-files.ts');
  return openWithConfigs(options, world);
}

/** A bare NAME is a secret's or a pod's; the rest is as everywhere. */
function targetsOf(options: DecodeOptions): DecodeTarget[] {
  const { targets, namespaces } = options;
  const first = targets[0] ?? '';
  const bare = !targets.some((arg) => arg.includes('/')) && builtinKind(first) === undefined;
  const parsed = parseTargets(targets, { ...options, severalNamespaces: namespaces.length > 1 });
  return parsed.map((target) => ({ ...target, either: bare }));
}

async function find(
  opened: OpenedSource,
  targets: readonly DecodeTarget[],
  options: DecodeOptions,
): Promise<FoundSecrets> {
  const scope = scopeOf(options, opened);
  if (targets.length === 0) return listedSecrets(opened.source, scope, options.selector);
  if (scope === undefined) return namedSecrets(opened.source, undefined, targets);
  // Several namespaces go with types alone; a name is refused.
  return mergedFound(
    await Promise.all(scope.map((namespace) => namedSecrets(opened.source, namespace, targets))),
  );
}

/** Absent: all namespaces. Saved objects are looked at as a whole where no namespace is given. */
function scopeOf(
  options: DecodeOptions,
  opened: OpenedSource | null,
): readonly string[] | undefined {
  if (options.allNamespaces) return undefined;
  if (options.namespaces.length > 0) return options.namespaces;
  return opened?.source.live ? [opened.namespace] : undefined;
}
