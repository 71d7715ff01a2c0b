/** A pod that was named and is not there: gone, mistyped, or in another namespace. */
import { NotFoundError } from '../words/errors.ts';
import { lookUp } from '../words/lookup.ts';
import { nearest } from '../words/nearest.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import type { EventView } from '../words/pod.ts';
import { makerOf, podFromEvents } from './gone.ts';
import { nameOf, obj, str } from './json.ts';
import { EVENT, POD } from './kinds.ts';
import type { Subjects } from './outcome.ts';
import { bareEvidence } from './pods.ts';
import { eventView, ownerOf } from './views.ts';

/** Namespaces that are named in an error at most. */
const MAX_NAMED = 3;

/**
 * Answers from the pod's events where there are any (`events` of the first round, `null` where they are not
 * known); else the error names the nearest pod and the namespaces that have one of this name.
 */
export async function missingPod(
  source: ObjectSource,
  namespace: string | undefined,
  name: string,
  events: readonly EventView[] | null,
): Promise<Subjects> {
  const pod = podFromEvents(namespace ?? '', name, events ?? []);
  if (pod && pod.containers.length > 0) {
    const maker = namespace === undefined ? null : await makerFrom(source, namespace, name);
    const evidence = bareEvidence(
      pod,
      { known: true, value: events ?? [] },
      source.live ? 'gone' : 'not in the file',
    );
    return { pods: [{ ...evidence, workload: maker }], problems: [], gaps: [] };
  }
  const [near, elsewhere] = await Promise.all([
    nearestPod(source, namespace, name),
    namespace === undefined ? [] : namespacesWith(source, POD, name, namespace),
  ]);
  const hints: string[] = [];
  if (elsewhere.length > 0) {
    const names = elsewhere.slice(0, MAX_NAMED).join(', ');
    hints.push(`namespace ${names} has a pod of this name`);
  }
  if (near) hints.push(`did you mean "${near}"?`);
  const problem = new NotFoundError('pods', name, namespace, hints, source.live);
  return { pods: [], problems: [problem], gaps: [] };
}

/** The name nearest to one that is not there; `null` where none is near or the list may not be read. */
export async function nearestName(
  source: ObjectSource,
  resource: ResourceKind,
  namespace: string | undefined,
  name: string,
): Promise<string | null> {
  const answer = await source.list<unknown>({ resource, namespace });
  return answer.known ? nearest(name, answer.value.map(nameOf)) : null;
}

/** Short types of the owners whose name a pod's name begins with. */
const OWNER_TYPES: Readonly<Record<string, string>> = {
  ReplicaSet: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  Job: 'job',
};

/** The workload of this name, where pods of it are there; else the pod with the nearest name. */
async function nearestPod(
  source: ObjectSource,
  namespace: string | undefined,
  name: string,
): Promise<string | null> {
  const answer = await source.list<unknown>({ resource: POD, namespace });
  if (!answer.known) return null;
  for (const pod of answer.value) {
    const owner = ownerOf(pod);
    const type = lookUp(OWNER_TYPES, owner?.kind ?? '');
    const own = owner?.name === name || owner?.name.startsWith(`${name}-`);
    if (type && own && nameOf(pod).startsWith(`${name}-`)) return `${type}/${name}`;
  }
  return nearest(name, answer.value.map(nameOf));
}

/** Other namespaces that have an object of this name; none where that may not be looked at. */
export async function namespacesWith(
  source: ObjectSource,
  resource: ResourceKind,
  name: string,
  besides: string,
): Promise<string[]> {
  const answer = await source.list<unknown>({
    resource,
    fieldSelector: `metadata.name=${name}`,
    metadataOnly: true,
  });
  if (!answer.known) return [];
  return answer.value
    .map((pod) => str(obj(obj(pod)['metadata'])['namespace']))
    .filter((namespace) => namespace !== besides);
}

async function makerFrom(
  source: ObjectSource,
  namespace: string,
  name: string,
): Promise<string | null> {
  const answer = await source.list<unknown>({
    resource: EVENT,
    namespace,
    fieldSelector: 'reason=SuccessfulCreate',
  });
  return answer.known ? makerOf(name, answer.value.map(eventView)) : null;
}
