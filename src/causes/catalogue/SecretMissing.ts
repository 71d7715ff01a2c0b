import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD } from '../steps.ts';

export const SecretMissing: Cause = {
  name: 'SecretMissing',
  title: 'a pull secret the pod names does not exist in its namespace',
  meaning:
    'The pod or its ServiceAccount names a pull secret that is not in the namespace of the pod. The kubelet goes on ' +
    'without it, so a public image still pulls and a private one fails with a 401, a 403 or a denial. Secrets are ' +
    'looked up in the namespace of the pod only.',
  patterns: [
    {
      runtime: 'kubelet',
      match:
        /Unable to retrieve (?:some image pull secrets|(?:image )?pull secret)|FailedToRetrieveImagePullSecret|attempting to pull the image may not succeed|The image pull may not succeed/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'auth',
    },
    {
      runtime: 'any',
      match: /(?:image ?)?pull ?secrets? \S{1,300} (?:not found|does not exist|is missing)/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'auth',
    },
  ],
  examples: [
    {
      id: 'A044',
      text: 'pod koderover-agent/base-service-dev-workflow-9-w8r6r-q8vq7 event: Unable to retrieve some image pull secrets (default-registry-secret); attempting to pull the image may not succeed.',
    },
  ],
  tellApart: [
    {
      from: 'Unauthorized',
      how: 'A missing secret is the reason for a 401 only if the image needs it.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'RepositoryMissingOrPrivate',
      how: 'A registry that hides private repositories answers the same for a misspelt one: check the name in its own catalogue.',
    },
  ],
  retryable: false,
  waiting: 'will not help; once the secret exists, the kubelet tries again every 5 minutes at most',
  group: 'namespace',
  nextSteps: [
    {
      text: 'See which secrets the pod names and which of them exist',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      text: 'Look for the secret under another name',
      command:
        'kubectl get secrets -n {namespace} --field-selector type=kubernetes.io/dockerconfigjson',
    },
    {
      text: 'Create it from a docker configuration file that holds this registry alone (no password on the command line; one with credsStore or credHelpers holds no password)',
      command:
        'kubectl create secret docker-registry {secret} -n {namespace} --from-file=.dockerconfigjson=config.json',
    },
    NEW_POD,
  ],
};
