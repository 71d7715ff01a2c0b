import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { ALLOW_PULL } from '../steps.ts';

export const ImageNeverPull: Cause = {
  name: 'ImageNeverPull',
  title: 'the image is not on the node and the pull policy is Never',
  meaning:
    'With imagePullPolicy Never the kubelet only uses images that are already on the node. It is not there, was ' +
    'removed by garbage collection, or lies on another node. Current kubelets say the same when the image is there but ' +
    'was pulled with a secret that this pod does not have.',
  patterns: [
    {
      runtime: 'kubelet',
      match: /is not present with pull policy of Never|ErrImageNeverPull/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'name',
    },
  ],
  examples: [
    {
      id: 'A067',
      text: 'Container image "error_pages:local" is not present with pull policy of Never',
    },
  ],
  tellApart: [
    {
      from: 'Unauthorized',
      how: 'If the node lists the image, it was pulled with a secret: give the pod the same pull secret.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'image',
  nextSteps: [
    {
      text: 'See whether the node has the image',
      command:
        'kubectl get node {node} -o jsonpath=\'{range .status.images[*]}{.names[*]}{"\\n"}{end}\'',
    },
    {
      text: 'Load the image onto the node (ctr -n k8s.io images import, crictl pull), or do the next step',
    },
    ALLOW_PULL,
  ],
};
