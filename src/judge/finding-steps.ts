/** Next steps that a finding calls for; they come before those of the cause. Pure. */
import type { NextStep } from '../words/next-step.ts';
import type { Contributing, ContributingCode } from '../words/verdict.ts';

/** No password on the command line, and the old secret stays: the kubelet tries every entry that fits. */
const WRITE_ANEW: NextStep = {
  text: 'Write the credential anew beside the old one, from a docker configuration file that holds this registry alone, and add its name to the list in the pod template or in serviceaccount {serviceaccount}; then recreate the pod',
  command:
    'kubectl create secret docker-registry {secret}-new -n {namespace} --from-file=.dockerconfigjson=config.json',
  brought: 'new pod',
};

const LOOK_AT_RULES: NextStep = {
  text: 'Ask whoever runs the cluster to change its registry rules, or use an image from a registry that nodes may ask',
  command: "kubectl get image.config.openshift.io cluster -o jsonpath='{.spec.registrySources}'",
};

/** A secret written by hand lasts until the operator's next turn. */
const MEND_OPERATOR: NextStep = {
  text: "Mend what the operator's object says (kubectl describe it): it writes the secret anew then, and overwrites what is written by hand",
};

/** Templates as in the catalogue. */
const STEPS: readonly (readonly [ContributingCode, NextStep])[] = [
  [
    'attached-too-late',
    {
      text: 'Recreate the pod (kubectl rollout restart of its workload): only a new one gets the list of its ServiceAccount',
      brought: 'new pod',
    },
  ],
  [
    'secret-newer',
    {
      text: 'Wait for the next try, 5 minutes at most, or delete the pod so that its workload makes it anew at once',
    },
  ],
  [
    'secrets-under-container',
    {
      text: 'Move imagePullSecrets in the pod template from the container to spec, beside containers',
    },
  ],
  [
    'secret-name-impossible',
    { text: 'Write the name of a secret that exists into imagePullSecrets of the pod template' },
  ],
  [
    'secret-elsewhere',
    { text: 'Make the secret in namespace {namespace} too: no pod uses one of another namespace' },
  ],
  [
    'secret-wrong-type',
    {
      text: 'Write the secret anew with type kubernetes.io/dockerconfigjson (kubectl create secret docker-registry); the type of a secret cannot be changed',
    },
  ],
  [
    'pod-list-hides-serviceaccount',
    {
      text: 'Name the right pull secret in the pod template, or leave its list out so that the one of serviceaccount {serviceaccount} is used',
    },
  ],
  ['registry-blocked', LOOK_AT_RULES],
  ['registry-not-allowed', LOOK_AT_RULES],
  ['secret-refresh-failed', MEND_OPERATOR],
  ['secret-refresh-stale', MEND_OPERATOR],
  ['wrong-password', WRITE_ANEW],
  ['expired', WRITE_ANEW],
  ['no-permission', { text: 'Give that account the right to pull {repository} at its registry' }],
  [
    'present-but-not-verified',
    {
      text: 'Give this pod a pull secret for {repository} too: since Kubernetes 1.35 an image on the node is no credential',
    },
  ],
  [
    'source-never-asked',
    {
      text: 'Copy {repository} to the mirror (oc image mirror, skopeo copy), with the tag or digest of the pod',
    },
  ],
];

/** The steps of what was found, in the order of the table; each once. */
export function findingSteps(contributing: readonly Contributing[]): NextStep[] {
  const codes = new Set(contributing.map((c) => c.code));
  const steps = STEPS.filter(([code]) => codes.has(code)).map(([, step]) => step);
  return [...new Set(steps)];
}
