/** Which nodes have an image: `status.images`, the 50 largest as a kubelet reports them (nodeStatusMaxImages). */
import type { Holder, PodEvidence } from '../words/evidence.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { Enrich } from './enrich.ts';
import { NODE } from './kinds.ts';
import { nodeView } from './views.ts';

/**
 * Adds the nodes that list an image of the pod: one list for all pods of the same images, of a large cluster its first
 * page. Where nodes may not be listed nothing is added: it would be a remark beside the cause, not the cause.
 */
export function withHolders(source: ObjectSource, enrich: Enrich): Enrich {
  const asked = new Map<string, ReturnType<typeof holdersOf>>();
  const holders = (endings: readonly string[]) => {
    const key = endings.join(' ');
    const known = asked.get(key) ?? holdersOf(source, endings);
    asked.set(key, known);
    return known;
  };
  return async (evidence, wants) => {
    const endings = wants.holders ? endingsOf(evidence) : [];
    const [enriched, found] = await Promise.all([
      enrich(evidence, wants),
      endings.length > 0 ? holders(endings) : undefined,
    ]);
    return found === undefined ? enriched : { ...enriched, holders: found };
  };
}

/** `app:1.0` of `quay.io/team/app:1.0`: however a node writes the name, it holds this. */
function endingsOf({ pod }: PodEvidence): string[] {
  const images = [...pod.containers, ...pod.imageVolumes].map(({ image }) => image);
  const endings = images.map((image) => image.slice(image.lastIndexOf('/') + 1));
  return [...new Set(endings.filter((ending) => ending !== ''))];
}

async function holdersOf(
  source: ObjectSource,
  endings: readonly string[],
): Promise<readonly Holder[] | undefined> {
  const holds = (text: string) => endings.some((ending) => text.includes(ending));
  const answer = await source.list<unknown>({
    resource: NODE,
    firstPage: true,
    mayKeep: holds,
    keep: (node) => nodeView(node).images.some(holds),
  });
  if (!answer.known) return undefined;
  return answer.value.map(nodeView).map(({ name, images }) => ({
    node: name,
    images: images.filter(holds),
  }));
}
