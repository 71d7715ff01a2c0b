/** `kubectl imagepull verify --from-node`: pods and nodes → Jobs → answers. */
import { parseTargets } from '../cluster/lists/resources.ts';
import { labelSelector } from '../cluster/lists/selectors.ts';
import { type OpenedSource, openCluster } from '../cluster/open.ts';
import type { Writes } from '../cluster/write.ts';
import { nodesExitCode } from '../judge/node-check.ts';
import { visible } from '../print/escape.ts';
import { planText } from '../print/verify-nodes.ts';
import { gapText } from '../print/where.ts';
import { InputError, UsageError, words } from '../words/errors.ts';
import type { NodeAnswer, NodeCheck, NodeCheckOptions } from '../words/node-check.ts';
import type { ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { showProgress } from './progress.ts';
import { NODES_AT_ONCE, runJobs } from './verify-nodes-jobs.ts';
import { planOf } from './verify-nodes-plan.ts';
import { printAnswers, printDryRun } from './verify-nodes-print.ts';
import { tryRights } from './verify-nodes-rights.ts';

/** The program does not end before this work is done, also when it is interrupted. */
export type Hold = (work: Promise<unknown>) => void;

const NOBODY_TO_ASK =
  'nodes are asked by Jobs in the cluster: add --yes where nobody can be asked, or look at it with --dry-run=client -o yaml';

/** Runs the verb; what it throws is worded by the caller. */
export async function verifyNodes(
  options: NodeCheckOptions,
  world: World,
  hold: Hold,
): Promise<ExitCode> {
  const severalNamespaces = options.namespaces.length > 1;
  const targets = parseTargets(options.targets, { ...options, severalNamespaces });
  if (options.selector) labelSelector(options.selector);
  if (options.nodeSelector) labelSelector(options.nodeSelector);
  const asks = options.dryRun === 'none' && !options.yes;
  if (asks && !(world.stdin.isTTY && world.err.isTTY)) throw new UsageError(NOBODY_TO_ASK);
  // Ctrl-C ends the work, not the requests that clean up after it.
  const requests = new AbortController();
  const opened = await openCluster(options.connection, { ...world, signal: requests.signal });
  try {
    const { writes } = opened;
    if (writes === undefined) throw new Error('a live source without writes');
    const plan = await planOf(options, opened, targets);
    for (const problem of plan.problems) world.err.write(`${visible(words(problem))}\n`);
    for (const gap of new Set(plan.gaps.map(gapText))) world.err.write(`Not seen: ${gap}\n`);
    if (plan.checks.length === 0) {
      if (plan.problems.length === 0) throw new InputError('no image and node to ask');
      return 1;
    }
    if (options.dryRun !== 'none') return await printDryRun(plan.checks, writes, options, world);
    await permit(plan.checks, opened, writes, options, world);
    const work = answersOf(plan.checks, opened, writes, options, world);
    hold(work);
    const { answers, left } = await work;
    world.signal.throwIfAborted();
    await printAnswers(answers, plan.gaps, options, world);
    if (plan.problems.length > 0) return 1;
    return nodesExitCode(answers) || (left > 0 ? 1 : 0);
  } finally {
    opened.close();
  }
}

/** What RBAC, quota or admission forbid is told before anybody is asked, and nothing is made. */
async function permit(
  checks: readonly NodeCheck[],
  { source }: OpenedSource,
  writes: Writes,
  options: NodeCheckOptions,
  world: World,
): Promise<void> {
  const fit = checks.filter(({ node }) => node.unfit === null);
  if (fit.length === 0) return;
  await tryRights(fit, { source, writes, timeoutMs: options.timeoutMs });
  await agree(checks, options, world);
}

/** `left`: Jobs that could not be removed. */
async function answersOf(
  checks: readonly NodeCheck[],
  { source }: OpenedSource,
  writes: Writes,
  options: NodeCheckOptions,
  world: World,
): Promise<{ readonly answers: readonly NodeAnswer[]; readonly left: number }> {
  let done = 0;
  let left = 0;
  const clear = showProgress(world, () => `Asking nodes: ${done} of ${checks.length}`);
  try {
    const answers = await runJobs(checks, {
      source,
      writes,
      timeoutMs: options.timeoutMs,
      now: world.now,
      signal: world.signal,
      onDone: () => done++,
      onLeft: (text) => {
        left++;
        world.err.write(`warning: ${visible(text)}\n`);
      },
    });
    return { answers, left };
  } finally {
    clear();
  }
}

async function agree(
  checks: readonly NodeCheck[],
  { yes }: NodeCheckOptions,
  { stdin, err }: World,
): Promise<void> {
  if (yes) return;
  err.write(`${planText(checks, NODES_AT_ONCE)}Go on? [y/N] `);
  const answer = (await stdin.line()).trim().toLowerCase();
  if (answer !== 'y' && answer !== 'yes') throw new InputError('nothing was made');
}
