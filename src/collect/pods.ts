/** The first round: which pods, and what was said about them. Pods and events are asked for in parallel. */
import type { PodEvidence, Presence } from '../words/evidence.ts';
import { type Answer, mapAnswer, notAsked } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import { apiGroup, deploymentOf, type EventView, type PodView } from '../words/pod.ts';
import { EVENT, POD } from './kinds.ts';
import { isRelevantEvent, isTroubledPod, mayBeTroubledPod } from './relevant.ts';
import { eventView, podView } from './views.ts';

export interface Selection {
  /** Absent: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Keep every selected pod, not only those with a waiting container. */
  readonly all?: boolean;
  /** Told of each troubled pod while the rest of the list is still on its way. */
  readonly onPod?: ((evidence: PodEvidence) => void) | undefined;
}

const NOTHING = notAsked('', '');

/** A pod with its events; the other parts are filled in by `enrich`. */
export function bareEvidence(
  pod: PodView,
  events: Answer<readonly EventView[]>,
  presence: Presence = 'there',
): PodEvidence {
  return {
    presence,
    pod,
    events,
    node: NOTHING,
    serviceAccount: NOTHING,
    secrets: new Map(),
    secretNames: NOTHING,
    ...workloadOf(pod),
  };
}

/** The owner; of a Deployment's pod the Deployment. */
function workloadOf(pod: PodView): Pick<PodEvidence, 'workload' | 'workloadGroup'> {
  const { owner } = pod;
  if (owner === null) return { workload: null };
  const deployment = deploymentOf(pod);
  return deployment === null
    ? { workload: `${owner.kind}/${owner.name}`, workloadGroup: apiGroup(owner.apiVersion) }
    : { workload: `Deployment/${deployment}`, workloadGroup: 'apps' };
}

/** One pod by name, in one round trip. The pod's answer is unknown where it is not there or may not be read. */
export async function collectPod(
  source: ObjectSource,
  namespace: string,
  name: string,
): Promise<{ pod: Answer<PodView>; events: Answer<readonly EventView[]> }> {
  const [pod, events] = await Promise.all([
    source.get<unknown>({ resource: POD, namespace, name }),
    source.list<unknown>({
      resource: EVENT,
      namespace,
      fieldSelector: `involvedObject.kind=Pod,involvedObject.name=${name}`,
    }),
  ]);
  return {
    pod: mapAnswer(pod, podView),
    events: mapAnswer(events, (items) => items.map(eventView)),
  };
}

/**
 * Pods of a selection. Saved objects come with their events; of a live server events are asked for later, and only
 * for pods that need them (`events.ts`).
 */
export async function collectPods(
  source: ObjectSource,
  selection: Selection,
): Promise<Answer<readonly PodEvidence[]>> {
  const { namespace, onPod } = selection;
  const troubled = (pod: unknown) => {
    const kept = isTroubledPod(pod);
    if (kept) onPod?.(bareEvidence(podView(pod), NOTHING));
    return kept;
  };
  const [pods, events] = await Promise.all([
    source.list<unknown>({
      resource: POD,
      namespace,
      labelSelector: selection.labelSelector,
      fieldSelector: selection.fieldSelector,
      ...(!selection.all && { keep: troubled, mayKeep: mayBeTroubledPod }),
    }),
    source.live
      ? NOTHING
      : source.list<unknown>({ resource: EVENT, namespace, keep: isRelevantEvent }),
  ]);
  return mapAnswer(pods, (items) =>
    withEvents(
      items.map(podView),
      mapAnswer(events, (list) => list.map(eventView)),
    ),
  );
}

/** Gives each pod its own events; a pod of the same name that lived before keeps out by its uid. */
export function withEvents(
  pods: readonly PodView[],
  events: Answer<readonly EventView[]>,
): PodEvidence[] {
  if (!events.known) return pods.map((pod) => bareEvidence(pod, events));
  const byPod = new Map<string, EventView[]>();
  for (const event of events.value) {
    const key = `${event.namespace}/${event.object.name}`;
    const own = byPod.get(key);
    if (own) own.push(event);
    else byPod.set(key, [event]);
  }
  return pods.map((pod) => {
    const own = byPod.get(`${pod.namespace}/${pod.name}`) ?? [];
    return bareEvidence(pod, { known: true, value: ofThisPod(pod, own) });
  });
}

/** Events without a uid (old or hand-made) count as the pod's own. */
export function ofThisPod(pod: PodView, events: readonly EventView[]): readonly EventView[] {
  return events.filter((e) => !pod.uid || !e.object.uid || e.object.uid === pod.uid);
}
