/** `kubectl imagepull describe`: flags → collect → judge → print. */
import { parseTargets } from '../cluster/lists/resources.ts';
import { labelSelector } from '../cluster/lists/selectors.ts';
import { type OpenedSource, openCluster, openFiles } from '../cluster/open.ts';
import { collectSubjects } from '../collect/targets.ts';
import { visible } from '../print/escape.ts';
import { UsageError, words } from '../words/errors.ts';
import type { PodEvidence, Wants } from '../words/evidence.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { DescribeOptions, ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import type { Asking } from './describe-verify.ts';
import { lookAt } from './look.ts';
import { placeOf } from './place.ts';
import { showProgress } from './progress.ts';
import { scopeOf } from './scope.ts';

/** Runs the verb; what it throws is worded by the caller. */
export async function describe(options: DescribeOptions, world: World): Promise<ExitCode> {
  const scoped = { ...options, severalNamespaces: options.namespaces.length > 1 };
  const targets = parseTargets(options.targets, scoped);
  // A selector that cannot be read is wrong usage, whoever evaluates it.
  if (options.selector) labelSelector(options.selector);
  const saved = options.filenames.length > 0;
  if (saved && options.watch) throw new UsageError('--watch cannot be used with --filename');
  // A first look at each pod while the next page is on its way: its texts are read, its secrets asked for.
  const half: { wantsOf?: (evidence: PodEvidence) => Wants } = {};
  const opened = saved
    ? await openFiles(options.filenames, world)
    : await openCluster(options.connection, world, async (waiting) => {
        const { FIRSTS, wantsOf } = await import('./describe-answer.ts');
        half.wantsOf = wantsOf;
        await warmUp(FIRSTS, waiting);
      });
  const read = opened.progress;
  let progress = () => (read?.() ? `Reading: ${read()}` : '');
  const clear = showProgress(world, () => progress());
  const closing: (() => void)[] = [clear, opened.close];
  try {
    const asking = await openRegistries(options, opened.source, world);
    if (asking) closing.push(asking.close);
    const scope = scopeOf(options, opened, saved);
    const look = lookAt(opened.source, options.noSecrets);
    const all = targets.length === 0 && opened.source.live;
    const onPod = (evidence: PodEvidence) =>
      all && half.wantsOf && look.early(evidence, half.wantsOf);
    const subjects = await collectSubjects(opened.source, scope, targets, { ...options, onPod });
    const { answerOf, exitCode, printAnswer, wantsOf } = await import('./describe-answer.ts');
    const wants = (pod: PodEvidence) => asking?.wants(pod, wantsOf(pod)) ?? wantsOf(pod);
    const seen = await look.closely(subjects.pods, wants);
    const now = seenAt(opened, subjects.pods, world);
    const evidence =
      (await asking?.ask(seen, now, (done, all) => {
        progress = () => `Verifying: ${done} of ${all} images`;
      })) ?? seen;
    const run = {
      named: targets.length > 0,
      silent: subjects.problems.length > 0,
      gaps: [...subjects.gaps, ...((await asking?.gaps()) ?? [])],
      denials: subjects.denials,
      place: placeOf(options),
      now,
      namespaces: scope,
    };
    const answer = answerOf(evidence, run, options);
    clear();
    await printAnswer(answer, options, world);
    for (const line of [...(asking?.warnings ?? []), ...opened.skipped])
      world.err.write(`warning: ${visible(line)}\n`);
    for (const problem of subjects.problems) world.err.write(`${visible(words(problem))}\n`);
    if (subjects.problems.length > 0) return 1;
    if (!options.watch) return exitCode(answer, options);
    const { watchOn } = await import('./describe-watch.ts');
    const { verdicts } = answer;
    const watched = { opened, run, targets, scope: subjects.namespaces ?? scope, verdicts };
    return await watchOn(watched, options, world);
  } finally {
    for (const close of closing) close();
  }
}

async function openRegistries(
  options: DescribeOptions,
  source: ObjectSource,
  world: World,
): Promise<Asking | null> {
  if (options.verify === null) return null;
  const { openAsking } = await import('./describe-verify.ts');
  return openAsking(options.verify, options, source, world);
}

/**
 * The moment that ages count to. Events tell when objects were saved; without them the newest time in the file is that of
 * the failure itself, and the present says more.
 */
function seenAt(opened: OpenedSource, pods: readonly PodEvidence[], world: World): number {
  const dated = pods.some((pod) => pod.events.known);
  return (dated ? opened.capturedAt : undefined) ?? world.now();
}

/** Does the slow firsts of the second half one by one, until the server answers. */
async function warmUp(firsts: readonly (() => void)[], waiting: () => boolean): Promise<void> {
  for (const first of firsts) {
    if (!waiting()) return;
    first();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
