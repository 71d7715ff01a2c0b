/** Next steps that a finding calls for; they come before those of the cause. Pure. */
import type { PodEvidence } from '../words/evidence.ts';
import type { Contributing, NextStep } from '../words/verdict.ts';

/** Templates as in the catalogue, filled by the caller. */
export function findingSteps(
  contributing: readonly Contributing[],
  evidence: PodEvidence,
): NextStep[] {
  const codes = new Set(contributing.map((c) => c.code));
  const steps: NextStep[] = [];
  if (codes.has('attached-too-late')) {
    const text = 'Recreate the pod: only a new one gets the list of its ServiceAccount';
    // Without an owner nothing would bring it back.
    steps.push(
      evidence.pod.owner ? { text, command: 'kubectl delete pod {pod} -n {namespace}' } : { text },
    );
  }
  if (codes.has('pod-list-hides-serviceaccount')) {
    steps.push({
      text: 'Name the right pull secret in the pod template, or leave its list out so that the one of serviceaccount {serviceaccount} is used',
    });
  }
  return steps;
}
