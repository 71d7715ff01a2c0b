/**
 * Events of pods whose own status does not say enough, in as few and as small requests as may be: events are the
 * largest list of many clusters, and an API server is asked for them when it already struggles.
 */
import type { PodEvidence } from '../words/evidence.ts';
import { type Answer, mapAnswer } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { EventView } from '../words/pod.ts';
import { EVENT } from './kinds.ts';
import { inParallel } from './parallel.ts';
import { ofThisPod } from './pods.ts';
import { isRelevantEvent } from './relevant.ts';
import { eventView } from './views.ts';

/** In a namespace with more such pods than this its events are one list. */
const PODS_ONE_BY_ONE = 5;
/** In a cluster with more such namespaces than this its events are one list. */
const NAMESPACES_ONE_BY_ONE = 20;
/** Requests at the same time. */
const WIDTH = 12;

const OF_PODS = 'involvedObject.kind=Pod';
/** Field selectors know no "one of", so what is frequent and tells nothing is left out instead. */
const NOT_NOISE = ['Scheduled', 'Started', 'Killing', 'Unhealthy', 'Preempting']
  .map((reason) => `reason!=${reason}`)
  .join(',');

type Events = Answer<readonly EventView[]>;

/** One list of events, and which pods it is about. */
interface Part {
  readonly namespace: string | undefined;
  readonly fieldSelector: string;
  readonly pods: readonly PodEvidence[];
}

/** The same pods, in their order, with their events, or with the reason why these are not known. */
export async function withEventsOf(
  source: ObjectSource,
  pods: readonly PodEvidence[],
): Promise<PodEvidence[]> {
  const found = new Map<PodEvidence, Events>();
  await inParallel(partsOf(pods), WIDTH, async (part) => {
    const wanted = new Set(part.pods.map(keyOf));
    const answer = await source.list<unknown>({
      resource: EVENT,
      namespace: part.namespace,
      fieldSelector: part.fieldSelector,
      keep: (event) => isRelevantEvent(event) && wanted.has(subjectOf(eventView(event))),
    });
    const events = mapAnswer(answer, (list) => list.map(eventView));
    for (const pod of part.pods) found.set(pod, ownOf(pod, events));
  });
  return pods.map((pod) => ({ ...pod, events: found.get(pod) ?? pod.events }));
}

function partsOf(pods: readonly PodEvidence[]): Part[] {
  const byNamespace = Map.groupBy(pods, (p) => p.pod.namespace);
  if (byNamespace.size > NAMESPACES_ONE_BY_ONE) {
    return [{ namespace: undefined, fieldSelector: `${OF_PODS},${NOT_NOISE}`, pods }];
  }
  return [...byNamespace].flatMap(([namespace, own]): Part[] => {
    if (own.length > PODS_ONE_BY_ONE) return [{ namespace, fieldSelector: OF_PODS, pods: own }];
    return own.map((pod) => ({
      namespace,
      fieldSelector: `${OF_PODS},involvedObject.name=${pod.pod.name}`,
      pods: [pod],
    }));
  });
}

function keyOf({ pod }: PodEvidence): string {
  return `${pod.namespace}/${pod.name}`;
}

function subjectOf(event: EventView): string {
  return `${event.namespace}/${event.object.name}`;
}

function ownOf(pod: PodEvidence, events: Events): Events {
  const key = keyOf(pod);
  return mapAnswer(events, (list) =>
    ofThisPod(
      pod.pod,
      list.filter((event) => subjectOf(event) === key),
    ),
  );
}
