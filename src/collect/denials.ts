/** Workloads whose controllers may not make pods: what the API server told them. */
import type { Denial } from '../words/cluster-sources.ts';
import type { ObjectSource } from '../words/objects.ts';
import { redact } from '../words/redact.ts';
import { type Json, list, num, obj, str, time } from './json.ts';
import { EVENT } from './kinds.ts';
import { eventView } from './views.ts';

/** A workload that was named, and the object itself. */
export interface NamedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly object: unknown;
}

/**
 * `null` where it makes its pods. Deployments and ReplicaSets say it in a condition (`ReplicaFailure`); of the others
 * events are asked for, and only where pods are missing.
 */
export async function denialOf(
  source: ObjectSource,
  { kind, name, object }: NamedWorkload,
): Promise<Denial | null> {
  const o = obj(object);
  const meta = obj(o['metadata']);
  const namespace = str(meta['namespace']) || 'default';
  const base = { namespace, workload: `${kind}/${name}` };
  const condition = list(obj(o['status'])['conditions']).find(
    (c) => str(c['type']) === 'ReplicaFailure' && str(c['status']) === 'True',
  );
  if (condition !== undefined) {
    const text = redact(str(condition['message']));
    return { ...base, text, at: time(condition['lastTransitionTime']) };
  }
  if (!lacksPods(kind, o)) return null;
  const answer = await source.list<unknown>({
    resource: EVENT,
    namespace,
    fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name},reason=FailedCreate`,
  });
  const events = answer.known ? answer.value.map(eventView) : [];
  const uid = str(meta['uid']);
  const [newest] = events
    .filter(({ object: about }) => uid === '' || about.uid === '' || about.uid === uid)
    .sort((a, b) => (b.last ?? 0) - (a.last ?? 0));
  return newest === undefined ? null : { ...base, text: newest.text, at: newest.last };
}

/** Of kinds whose own controller makes the pods, and has no condition for a refusal: fewer pods than are wanted. */
function lacksPods(kind: string, object: Json): boolean {
  const status = obj(object['status']);
  const count = (field: string) => num(status[field]) ?? 0;
  switch (kind) {
    case 'StatefulSet':
      return count('replicas') < (num(obj(object['spec'])['replicas']) ?? 1);
    case 'DaemonSet':
      return count('currentNumberScheduled') < count('desiredNumberScheduled');
    case 'Job':
      return count('active') + count('succeeded') + count('failed') === 0;
    default:
      return false;
  }
}
