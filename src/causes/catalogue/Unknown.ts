import type { Cause } from '../cause.ts';

export const Unknown: Cause = {
  name: 'Unknown',
  title: 'an image pull failed, and the text does not say why',
  meaning:
    'The text is about a failed pull but holds no cause, as "Back-off pulling image" or "Error: ErrImagePull" alone. ' +
    'Kubelets before 1.32 keep the cause only in an event, and events are kept for one hour by default.',
  patterns: [],
  examples: [
    {
      id: 'K0237',
      text: 'Back-off pulling image "containers.ridgegate.example/labs/portal:f2535608"',
    },
  ],
  tellApart: [],
  retryable: null,
  waiting: 'cannot be said without the cause',
  group: 'pod',
  nextSteps: [
    {
      text: 'Look for an event that carries the cause',
      command:
        'kubectl get events -n {namespace} --field-selector involvedObject.name={pod} --sort-by=.lastTimestamp',
    },
    {
      text: 'Ask the registry as the pod would',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      text: "On node {node}: read the kubelet's and the runtime's log of the last try",
      command: 'journalctl -u kubelet -u containerd -u crio --since=-15min | grep -i pull',
    },
    {
      text: 'If a controller runs the pod, a new pod tries at once and leaves a fresh event (kubectl rollout restart of the workload)',
    },
  ],
};
