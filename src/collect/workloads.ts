/** Pods of named workloads, found by owner references. One round trip for the built-in kinds. */

import { NotFoundError } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { obj, str } from './json.ts';
import { JOB, REPLICA_SET } from './kinds.ts';
import { nearestName } from './missing.ts';
import { PodsUnavailable, type Subjects } from './outcome.ts';
import { OwnerChain } from './owners.ts';
import { collectPods, type Selection } from './pods.ts';

export interface WorkloadName {
  readonly resource: ResourceKind;
  /** `null`: every object of the kind. */
  readonly name: string | null;
}

/** The kinds between a workload and its pods that are asked for as lists. */
function between(kind: string): ResourceKind[] {
  if (['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'].includes(kind))
    return [];
  if (kind === 'CronJob') return [JOB];
  return [REPLICA_SET];
}

/** The troubled pods of each workload; a workload that is not there is a problem, not a throw. */
export async function collectWorkloads(
  source: ObjectSource,
  namespace: string | undefined,
  workloads: readonly WorkloadName[],
  selection: Selection = {},
): Promise<Subjects> {
  const lists = [...new Set(workloads.flatMap((w) => between(w.resource.kind)))];
  const [pods, problems, ...middles] = await Promise.all([
    collectPods(source, { ...selection, namespace }),
    Promise.all(workloads.map((w) => absence(source, namespace, w))),
    ...lists.map((resource) => source.list<unknown>({ resource, namespace })),
  ]);
  if (!pods.known) throw new PodsUnavailable(pods.why);
  const chain = new OwnerChain(source);
  for (const middle of middles) {
    if (!middle.known) continue;
    for (const object of middle.value) {
      chain.learn(str(obj(obj(object)['metadata'])['namespace']), [object]);
    }
  }
  const found = await Promise.all(pods.value.map((pod) => workloadOf(pod, workloads, chain)));
  return {
    pods: found.flatMap((f) => (f ? [f] : [])),
    problems: problems.flatMap((p) => (p ? [p] : [])),
  };
}

async function workloadOf(
  evidence: PodEvidence,
  workloads: readonly WorkloadName[],
  chain: OwnerChain,
): Promise<PodEvidence | null> {
  const { namespace, owner } = evidence.pod;
  for (const { resource, name } of workloads) {
    const via = await chain.leadsTo(namespace, owner, resource, name);
    if (via) return { ...evidence, workload: `${resource.kind}/${via}` };
  }
  return null;
}

/** The error for a workload that is not there, `null` where it is or where that may not be known. */
async function absence(
  source: ObjectSource,
  namespace: string | undefined,
  workload: WorkloadName,
): Promise<Error | null> {
  const { resource, name } = workload;
  if (name === null || namespace === undefined) return null;
  const answer = await source.get<unknown>({ resource, namespace, name });
  if (answer.known || answer.why.reason !== 'not found') return null;
  const type = resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
  const near = await nearestName(source, resource, namespace, name);
  return new NotFoundError(type, name, namespace, near ? [`did you mean "${near}"?`] : []);
}
