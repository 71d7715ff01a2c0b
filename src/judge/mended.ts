/** What is to be mended: a container or image volume of a pod, and what makes the pod. Pure. */
import type { PodEvidence } from '../words/evidence.ts';
import { apiGroup, type ContainerType, deploymentOf } from '../words/pod.ts';
import type { Failing } from './failing.ts';
import { builtInKind, type Maker } from './maker.ts';

/** A pod that does not get its image, and what makes it: the top of its owners as far as it is known. */
export interface Mended extends Maker {
  readonly namespace: string;
  readonly pod: string;
  /** What owns the pod itself, where the workload is above that; absent: the workload. */
  readonly owner?: Maker | undefined;
  readonly container: string;
  readonly containerType: ContainerType;
  /** The volume whose image it is; absent: it is the container's. */
  readonly volume?: string | undefined;
}

/** What is to be mended of a pod. */
export function mendedOf(
  evidence: PodEvidence,
  { container, volume }: Pick<Failing, 'container' | 'volume'>,
): Mended {
  const { pod } = evidence;
  const owner =
    pod.owner === null
      ? undefined
      : {
          workload: `${pod.owner.kind}/${pod.owner.name}`,
          group: apiGroup(pod.owner.apiVersion),
        };
  return {
    namespace: pod.namespace,
    pod: pod.name,
    ...topOf(evidence, owner),
    owner,
    container: container.name,
    containerType: container.type,
    volume,
  };
}

function topOf({ pod, workload, workloadGroup }: PodEvidence, owner: Maker | undefined): Maker {
  const named = workload === null ? owner : { workload, group: workloadGroup };
  if (named === undefined) return { workload: null };
  const deployment = builtInKind(named) === 'ReplicaSet' ? deploymentOf(pod) : null;
  return deployment === null ? named : { workload: `Deployment/${deployment}`, group: 'apps' };
}
