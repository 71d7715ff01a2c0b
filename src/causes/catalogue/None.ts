import type { Cause } from '../cause.ts';

export const None: Cause = {
  name: 'None',
  title: 'this is no image pull failure',
  meaning:
    'The text is about something else: a crash of the container, a missing ConfigMap or Secret, a volume, the ' +
    'network plugin, scheduling, a probe.',
  patterns: [],
  examples: [
    {
      id: 'A355',
      text: "spec.containers{app}: Error: couldn't find key log_level in ConfigMap s12/app-config",
    },
  ],
  tellApart: [],
  retryable: null,
  waiting: 'not about a pull',
  group: 'pod',
  nextSteps: [
    {
      text: 'Read what else happens to the pod',
      command: 'kubectl describe pod {pod} -n {namespace}',
    },
  ],
};
