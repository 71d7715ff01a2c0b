import type { NextStep } from '../words/verdict.ts';

/** Steps and sentences that several causes share, so that they stay the same everywhere. */

/** What governs the connection of an image pull; said with every network cause. */
export const NODE_PULLS =
  'The node pulls the image, not the pod: NetworkPolicy does not govern it. What does: the firewall, the proxy, the ' +
  'DNS and the CA certificates of the node.';

export const VERIFY: NextStep = {
  text: 'Ask the registry from here; an answer here and none on the node points to the node',
  command: 'kubectl imagepull verify {pod} -n {namespace}',
};

export const SAME_NODE: NextStep = {
  text: 'See whether other pods on the node fail as well',
  command: 'kubectl imagepull describe -A --field-selector spec.nodeName={node}',
};

/** A command on the node itself, for whoever may open a shell there. */
export function onNode(text: string, command: string): NextStep {
  return {
    text: `On node {node}: ${text}`,
    command: `kubectl debug node/{node} -it --image=busybox -- chroot /host ${command}`,
  };
}
