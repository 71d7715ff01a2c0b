/** Pods of named workloads, found by owner references. One round trip for the built-in kinds, one more for events. */
import type { Denial } from '../words/cluster-sources.ts';
import { NotFoundError } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { type Answer, isAbsent, type Unavailable } from '../words/known.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import type { PodView } from '../words/pod.ts';
import { denialOf } from './denials.ts';
import { withEventsOf } from './events.ts';
import { JOB, POD, REPLICA_SET } from './kinds.ts';
import { isNamedAfter, mayBelong } from './may-belong.ts';
import { nearestName } from './missing.ts';
import { NamedUnavailable, PodsUnavailable, type Subjects } from './outcome.ts';
import { OwnerChain } from './owners.ts';
import { inParallel, WIDTH } from './parallel.ts';
import { collectPods, type Selection } from './pods.ts';
import { podView } from './views.ts';

/** So many owners are asked for at most to find out that pods lead to a workload that cannot be read. */
const MAX_GETS = 300;

export interface WorkloadName {
  readonly resource: ResourceKind;
  /** `null`: every object of the kind. */
  readonly name: string | null;
}

/** The kinds between a workload and its pods that are asked for as lists. */
export function between(kind: string): ResourceKind[] {
  if (['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'].includes(kind))
    return [];
  if (kind === 'CronJob') return [JOB];
  return [REPLICA_SET];
}

/**
 * The troubled pods of each workload. A workload that is not there, or that cannot be read and that no pod leads to, is
 * a problem, not a throw.
 */
export async function collectWorkloads(
  source: ObjectSource,
  namespace: string | undefined,
  workloads: readonly WorkloadName[],
  selection: Selection,
): Promise<Subjects> {
  const lists = [...new Set(workloads.flatMap((w) => between(w.resource.kind)))];
  const [pods, asked, ...middles] = await Promise.all([
    collectPods(source, { ...selection, namespace }),
    Promise.all(workloads.map((w) => ask(source, namespace, w))),
    ...lists.map((resource) => source.list<unknown>({ resource, namespace })),
  ]);
  if (!pods.known) throw new PodsUnavailable(pods.why);
  const chain = new OwnerChain(source);
  for (const middle of middles) {
    if (middle.known) for (const object of middle.value) chain.learn(object);
  }
  const members = (
    await Promise.all(pods.value.map((pod) => workloadOf(pod, workloads, chain)))
  ).flatMap((f) => (f ? [f] : []));
  const named = workloads.some((w) => w.name !== null);
  const [told, denials] = await Promise.all([
    source.live && named ? withEventsOf(source, members) : members,
    denialsOf(source, workloads, asked),
  ]);
  const found = told.map((pod) => {
    const denied = denials.find(({ workload }) => workload === pod.workload);
    return denied === undefined ? pod : { ...pod, denied };
  });
  const unseen = middles.flatMap((middle) => (middle.known ? [] : [middle.why]));
  const problems: Error[] = [];
  const gaps: Unavailable[] = [];
  for (const [i, workload] of workloads.entries()) {
    // A pod that was found proves the way to it; without one the gaps decide what may be said.
    if (found.some((f) => f.workload === `${workload.resource.kind}/${workload.name}`)) continue;
    const answer = asked[i];
    if (!answer || answer.known) {
      gaps.push(...unseen);
    } else if (isAbsent(answer.why)) {
      problems.push(await absence(source, namespace, workload));
    } else if (
      unseen.length === 0 &&
      (await hasPods(source, { ...selection, namespace }, workload, chain))
    ) {
      gaps.push(answer.why);
    } else {
      problems.push(new NamedUnavailable(answer.why));
      gaps.push(...unseen);
    }
  }
  const lonely = denials.filter(({ workload }) => !found.some((f) => f.workload === workload));
  return { pods: found, problems, gaps, denials: lonely };
}

async function denialsOf(
  source: ObjectSource,
  workloads: readonly WorkloadName[],
  asked: readonly (Answer<unknown> | null)[],
): Promise<Denial[]> {
  const denials = await Promise.all(
    workloads.map(({ resource: { kind }, name }, i) => {
      const answer = asked[i];
      if (name === null || !answer?.known) return null;
      const object = Array.isArray(answer.value) ? answer.value[0] : answer.value;
      return denialOf(source, { kind, name, object });
    }),
  );
  return denials.filter((denial) => denial !== null);
}

/** The pod with its workload, `null` where it belongs to none of them. */
export async function workloadOf(
  evidence: PodEvidence,
  workloads: readonly WorkloadName[],
  chain: OwnerChain,
): Promise<PodEvidence | null> {
  const { namespace, owner } = evidence.pod;
  for (const { resource, name } of workloads) {
    const via = await chain.leadsTo(namespace, owner, resource, name);
    if (via) {
      return {
        ...evidence,
        workload: `${resource.kind}/${via}`,
        workloadGroup: resource.group,
      };
    }
  }
  return null;
}

/**
 * Whether pods lead to a workload that cannot be read itself, healthy ones as well: then they were looked at. Owners
 * that are named after it are asked first, as most are; false where it takes more than MAX_GETS to find out.
 */
async function hasPods(
  source: ObjectSource,
  { namespace, labelSelector }: Selection,
  workload: WorkloadName,
  chain: OwnerChain,
): Promise<boolean> {
  const { resource, name } = workload;
  const keep = (pod: unknown) => mayBelong(pod, resource.kind, name);
  const pods = await source.list<unknown>({ resource: POD, namespace, labelSelector, keep });
  if (!pods.known) return false;
  const views = pods.value.map(podView);
  const isAlike = ({ owner }: PodView) => isNamedAfter(owner?.name ?? '', name ?? '');
  const before = chain.asked;
  const most = source.live ? MAX_GETS : Number.POSITIVE_INFINITY;
  let found = false;
  for (const some of [views.filter(isAlike), views.filter((pod) => !isAlike(pod))]) {
    await inParallel(some, WIDTH, async (pod) => {
      if (found || chain.asked - before >= most) return;
      if ((await chain.leadsTo(pod.namespace, pod.owner, resource, name)) !== null) found = true;
    });
    if (found) return true;
  }
  return false;
}

/** The workload itself; `null` where none is named or no namespace says where to look. */
async function ask(
  source: ObjectSource,
  namespace: string | undefined,
  { resource, name }: WorkloadName,
): Promise<Answer<unknown> | null> {
  if (name === null) return null;
  if (namespace !== undefined) return source.get<unknown>({ resource, namespace, name });
  const answer = await source.list<unknown>({ resource, fieldSelector: `metadata.name=${name}` });
  if (!answer.known || answer.value.length > 0) return answer;
  const what = `${resource.plural} ${name}`;
  return {
    known: false,
    why: { reason: 'not in the file', what, text: `${what} is not in the file` },
  };
}

/** The error for a workload that is not there. */
async function absence(
  source: ObjectSource,
  namespace: string | undefined,
  { resource, name }: WorkloadName,
): Promise<Error> {
  const type = resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
  const near = await nearestName(source, resource, namespace, name ?? '');
  const hints = near ? [`did you mean "${near}"?`] : [];
  return new NotFoundError(type, name ?? '', namespace, hints, source.live);
}
