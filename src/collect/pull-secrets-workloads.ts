/** Every pod of a workload, the healthy ones as well, without asking for the owners of all other pods. */

import { mapAnswer, notAsked } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import { EVENT, JOB, POD, REPLICA_SET } from './kinds.ts';
import { mayBelong, podOwner } from './may-belong.ts';
import { NO_SUBJECTS, PodsUnavailable, type Subjects } from './outcome.ts';
import { OwnerChain } from './owners.ts';
import { bareEvidence, type Selection, withEvents } from './pods.ts';
import { isRelevantEvent } from './relevant.ts';
import { eventView, ownerOf, podView } from './views.ts';
import { collectWorkloads, type WorkloadName, workloadOf } from './workloads.ts';

/** A workload without pods is told by `collectWorkloads`: it knows whether there is such a one. */
export async function podsOfWorkload(
  source: ObjectSource,
  workload: WorkloadName,
  selection: Selection,
): Promise<Subjects> {
  const { namespace, labelSelector } = selection;
  const owner = podOwner(workload.resource.kind);
  const middle = owner === 'ReplicaSet' ? REPLICA_SET : owner === 'Job' ? JOB : null;
  const between = owner === workload.resource.kind ? null : middle;
  const [pods, owners, events] = await Promise.all([
    source.list<unknown>({
      resource: POD,
      namespace,
      labelSelector,
      keep: (pod) => mayBelong(pod, workload.resource.kind, workload.name),
    }),
    between === null
      ? null
      : source.list<unknown>({
          resource: between,
          namespace,
          keep: (object) => workload.name === null || ownerOf(object)?.name === workload.name,
        }),
    source.live
      ? notAsked('', '')
      : source.list<unknown>({ resource: EVENT, namespace, keep: isRelevantEvent }),
  ]);
  if (!pods.known) throw new PodsUnavailable(pods.why);
  const chain = new OwnerChain(source);
  if (owners?.known) for (const object of owners.value) chain.learn(object);
  const views = pods.value.map(podView);
  const told = events.known
    ? withEvents(
        views,
        mapAnswer(events, (list) => list.map(eventView)),
      )
    : views.map((pod) => bareEvidence(pod, events));
  const members = await Promise.all(told.map((pod) => workloadOf(pod, [workload], chain)));
  const found = members.filter((member) => member !== null);
  if (found.length > 0) return { ...NO_SUBJECTS, pods: found };
  const none = await collectWorkloads(source, namespace, [workload], { labelSelector });
  return { ...none, pods: [] };
}
