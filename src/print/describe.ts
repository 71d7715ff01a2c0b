/** What `describe` prints for people. Pure. */
import type { Group, Guilty, OtherTrouble, Verdict } from '../words/verdict.ts';
import { humanAge } from './age.ts';
import { verdictBlock } from './block.ts';
import { visible } from './escape.ts';
import { formatTable, narrow } from './table.ts';
import { causeCell } from './where.ts';

/** More groups than this, and the blocks give way to a hint: the table alone is what fits a screen. */
export const MAX_BLOCKS = 8;

export interface DescribePrint {
  readonly now: number;
  readonly noHeaders: boolean;
  readonly wide: boolean;
  readonly withNamespace: boolean;
  readonly bold: (text: string) => string;
  /** Columns at which sentences are folded. */
  readonly width: number;
  /** A command of ours with the flags that make it look at the same place. */
  readonly command: (text: string) => string;
}

/** A row a failing container. */
export function verdictTable(verdicts: readonly Verdict[], print: DescribePrint): string {
  const headers = [
    ...(print.withNamespace ? ['NAMESPACE'] : []),
    ...['POD', 'CONTAINER', 'IMAGE', 'CAUSE'],
    ...(print.wide ? ['CERTAINTY', 'HOST', 'STATUS', 'NODE', 'WORKLOAD'] : []),
    ...['SINCE', 'TRIES'],
  ];
  const rows = verdicts.map((v) => [
    ...(print.withNamespace ? [v.namespace] : []),
    ...[
      v.pod,
      v.container,
      narrow(v.sandboxImage ?? (v.image || '<none>'), print.wide, MAX_NARROW),
      causeCell(v),
    ],
    ...(print.wide
      ? [
          v.certainty,
          v.facts.host ?? '<none>',
          v.facts.status === null ? '<none>' : String(v.facts.status),
          v.node ?? '<none>',
          v.workload ?? '<none>',
        ]
      : []),
    ...[humanAge(v.since, print.now), v.tries === null ? '<unknown>' : String(v.tries)],
  ]);
  return formatTable(headers, rows, { noHeaders: print.noHeaders });
}

/** A row a group, the largest first. */
export function groupTable(groups: readonly Group[], print: DescribePrint): string {
  const rows = groups.map((g) => [
    String(g.pods),
    causeCell(g.example),
    narrow(guiltyCell(g.guilty), print.wide, MAX_NARROW),
    print.withNamespace ? `${g.example.namespace}/${g.example.pod}` : g.example.pod,
    humanAge(oldest(g.verdicts), print.now),
  ]);
  return formatTable(['PODS', 'CAUSE', 'GUILTY', 'EXAMPLE', 'SINCE'], rows, {
    noHeaders: print.noHeaders,
  });
}

/** Longest image or scope in a table that is not wide: a name of 300 characters must not push all else away. */
const MAX_NARROW = 80;

function guiltyCell({ kind, name }: Guilty): string {
  return kind === 'pod' ? name : `${kind}/${name}`;
}

function oldest(verdicts: readonly Verdict[]): number | null {
  const times = verdicts.flatMap((v) => (v.since === null ? [] : [v.since]));
  return times.length > 0 ? Math.min(...times) : null;
}

/** A block a group; with very many groups one line that says how to see one. */
export function groupBlocks(groups: readonly Group[], print: DescribePrint): string {
  if (groups.length > MAX_BLOCKS) {
    const { pod, namespace } = groups[0]?.example ?? { pod: 'POD', namespace: 'NAMESPACE' };
    const command = print.command(`kubectl imagepull describe ${pod} -n ${namespace}`);
    return `\nOne in full: ${visible(command)}\n`;
  }
  return groups
    .map((g) => {
      const names = g.verdicts.map((v) =>
        print.withNamespace ? `${v.namespace}/${v.pod}` : v.pod,
      );
      const pods = [...new Set(names)];
      const nodes = [...new Set(g.verdicts.flatMap((v) => (v.node ? [v.node] : [])))];
      return `\n${verdictBlock(g.example, { ...print, pods, nodes })}`;
    })
    .join('');
}

/** Pods that fail for another reason, one line each. */
export function otherLines(others: readonly OtherTrouble[], withNamespace: boolean): string {
  return others
    .map(({ namespace, pod, workload, text }) => {
      const name = workload ?? pod;
      return `${visible(withNamespace ? `${namespace}/${name}` : name)}: ${visible(text)}\n`;
    })
    .join('');
}
