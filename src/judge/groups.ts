/** Verdicts grouped by what is guilty, the largest group first. Pure. */
import type { Group, Verdict } from '../words/verdict.ts';

/** Groups by cause and guilty scope; within equal sizes the order of the input holds. */
export function groupVerdicts(verdicts: readonly Verdict[]): Group[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const key = JSON.stringify([verdict.cause, verdict.guilty.kind, verdict.guilty.name]);
    const members = groups.get(key);
    if (members) members.push(verdict);
    else groups.set(key, [verdict]);
  }
  return [...groups.values()]
    .flatMap((members) => {
      const example = [...members].sort(bestExample)[0];
      if (!example) return [];
      const pods = new Set(members.map((v) => `${v.namespace}/${v.pod}`)).size;
      return [{ cause: example.cause, guilty: example.guilty, pods, example, verdicts: members }];
    })
    .sort((a, b) => b.pods - a.pods);
}

const RANK = { certain: 0, likely: 1, ambiguous: 2 };

function bestExample(a: Verdict, b: Verdict): number {
  return RANK[a.certainty] - RANK[b.certainty] || (a.since ?? 0) - (b.since ?? 0);
}
