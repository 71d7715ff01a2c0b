/** Which pods a command line means, with the first round of evidence for each. */
import type { PodEvidence } from '../words/evidence.ts';
import { type Answer, isAbsent } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { EventView } from '../words/pod.ts';
import { podFromEvents } from './gone.ts';
import { EVENT } from './kinds.ts';
import { missingPod } from './missing.ts';
import { PodsUnavailable, type Subjects } from './outcome.ts';
import { bareEvidence, collectPod, collectPods, ofThisPod, type Selection } from './pods.ts';
import { isRelevantEvent } from './relevant.ts';
import { eventView } from './views.ts';

/** Every troubled pod of a selection. Saved objects without pods are read by their events. */
export async function selectedPods(
  source: ObjectSource,
  selection: Selection,
): Promise<readonly PodEvidence[]> {
  const answer = await collectPods(source, selection);
  if (answer.known) return answer.value;
  const pods =
    answer.why.reason === 'not in the file' ? await podsOfEvents(source, selection) : null;
  // Events stand in for pods: where there are neither, pods are what is missing.
  if (pods === null) throw new PodsUnavailable(answer.why);
  return pods;
}

/** Pods that only their events tell of (`kubectl get events -o json | … -f -`); `null` where there are no events either. */
async function podsOfEvents(
  source: ObjectSource,
  selection: Selection,
): Promise<readonly PodEvidence[] | null> {
  const answer = await source.list<unknown>({
    resource: EVENT,
    namespace: selection.namespace,
    keep: isRelevantEvent,
  });
  if (!answer.known) return null;
  const byPod = new Map<string, EventView[]>();
  for (const event of answer.value.map(eventView)) {
    const key = `${event.namespace}/${event.object.name}`;
    byPod.set(key, [...(byPod.get(key) ?? []), event]);
  }
  return [...byPod.values()].flatMap((events) => {
    const { namespace, object } = events[0] as EventView;
    const pod = podFromEvents(namespace, object.name, events);
    if (!pod?.containers.some((c) => c.state.kind === 'waiting')) return [];
    return [bareEvidence(pod, { known: true, value: ofThisPod(pod, events) }, 'not in the file')];
  });
}

/** Pods named one by one, all at once. Without a namespace (saved objects) a name is looked for in all of them. */
export async function namedPods(
  source: ObjectSource,
  namespace: string | undefined,
  names: readonly string[],
): Promise<Subjects> {
  const found = await Promise.all(names.map((name) => namedPod(source, namespace, name)));
  return {
    pods: found.flatMap((f) => f.pods),
    problems: found.flatMap((f) => f.problems),
    gaps: found.flatMap((f) => f.gaps),
  };
}

async function namedPod(
  source: ObjectSource,
  namespace: string | undefined,
  name: string,
): Promise<Subjects> {
  if (namespace === undefined) {
    const fieldSelector = `metadata.name=${name}`;
    const answer = await collectPods(source, { fieldSelector, all: true });
    if (answer.known && answer.value.length > 0)
      return { pods: answer.value, problems: [], gaps: [] };
    const told = (await podsOfEvents(source, {})) ?? [];
    const events = told.filter((p) => p.pod.name === name);
    if (events.length > 0) return { pods: events, problems: [], gaps: [] };
    return missingPod(source, namespace, name, null);
  }
  const { pod, events } = await collectPod(source, namespace, name);
  if (!pod.known) {
    if (!isAbsent(pod.why)) throw new PodsUnavailable(pod.why);
    return missingPod(source, namespace, name, known(events));
  }
  const own: Answer<readonly EventView[]> = events.known
    ? { known: true, value: ofThisPod(pod.value, events.value) }
    : events;
  return { pods: [bareEvidence(pod.value, own)], problems: [], gaps: [] };
}

function known<T>(answer: Answer<T>): T | null {
  return answer.known ? answer.value : null;
}
