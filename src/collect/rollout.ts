/**
 * Whether a workload has made all the pods it means to make: until then "all its pods have their images" says too
 * little. Rule: kubectl pkg/polymorphichelpers/rollout_status.go.
 */
import { isAbsent } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import { type Json, list, num, obj, str } from './json.ts';
import type { WorkloadName } from './workloads.ts';

export interface Rollout {
  /** Pods it is to have; `null` where that cannot be said. */
  readonly wanted: number | null;
  /** No further pod is to be expected. */
  readonly settled: boolean;
  /** Its controller has given up, or waits for a person: fewer pods than wanted are all there will be. */
  readonly halted: boolean;
}

const UNKNOWN: Rollout = { wanted: null, settled: true, halted: false };

/**
 * Asks for the workload. One that may not be read, or is of a kind without replicas, counts as settled; `gone`: it
 * does not exist any more; `null`: the server did not say, ask again.
 */
export async function rolloutOf(
  source: ObjectSource,
  namespace: string | undefined,
  { resource, name }: WorkloadName,
): Promise<Rollout | 'gone' | null> {
  if (name === null || namespace === undefined) return UNKNOWN;
  const answer = await source.get<unknown>({ resource, namespace, name });
  if (answer.known) return readRollout(resource.kind, answer.value);
  if (isAbsent(answer.why)) return 'gone';
  return answer.why.reason === 'forbidden' ? UNKNOWN : null;
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
    case 'Deployment': {
      const halted = seen && (spec['paused'] === true || stalled(status));
      return {
        wanted: replicas,
        settled: halted || (seen && count('updatedReplicas') >= replicas),
        halted,
      };
    }
    case 'StatefulSet': {
      const strategy = obj(spec['updateStrategy']);
      const partition = num(obj(strategy['rollingUpdate'])['partition']) ?? 0;
      const updates = str(strategy['type']) !== 'OnDelete';
      const enough = !updates || count('updatedReplicas') >= replicas - partition;
      const settled = seen && count('replicas') >= replicas && enough;
      return { wanted: replicas, settled, halted: false };
    }
    case 'DaemonSet': {
      const wanted = count('desiredNumberScheduled');
      const updates = str(obj(spec['updateStrategy'])['type']) !== 'OnDelete';
      const made = updates ? count('updatedNumberScheduled') : count('currentNumberScheduled');
      return { wanted, settled: seen && made >= wanted, halted: false };
    }
    case 'ReplicaSet':
    case 'ReplicationController':
      return {
        wanted: replicas,
        settled: seen && count('replicas') >= replicas,
        halted: false,
      };
    case 'Job':
      return {
        wanted: null,
        settled: count('active') + count('succeeded') + count('failed') > 0 || finished(status),
        halted: false,
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
