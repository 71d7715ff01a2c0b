/** Next steps that a finding calls for; they come before those of the cause. Pure. */
import type { Contributing, NextStep } from '../words/verdict.ts';

/** Templates as in the catalogue, filled by the caller. */
export function findingSteps(contributing: readonly Contributing[]): NextStep[] {
  const codes = new Set(contributing.map((c) => c.code));
  const steps: NextStep[] = [];
  if (codes.has('attached-too-late')) {
    steps.push({
      text: 'Recreate the pod (kubectl rollout restart of its workload): only a new one gets the list of its ServiceAccount',
    });
  }
  if (codes.has('secret-wrong-type')) {
    steps.push({
      text: 'Write the secret anew with type kubernetes.io/dockerconfigjson (kubectl create secret docker-registry); the type of a secret cannot be changed',
    });
  }
  if (codes.has('pod-list-hides-serviceaccount')) {
    steps.push({
      text: 'Name the right pull secret in the pod template, or leave its list out so that the one of serviceaccount {serviceaccount} is used',
    });
  }
  return steps;
}
