/**
 * Whether a workload has made all the pods it means to make: until then "all its pods have their images" says too
 * little. Rule: kubectl pkg/polymorphichelpers/rollout_status.go.
 */
import type { ObjectSource } from '../words/objects.ts';
import { type Json, list, num, obj, str } from './json.ts';
import type { WorkloadName } from './workloads.ts';

export interface Rollout {
  /** Pods it is to have; `null` where that cannot be said. */
  readonly wanted: number | null;
  /** No further pod is to be expected. */
  readonly settled: boolean;
}

const UNKNOWN: Rollout = { wanted: null, settled: true };

/** Asks for the workload. One that may not be read, or is of a kind without replicas, counts as settled. */
export async function rolloutOf(
  source: ObjectSource,
  namespace: string | undefined,
  { resource, name }: WorkloadName,
): Promise<Rollout> {
  if (name === null || namespace === undefined) return UNKNOWN;
  const answer = await source.get<unknown>({ resource, namespace, name });
  return answer.known ? readRollout(resource.kind, answer.value) : UNKNOWN;
}

/** From the object. */
export function readRollout(kind: string, object: unknown): Rollout {
  const spec = obj(obj(object)['spec']);
  const status = obj(obj(object)['status']);
  const count = (field: string) => num(status[field]) ?? 0;
  const generation = num(obj(obj(object)['metadata'])['generation']) ?? 0;
  const seen = count('observedGeneration') >= generation;
  const replicas = num(spec['replicas']) ?? 1;
  switch (kind) {
    case 'Deployment':
      return {
        wanted: replicas,
        settled:
          seen &&
          (count('updatedReplicas') >= replicas || spec['paused'] === true || stalled(status)),
      };
    case 'StatefulSet': {
      const strategy = obj(spec['updateStrategy']);
      const partition = num(obj(strategy['rollingUpdate'])['partition']) ?? 0;
      const updates = str(strategy['type']) !== 'OnDelete';
      const enough = !updates || count('updatedReplicas') >= replicas - partition;
      return { wanted: replicas, settled: seen && count('replicas') >= replicas && enough };
    }
    case 'DaemonSet': {
      const wanted = count('desiredNumberScheduled');
      const updates = str(obj(spec['updateStrategy'])['type']) !== 'OnDelete';
      const made = updates ? count('updatedNumberScheduled') : count('currentNumberScheduled');
      return { wanted, settled: seen && made >= wanted };
    }
    case 'ReplicaSet':
    case 'ReplicationController':
      return { wanted: replicas, settled: seen && count('replicas') >= replicas };
    case 'Job':
      return {
        wanted: null,
        settled: count('active') + count('succeeded') + count('failed') > 0 || finished(status),
      };
    default:
      return UNKNOWN;
  }
}

/** The Deployment has given up waiting for its pods to become ready: that is not about images any more. */
function stalled(status: Json): boolean {
  return list(status['conditions']).some(
    (c) => c['type'] === 'Progressing' && c['status'] === 'False',
  );
}

function finished(status: Json): boolean {
  return list(status['conditions']).some(
    (c) => (c['type'] === 'Complete' || c['type'] === 'Failed') && c['status'] === 'True',
  );
}
