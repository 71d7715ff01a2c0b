import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD_WITH_LIST } from '../steps.ts';
import { all, any, has, without } from '../when.ts';

/** The kubelet's own words, no runtime's: a broken secret stops it before it asks the runtime. */
const kubeletAlone: (part: ErrorPart) => boolean = all(
  without(
    'rpc',
    'containerd',
    'crio',
    'docker',
    'request',
    'manifest',
    'blob',
    'token',
    'authorize',
  ),
  any(has('error', 'pull', 'back-off'), (part) => part.innerStart === 0),
);

export const SecretMalformed: Cause = {
  name: 'SecretMalformed',
  title: 'a pull secret of the pod cannot be read',
  meaning:
    'A secret the pod lists is not a valid docker configuration: broken base64, no colon between user and password, ' +
    'JSON of the wrong shape. The kubelet then pulls nothing at all for the pod, not even with its good secrets or ' +
    'for public images. Current kubelets show the parser text itself as the waiting reason.',
  patterns: [
    {
      runtime: 'kubelet',
      match:
        /unable to parse auth field|must be formatted as base64\(username:password\)|DockerConfig(?:JSON|Entry)|data\[\.dockerc(?:onfigjson|fg)\]|into Go struct field \S{0,80}auths|into Go value of type (?:map\[string\])?credentialprovider|Unable to parse json key/i,
      on: 'raw',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'auth',
    },
    {
      runtime: 'kubelet',
      match: /^illegal base64 data at input byte/i,
      only: kubeletAlone,
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'auth',
    },
    {
      runtime: 'kubelet',
      match: /illegal base64 data at input byte/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      runtime: 'kubelet',
      match:
        /^(?:json: cannot unmarshal|unexpected end of JSON input|invalid character '[^']{1,4}' (?:looking for|after|in))/i,
      only: kubeletAlone,
      rank: RANK.words,
      certainty: 'likely',
      // dockerd and skopeo say no more of a configuration that is no JSON.
      alternatives: ['UnexpectedContent'],
      stage: 'auth',
    },
    {
      // The auth file of podman, skopeo or CRI-O itself.
      runtime: 'crio',
      match: /getting username and password: .{0,200}(?:reading|unmarshall?ing) JSON (?:file|at) /i,
      on: 'part',
      rank: RANK.words - 1,
      certainty: 'likely',
      stage: 'auth',
    },
  ],
  examples: [
    {
      id: 'K0185',
      text: 'Error: unable to parse auth field, must be formatted as base64(username:password)',
    },
  ],
  tellApart: [
    {
      from: 'UnexpectedContent',
      how: 'A registry that answers something else than JSON is named with its URL in the text; a broken secret is not.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'namespace',
  nextSteps: [
    {
      text: 'Find the broken secret and the fault in it',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      text: 'Read it entry by entry',
      command: 'kubectl imagepull decode {secret} -n {namespace}',
    },
    {
      text: 'Write it anew beside the old one, from a docker configuration file that holds this registry alone (one with credsStore or credHelpers holds no password)',
      command:
        'kubectl create secret docker-registry {secret}-new -n {namespace} --from-file=.dockerconfigjson=config.json',
    },
    {
      text: 'Put the new name in the place of the broken one, in the pod template or in its ServiceAccount: one broken secret in the list stops every pull of the pod',
      brought: 'new pod',
      command:
        "kubectl get pod {pod} -n {namespace} -o 'custom-columns=SECRETS:.spec.imagePullSecrets[*].name,SERVICEACCOUNT:.spec.serviceAccountName'",
    },
    NEW_POD_WITH_LIST,
  ],
};
