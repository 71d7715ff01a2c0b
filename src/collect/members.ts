/** Whether a pod is one of those that a command line means, asked pod by pod as they come. */
import type { PodEvidence } from '../words/evidence.ts';
import { notAsked } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { PodView } from '../words/pod.ts';
import { mayBelong } from './may-belong.ts';
import { OwnerChain } from './owners.ts';
import { bareEvidence } from './pods.ts';
import { type TargetName, withKind } from './targets.ts';
import { podView } from './views.ts';
import { between, type WorkloadName, workloadOf } from './workloads.ts';

export interface Members {
  /** Objects that are named; empty: every pod of the selection counts. */
  readonly names: readonly WorkloadName[];
  /** Nothing but what is named counts. */
  readonly exact: boolean;
  /** False only for a pod that is none of them, told before anybody is asked. */
  mayBe(pod: unknown): boolean;
  /** The pod with its workload, events not asked for; `null` where it is none of them. */
  find(pod: PodView): Promise<PodEvidence | null>;
}

/**
 * Looks the kinds of the targets up, and what stands between them and their pods in one list each. Throws InputError
 * for a type that is not there.
 */
export async function membersOf(
  source: ObjectSource,
  targets: readonly TargetName[],
  namespace: string | undefined,
): Promise<Members> {
  const known = await Promise.all(targets.map((target) => withKind(source, target)));
  const names = known.filter((t) => t.name !== null);
  const workloads = known.filter((t) => t.resource.kind !== 'Pod' && t.resource.kind !== 'Node');
  const chain = new OwnerChain(source);
  const lists = [...new Set(workloads.flatMap((w) => between(w.resource.kind)))];
  for (const resource of lists) {
    const answer = await source.list<unknown>({ resource, namespace });
    if (answer.known) for (const object of answer.value) chain.learn(object);
  }
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
    mayBe(pod) {
      const view = podView(pod);
      return isNamed(view) || workloads.some((w) => mayBelong(pod, w.resource.kind, w.name));
    },
    async find(pod) {
      const evidence = bareEvidence(pod, notAsked('', ''));
      return isNamed(pod) ? evidence : workloadOf(evidence, workloads, chain);
    },
  };
}
