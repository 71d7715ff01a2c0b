/** Whether a pod is one of those that a command line means, asked pod by pod as they come. */
import type { PodEvidence } from '../words/evidence.ts';
import { notAsked } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { PodView } from '../words/pod.ts';
import { OwnerChain } from './owners.ts';
import { bareEvidence } from './pods.ts';
import { type TargetName, withKind } from './targets.ts';
import { type WorkloadName, workloadOf } from './workloads.ts';

export interface Members {
  /** Objects that are named; empty: every pod of the selection counts. */
  readonly names: readonly WorkloadName[];
  /** Nothing but what is named counts. */
  readonly exact: boolean;
  /** The pod with its workload, events not asked for; `null` where it is none of them. */
  find(pod: PodView): Promise<PodEvidence | null>;
}

/** Looks the kinds of the targets up; throws InputError for a type that is not there. */
export async function membersOf(
  source: ObjectSource,
  targets: readonly TargetName[],
): Promise<Members> {
  const known = await Promise.all(targets.map((target) => withKind(source, target)));
  const names = known.filter((t) => t.name !== null);
  const workloads = known.filter((t) => t.resource.kind !== 'Pod' && t.resource.kind !== 'Node');
  const chain = new OwnerChain(source);
  const isNamed = (pod: PodView) =>
    known.length === 0 ||
    known.some(({ resource, name }) =>
      resource.kind === 'Pod'
        ? name === null || name === pod.name
        : resource.kind === 'Node' && name === pod.node,
    );
  return {
    names,
    exact: names.length === known.length,
    async find(pod) {
      const evidence = bareEvidence(pod, notAsked('', ''));
      return isNamed(pod) ? evidence : workloadOf(evidence, workloads, chain);
    },
  };
}
