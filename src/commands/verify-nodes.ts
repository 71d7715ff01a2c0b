/** `kubectl imagepull verify --from-node`: pods and nodes → Jobs → answers. */
import { ApiError } from '../cluster/errors.ts';
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
import { NODES_AT_ONCE, runJobs, tryOut } from './verify-nodes-jobs.ts';
import { planOf } from './verify-nodes-plan.ts';
import { printAnswers, printDryRun } from './verify-nodes-print.ts';

/** The program does not end before this work is done, also when it is interrupted. */
export type Hold = (work: Promise<unknown>) => void;

const NOBODY_TO_ASK =
  '--from-node makes a Job in the cluster: add --yes where nobody can be asked, or look at it with --dry-run=client -o yaml';

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
    await permit(plan.checks, writes, options, world);
    const work = answersOf(plan.checks, opened, writes, options, world);
    hold(work);
    const answers = await work;
    world.signal.throwIfAborted();
    await printAnswers(answers, plan.gaps, options, world);
    return plan.problems.length > 0 ? 1 : nodesExitCode(answers);
  } finally {
    opened.close();
  }
}

/** What RBAC, quota or admission forbid is told before anybody is asked, and nothing is made. */
async function permit(
  checks: readonly NodeCheck[],
  writes: Writes,
  options: NodeCheckOptions,
  world: World,
): Promise<void> {
  const first = checks.find(({ node }) => node.unfit === null);
  if (first === undefined) return;
  try {
    await tryOut(first, writes, options.timeoutMs);
  } catch (error) {
    // Old admission webhooks cannot be tried out (400): then the real one is what tells.
    if (!(error instanceof ApiError && error.status === 400)) throw error;
  }
  await agree(checks, options, world);
}

async function answersOf(
  checks: readonly NodeCheck[],
  { source }: OpenedSource,
  writes: Writes,
  options: NodeCheckOptions,
  world: World,
): Promise<NodeAnswer[]> {
  let done = 0;
  const clear = showProgress(world, () => `Asking nodes: ${done} of ${checks.length}`);
  try {
    return await runJobs(checks, {
      source,
      writes,
      timeoutMs: options.timeoutMs,
      now: world.now,
      signal: world.signal,
      onDone: () => done++,
      warn: (text) => world.err.write(`warning: ${visible(text)}\n`),
    });
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
