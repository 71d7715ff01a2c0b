/** Pods that differ in nothing that matters for their credentials. */
import type { PodEvidence } from '../words/evidence.ts';
import type { ObjectSource } from '../words/objects.ts';
import { withEventsOf } from './events.ts';

/** One pod for all that are alike, a failing one where there is one. */
export interface AlikePods {
  readonly example: PodEvidence;
  /** Names of the others. */
  readonly others: readonly string[];
}

/** Replicas of a workload share images, list and ServiceAccount: they are looked at once. */
export function alikePods(pods: readonly PodEvidence[]): AlikePods[] {
  const groups = Map.groupBy(pods, ({ pod }) =>
    JSON.stringify([
      pod.namespace,
      pod.serviceAccount,
      pod.pullSecrets,
      pod.containers.map(({ name, image }) => [name, image]),
      pod.imageVolumes,
      pod.owner?.uid || pod.owner?.name || pod.name,
    ]),
  );
  return [...groups.values()].flatMap((same) => {
    const example = same.find(({ pod }) => pod.containers.some(waits)) ?? same[0];
    if (example === undefined) return [];
    const others = same.filter((p) => p !== example).map(({ pod }) => pod.name);
    return [{ example, others }];
  });
}

function waits({ state }: PodEvidence['pod']['containers'][number]): boolean {
  return state.kind === 'waiting';
}

/** Events of those that fail, of a live server only: saved objects come with theirs. A pod named by itself has them. */
export async function withEventsOfFailing(
  source: ObjectSource,
  groups: readonly AlikePods[],
): Promise<AlikePods[]> {
  const wanting = groups.filter(({ example }) => {
    const { events, pod } = example;
    return source.live && !events.known && events.why.text === '' && pod.containers.some(waits);
  });
  const told = await withEventsOf(
    source,
    wanting.map(({ example }) => example),
  );
  return groups.map((group) => {
    const example = told[wanting.indexOf(group)];
    return example === undefined ? group : { ...group, example };
  });
}
