import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import {
  ATTACH_FIRST_SECRET,
  ATTACH_SECRET,
  NEW_POD_WITH_LIST,
  SECRET_HOSTS,
  setImageStep,
} from '../steps.ts';
import { has } from '../when.ts';

export const RepositoryMissingOrPrivate: Cause = {
  name: 'RepositoryMissingOrPrivate',
  title: 'the repository does not exist, or it is private and the pod may not read it',
  meaning:
    'The registry gives the same answer for a repository that does not exist and for one the caller may not see. ' +
    'With no or the wrong pull secret a private image looks like this; so does a misspelt name. The text alone ' +
    'cannot tell the two apart.',
  patterns: [
    {
      runtime: 'any',
      match:
        /Could not find repository on any of the indexed registries|repository does not exist or may require (?:authorization|'?docker login'?)|does not exist or no pull access|verify that it exists and you have permission|this may be because there are no credentials on this request/i,
      on: 'part',
      rank: RANK.denial,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      runtime: 'containerd',
      match: /insufficient_scope: authorization failed/i,
      on: 'part',
      rank: RANK.words + 5,
      certainty: 'likely',
      alternatives: ['Unauthorized'],
      stage: 'auth',
    },
    {
      runtime: 'any',
      match:
        /errors?:\s{1,4}denied: .{0,300}unauthorized: |errors?:\s{1,4}unauthorized: .{0,300}(?:unauthorized|denied): /i,
      on: 'part',
      rank: RANK.words,
      certainty: 'ambiguous',
      alternatives: ['Unauthorized'],
      stage: 'auth',
    },
    {
      runtime: 'registry',
      match: /requested access to the resource is denied|\(or it may not exist\)/i,
      on: 'part',
      rank: RANK.words + 5,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      runtime: 'containerd',
      match: /did not include a token in the response/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'ambiguous',
      alternatives: ['UnexpectedContent'],
      stage: 'auth',
    },
    // What is left of the sentences above where they break off.
    {
      runtime: 'any',
      match: /\bpull access denied\b/i,
      on: 'part',
      rank: RANK.frame,
      certainty: 'likely',
      stage: 'auth',
    },
    {
      runtime: 'any',
      match: /^repository does not exist$/i,
      only: has('pull'),
      rank: RANK.frame,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'auth',
    },
  ],
  examples: [
    {
      id: 'A031',
      text: 'Failed to pull image "kelp15/cedar83:0.5.0": rpc error: code = Unknown desc = Error response from daemon: pull access denied for kelp15/cedar83, repository does not exist or may require \'docker login\': denied: requested access to the resource is denied',
    },
    {
      id: 'A181',
      text: 'failed to resolve reference "vcns-registry.cn-hangzhou.cr.aliyuncs.com/vcns/3fs:0828-multi-device-op1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    },
    {
      id: 'K0023',
      text: 'Failed to pull image "registry.maplehill.example/labs/indexer:2026.9.11": failed to pull and unpack image "registry.maplehill.example/labs/indexer:2026.9.11": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    },
  ],
  tellApart: [
    {
      from: 'UnexpectedContent',
      how: 'A token server that answers every name without a token is broken or no token server: curl -s the realm that https://{host}/v2/ names.',
    },
    {
      from: 'RepositoryNotFound',
      how: 'Ask with credentials that may read the repository.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'Unauthorized',
      how: 'See whether a pull secret for {repository} reaches the pod at all.',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'namespace',
  nextSteps: [
    {
      text: 'See which pull secrets the pod has and whether one is for {repository}',
      command: 'kubectl imagepull secrets {pod} -n {namespace}',
    },
    {
      text: 'Ask the registry with them',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    setImageStep(
      'Check the spelling of {repository}; where it is wrong, write the right image name',
    ),
    SECRET_HOSTS,
    ATTACH_SECRET,
    ATTACH_FIRST_SECRET,
    NEW_POD_WITH_LIST,
  ],
};
