/** What is different between two looks at the pods that are followed. Pure. */
import type { FollowedPod, PullChange } from '../words/following.ts';
import type { Verdict } from '../words/verdict.ts';

type Pods = ReadonlyMap<string, FollowedPod>;

/** In the order of the pods' names; a pod that does not fail and did not fail is no change. */
export function changesBetween(before: Pods, after: Pods): PullChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => podChanges(before.get(key), after.get(key)));
}

const ENDS = {
  failing: 'pulled',
  pulled: 'pulled',
  waiting: 'starting anew',
  ended: 'ended without its image',
} as const;

function podChanges(before: FollowedPod | undefined, after: FollowedPod | undefined): PullChange[] {
  const known = after ?? before;
  if (!known) return [];
  const { namespace, name: pod } = known;
  const was = new Map(before?.verdicts.map((v) => [v.container, v]));
  const now = new Map(after?.verdicts.map((v) => [v.container, v]));
  if (!after && was.size > 0) {
    const [first] = was.values();
    return [
      { namespace, pod, container: null, was: first?.cause ?? null, now: null, ended: 'deleted' },
    ];
  }
  const changed = [...now].flatMap(([container, verdict]): PullChange[] => {
    const old = was.get(container);
    if (old?.cause === verdict.cause) return [];
    return [{ namespace, pod, container, was: old?.cause ?? null, now: verdict, ended: null }];
  });
  // A container that fails no more either has its image, or its pod waits for it once again.
  const ended = ENDS[after?.state ?? 'pulled'];
  const over = [...was].flatMap(([container, old]): PullChange[] =>
    now.has(container) ? [] : [{ namespace, pod, container, was: old.cause, now: null, ended }],
  );
  return [...changed, ...over];
}

/** The failing pods of verdicts that were told, by `namespace/name`. */
export function alreadyTold(verdicts: readonly Verdict[]): Map<string, FollowedPod> {
  const byPod = Map.groupBy(verdicts, (v) => `${v.namespace}/${v.pod}`);
  return new Map(
    [...byPod].map(([key, own]) => {
      const [{ namespace, pod: name }] = own as [Verdict, ...Verdict[]];
      return [
        key,
        { namespace, name, state: 'failing', verdicts: own, createdAt: null, workload: null },
      ];
    }),
  );
}
