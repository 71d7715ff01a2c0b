/**
 * Events of pods whose own status does not say enough, in as few and as small requests as may be: events are the
 * largest list of many clusters, and an API server is asked for them when it already struggles.
 */
import type { PodEvidence } from '../words/evidence.ts';
import { type Answer, mapAnswer } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import { type EventView, isBeingCreated } from '../words/pod.ts';
import { EVENT } from './kinds.ts';
import { inParallel, WIDTH } from './parallel.ts';
import { ofThisPod } from './pods.ts';
import { isRelevantEvent } from './relevant.ts';
import { eventView } from './views.ts';

/** In a namespace with more such pods than this its events are one list. */
const PODS_ONE_BY_ONE = 5;
/** In a cluster with more such namespaces than this its warnings are one list. */
const NAMESPACES_ONE_BY_ONE = 20;
/** Of so many pods the other events are asked for, too, where a warning may be out of date. */
const MAX_AGAIN = 50;

const OF_PODS = 'involvedObject.kind=Pod';

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
  const byNamespace = Map.groupBy(pods, (p) => p.pod.namespace);
  const found =
    byNamespace.size > NAMESPACES_ONE_BY_ONE
      ? await warningsOf(source, pods)
      : await ask(source, [...byNamespace].flatMap(partsOf));
  return pods.map((pod) => ({ ...pod, events: found.get(pod) ?? pod.events }));
}

function partsOf([namespace, pods]: [string, readonly PodEvidence[]]): Part[] {
  if (pods.length > PODS_ONE_BY_ONE) return [{ namespace, fieldSelector: OF_PODS, pods }];
  return pods.map(alone);
}

function alone(evidence: PodEvidence): Part {
  const { namespace, name } = evidence.pod;
  const fieldSelector = `${OF_PODS},involvedObject.name=${name}`;
  return { namespace, fieldSelector, pods: [evidence] };
}

/**
 * One list for the cluster. A warning alone does not tell whether the pod got further since, so that pods which are
 * still being created and have one are asked about by name.
 */
async function warningsOf(
  source: ObjectSource,
  pods: readonly PodEvidence[],
): Promise<Map<PodEvidence, Events>> {
  const fieldSelector = `${OF_PODS},type=Warning`;
  const found = await ask(source, [{ namespace: undefined, fieldSelector, pods }]);
  const [first] = found.values();
  // Who may not look at the whole cluster may be allowed to look at some namespaces.
  if (first && !first.known && first.why.reason === 'forbidden') {
    return ask(source, [...Map.groupBy(pods, (p) => p.pod.namespace)].flatMap(partsOf));
  }
  const unsure = pods.filter((pod) => {
    const events = found.get(pod);
    return events?.known && events.value.length > 0 && pod.pod.containers.some(isBeingCreated);
  });
  const again = await ask(source, unsure.slice(0, MAX_AGAIN).map(alone));
  return new Map([...found, ...again]);
}

async function ask(
  source: ObjectSource,
  parts: readonly Part[],
): Promise<Map<PodEvidence, Events>> {
  const found = new Map<PodEvidence, Events>();
  await inParallel(parts, WIDTH, async ({ namespace, fieldSelector, pods }) => {
    const wanted = new Set(pods.map(({ pod }) => `${pod.namespace}/${pod.name}`));
    const answer = await source.list<unknown>({
      resource: EVENT,
      namespace,
      fieldSelector,
      keep: (event) => isRelevantEvent(event) && wanted.has(subjectOf(eventView(event))),
    });
    const events = mapAnswer(answer, (list) => Map.groupBy(list.map(eventView), subjectOf));
    for (const evidence of pods) {
      const { pod } = evidence;
      const own = mapAnswer(events, (all) => all.get(`${pod.namespace}/${pod.name}`) ?? []);
      found.set(
        evidence,
        mapAnswer(own, (list) => ofThisPod(pod, list)),
      );
    }
  });
  return found;
}

function subjectOf(event: EventView): string {
  return `${event.namespace}/${event.object.name}`;
}
