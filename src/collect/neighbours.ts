/** Which images a node had for other pods. */
import type { Neighbour } from '../words/evidence.ts';
import { type Answer, mapAnswer } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { ContainerView } from '../words/pod.ts';
import { POD } from './kinds.ts';
import { podView } from './views.ts';

/** The pods of one namespace on one node: few, since a node runs some hundred pods at most. */
export async function neighboursOn(
  source: ObjectSource,
  namespace: string,
  node: string,
): Promise<Answer<readonly Neighbour[]>> {
  const fieldSelector = `spec.nodeName=${node}`;
  const pods = await source.list<unknown>({ resource: POD, namespace, fieldSelector });
  return mapAnswer(pods, (items) =>
    items
      .map(podView)
      .map(({ name, containers }) => ({
        name,
        images: containers.filter(wasStarted).map((c) => c.image),
      }))
      .filter(({ images }) => images.length > 0),
  );
}

function wasStarted({ state, lastState }: ContainerView): boolean {
  return [state, lastState].some((s) => s.kind === 'running' || s.kind === 'terminated');
}
