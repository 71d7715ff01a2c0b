/** Nodes that have the image already: why some replicas run. Pure. */
import type { PodEvidence } from '../words/evidence.ts';
import type { Contributing } from '../words/verdict.ts';
import type { Failing } from './failing.ts';

const NODES_SHOWN = 5;

/** A finding where other nodes list the image; that none does proves nothing, since a kubelet lists 50 images. */
export function holders(
  evidence: PodEvidence,
  failing: Failing,
  same: (onNode: string, inPod: string) => boolean,
): Contributing[] {
  if (failing.kind === 'sandbox' || failing.pullPolicy === 'Always') return [];
  const nodes = (evidence.holders ?? [])
    .filter(({ node }) => node !== evidence.pod.node)
    .filter(({ images }) => images.some((name) => same(name, failing.image)))
    .map(({ node }) => node)
    .sort();
  const [first] = nodes;
  if (first === undefined) return [];
  const more = nodes.length > NODES_SHOWN ? ` and ${nodes.length - NODES_SHOWN} more` : '';
  const names = nodes.slice(0, NODES_SHOWN).join(', ') + more;
  const which = nodes.length === 1 ? `node ${names} has` : `nodes ${names} have`;
  const policy = failing.pullPolicy || 'IfNotPresent';
  return [
    {
      code: 'image-on-nodes',
      object: `node/${first}`,
      text: `${which} this image already: with imagePullPolicy ${policy} a pod there need not pull it, which is why some replicas may run`,
    },
  ];
}
