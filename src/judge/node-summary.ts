/** How it came out on the nodes, in one line. Pure. */
import type { NodeAnswer, NodeResult } from '../words/node-check.ts';
import { ON_THE_WAY } from './cause-sets.ts';

/** What a node's answer leaves open. */
const ALWAYS =
  'imagePullPolicy Always resolves the manifest again, but layers that a node holds are not fetched';

/** `3 of 12 nodes cannot reach the registry`; a node counts once, with its worst image. */
export function nodesSummary(answers: readonly NodeAnswer[]): string {
  const byNode = Map.groupBy(answers, ({ node }) => node);
  const worst = [...byNode.values()].map((own) =>
    ORDER.find((r) => own.some((a) => a.result === r)),
  );
  const count = (result: NodeResult) => worst.filter((one) => one === result).length;
  const asked = byNode.size - count('skipped');
  const failed = answers.filter(({ result }) => result === 'not pullable');
  const unreached = failed.length > 0 && failed.every(({ cause }) => ON_THE_WAY.has(cause));
  const what = unreached ? 'cannot reach the registry' : 'cannot pull';
  const nodes = asked === 1 ? 'node' : 'nodes';
  const parts = [
    count('not pullable') > 0
      ? `${count('not pullable')} of ${asked} ${nodes} ${what}`
      : `${count('pullable')} of ${asked} ${nodes} can pull`,
    ...(count('unverifiable') > 0 ? [`${count('unverifiable')} could not tell`] : []),
    ...(count('skipped') > 0 ? [`${count('skipped')} skipped`] : []),
  ];
  const some = unreached && count('pullable') > 0;
  const hint = some ? ' Others can: compare firewall, proxy, DNS and CAs of the nodes.' : '';
  return `${parts.join(', ')}.${hint} ${ALWAYS}.\n`;
}

const ORDER: readonly NodeResult[] = ['not pullable', 'unverifiable', 'pullable', 'skipped'];
