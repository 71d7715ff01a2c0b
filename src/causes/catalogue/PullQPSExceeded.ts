import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';

export const PullQPSExceeded: Cause = {
  name: 'PullQPSExceeded',
  title: 'the kubelet has started too many pulls at once',
  meaning:
    'The kubelet limits how many pulls it starts (registryPullQPS, 5 a second by default, registryBurst 10). Many pods ' +
    'started on the node at the same moment. No registry was asked.',
  patterns: [
    {
      runtime: 'kubelet',
      match: /pull QPS exceeded/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'resolve',
    },
  ],
  examples: [
    { id: 'A343', text: 'Back-off pulling image "alpine:3.20": ErrImagePull: pull QPS exceeded' },
  ],
  tellApart: [
    { from: 'RateLimited', how: "A registry's limit comes with 429 or toomanyrequests." },
  ],
  retryable: true,
  waiting: 'helps: the kubelet tries again by itself',
  group: 'node',
  nextSteps: [
    { text: 'Wait some minutes' },
    {
      text: 'If it comes back, raise registryPullQPS and registryBurst in the configuration of the kubelet',
      command:
        'kubectl get --raw /api/v1/nodes/{node}/proxy/configz | grep -o \'"registry[A-Za-z]*":[0-9]*\'',
    },
  ],
};
