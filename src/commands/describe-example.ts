/** A pod of nobody that is refused with a pull secret: judging it compiles what judging any other needs. */
import { bareEvidence } from '../collect/pods.ts';
import { podView } from '../collect/views.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { EXAMPLE_SECRET } from './decode-example.ts';

const IMAGE = 'registry.example/a/b:1';
const REFUSAL = `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": unexpected status from HEAD request to https://registry.example/v2/a/b/manifests/1: 401 Unauthorized`;

export function examplePod(): PodEvidence {
  const { name } = EXAMPLE_SECRET;
  const pod = podView({
    metadata: { namespace: 'example', name: 'example' },
    spec: {
      nodeName: 'node',
      imagePullSecrets: [{ name }],
      containers: [{ name: 'app', image: IMAGE }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        { name: 'app', state: { waiting: { reason: 'ErrImagePull', message: REFUSAL } } },
      ],
    },
  });
  return {
    ...bareEvidence(pod, { known: true, value: [] }),
    secrets: new Map([[name, { known: true, value: EXAMPLE_SECRET }]]),
  };
}
