/** `kubectl imagepull describe`: flags → collect → judge → print. */
import { connectionWords } from '../cluster/connection-words.ts';
import { type OpenedSource, openCluster, openFiles } from '../cluster/open.ts';
import { parseTargets } from '../cluster/resources.ts';
import { labelSelector } from '../cluster/selectors.ts';
import { enrich } from '../collect/enrich.ts';
import { collectSubjects } from '../collect/targets.ts';
import { visible } from '../print/escape.ts';
import { words } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { DescribeOptions, ExitCode } from '../words/options.ts';
import { shellQuote } from '../words/shell.ts';
import type { World } from '../words/streams.ts';

/** Runs the verb; what it throws is worded by the caller. */
export async function describe(options: DescribeOptions, world: World): Promise<ExitCode> {
  const targets = parseTargets(options.targets, options);
  // A selector that cannot be read is wrong usage, whoever evaluates it.
  if (options.selector) labelSelector(options.selector);
  const saved = options.filenames.length > 0;
  const opened = saved
    ? await openFiles(options.filenames, world)
    : await openCluster(options.connection, world, warmUp);
  try {
    const given = options.namespace || undefined;
    const everywhere = options.allNamespaces || (saved && !given);
    const namespace = everywhere ? undefined : (given ?? opened.namespace);
    const subjects = await collectSubjects(opened.source, namespace, targets, options);
    const { answerOf, exitCode, printAnswer, wantsOf } = await import('./describe-answer.ts');
    const first = subjects.pods.map((evidence) => ({ evidence, wants: wantsOf(evidence) }));
    const evidence = await enrich(opened.source, first, options.noSecrets);
    const run = {
      named: targets.length > 0,
      silent: subjects.problems.length > 0,
      gaps: subjects.gaps,
      place: {
        connection: saved ? [] : connectionWords(options.connection),
        files: options.filenames.flatMap((name) => ['-f', shellQuote(name)]),
      },
      now: seenAt(opened, subjects.pods, world),
      namespace,
    };
    const answer = answerOf(evidence, run, options);
    await printAnswer(answer, options, world);
    for (const line of opened.skipped) world.err.write(`warning: ${visible(line)}\n`);
    for (const problem of subjects.problems) world.err.write(`${visible(words(problem))}\n`);
    return subjects.problems.length > 0 ? 1 : exitCode(answer, options);
  } finally {
    opened.close();
  }
}

/**
 * The moment that ages count to. Events tell when objects were saved; without them the newest time in the file is that of
 * the failure itself, and the present says more.
 */
function seenAt(opened: OpenedSource, pods: readonly PodEvidence[], world: World): number {
  const dated = pods.some((pod) => pod.events.known);
  return (dated ? opened.capturedAt : undefined) ?? world.now();
}

/** Loads the second half and then does its slow firsts one by one, until the server answers. */
async function warmUp(waiting: () => boolean): Promise<void> {
  const { FIRSTS } = await import('./describe-answer.ts');
  for (const first of FIRSTS) {
    if (!waiting()) return;
    first();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
