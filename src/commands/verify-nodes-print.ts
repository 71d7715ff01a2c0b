/** What `verify --from-node` prints: answers, or the Jobs of a dry run. */
import { connectionWords } from '../cluster/connection-words.ts';
import type { Writes } from '../cluster/write.ts';
import { nodesSummary } from '../judge/node-summary.ts';
import { stepInPlace } from '../judge/same-place.ts';
import { palette } from '../print/color.ts';
import { visible } from '../print/escape.ts';
import { nodesDocument, nodesText } from '../print/verify-nodes.ts';
import { foldWidth } from '../print/width.ts';
import type { Unavailable } from '../words/known.ts';
import type { NodeAnswer, NodeCheck, NodeCheckOptions } from '../words/node-check.ts';
import type { ExitCode } from '../words/options.ts';
import type { World } from '../words/streams.ts';
import { documentText } from './secrets-run.ts';
import { dryJob, tryOut } from './verify-nodes-jobs.ts';

/** As kubectl create prints it. */
export async function printDryRun(
  checks: readonly NodeCheck[],
  writes: Writes,
  options: NodeCheckOptions,
  world: World,
): Promise<ExitCode> {
  const { output, dryRun: how, timeoutMs } = options;
  const fit = checks.filter(({ node }) => node.unfit === null);
  for (const { node } of checks.filter((check) => !fit.includes(check))) {
    world.err.write(`${visible(`node ${node.name} is left out: ${node.unfit}`)}\n`);
  }
  const made: { readonly name: string; readonly job: unknown }[] = [];
  for (const check of fit) {
    made.push(how === 'server' ? await tryOut(check, writes, timeoutMs) : dryJob(check, timeoutMs));
  }
  const [first] = made;
  if (first === undefined) return 4;
  if (output === 'json' || output === 'yaml') {
    const items = made.map(({ job }) => job);
    const whole = made.length === 1 ? first.job : { apiVersion: 'v1', kind: 'List', items };
    world.out.write(await documentText(whole, output));
    return 0;
  }
  const note = output === 'name' ? '' : ` created (${how === 'server' ? 'server ' : ''}dry run)`;
  world.out.write(made.map(({ name }) => `job.batch/${name}${note}\n`).join(''));
  return 0;
}

/** In the format of `-o`, and the summary on standard error. */
export async function printAnswers(
  answers: readonly NodeAnswer[],
  gaps: readonly Unavailable[],
  options: NodeCheckOptions,
  world: World,
): Promise<void> {
  const place = { connection: connectionWords(options.connection), files: [] };
  const placed = answers.map((answer) => ({
    ...answer,
    nextSteps: answer.nextSteps.map((step) => stepInPlace(step, place)),
  }));
  const { output, noHeaders } = options;
  if (output === 'json' || output === 'yaml') {
    world.out.write(await documentText(nodesDocument(placed, gaps), output));
  } else if (output === 'name') {
    const open = placed.filter(({ result }) => result !== 'pullable' && result !== 'skipped');
    world.out.write([...new Set(open.map(({ node }) => `node/${visible(node)}\n`))].join(''));
  } else {
    const { bold } = palette(options.color, world);
    world.out.write(
      nodesText(placed, { noHeaders, wide: output === 'wide', bold, width: foldWidth(world.out) }),
    );
  }
  world.err.write(nodesSummary(placed));
}
