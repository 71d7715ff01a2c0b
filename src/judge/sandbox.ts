/**
 * What to do where the sandbox ("pause") image does not pull. The runtime pulls it with its own settings: the pod's
 * pull secrets and image play no part, so the advice of the cause itself would lead astray. Pure.
 */
import type { NextStep } from '../words/next-step.ts';

export const SANDBOX_STEPS: readonly NextStep[] = [
  {
    text: 'On node {node}: see which sandbox image the runtime is set to (containerd: sandbox or sandbox_image, CRI-O: pause_image)',
    command:
      "kubectl debug node/{node} -it --image=busybox -- chroot /host sh -c 'containerd config dump 2>/dev/null | grep sandbox; grep -rh pause_image /etc/crio'",
  },
  {
    text: 'Name an image there that the node can pull, or give the runtime credentials for it in its own configuration; pull secrets of pods are not used for it',
  },
  {
    text: 'See whether every new pod of the node fails',
    command: 'kubectl imagepull describe -A --field-selector spec.nodeName={node}',
  },
];
