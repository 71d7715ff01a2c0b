import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { EARLIER_IMAGES, NEW_POD, setImageStep } from '../steps.ts';
import { all, answered, byDigest, has, tellsRepositoryApart, without } from '../when.ts';

const notByDigest = (part: ErrorPart): boolean => !byDigest(part);

export const TagNotFound: Cause = {
  name: 'TagNotFound',
  title: 'the registry has no such tag',
  meaning:
    'The registry was reached and answered that it does not have this tag. The tag was never pushed, was deleted or ' +
    'expired, is misspelt, or is pushed to another registry or region. containerd words a missing tag and a missing ' +
    'repository alike.',
  patterns: [
    {
      runtime: 'registry',
      match:
        /manifest tagged by|\bTAG_EXPIRED\b|tag (?:was|has) (?:deleted|expired)|failed to find tag/i,
      on: 'part',
      only: notByDigest,
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match: /manifest[ _]unknown|no such manifest|Requested image not found/i,
      on: 'part',
      only: all(notByDigest, tellsRepositoryApart),
      rank: RANK.words,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match:
        /manifest[ _]unknown|no such manifest|Requested image not found|manifest for \S{1,600} not found|artifact \S{1,600} not found|tag \S{1,300} (?:does not exist|not found)/i,
      on: 'part',
      only: notByDigest,
      rank: RANK.words + 1,
      certainty: 'likely',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
    {
      runtime: 'docker',
      match: /(?:^|Error: )image \S{1,600} not found/i,
      on: 'part',
      only: notByDigest,
      rank: RANK.denial + 1,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
    {
      runtime: 'containerd',
      match: /^¤+: not found$/i,
      only: all(notByDigest, without('unpack'), tellsRepositoryApart),
      rank: RANK.status,
      certainty: 'likely',
      stage: 'manifest',
    },
    {
      runtime: 'containerd',
      match: /^¤+: not found$/i,
      only: all(notByDigest, without('unpack')),
      rank: RANK.status + 1,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match: /404|StatusNotFound/,
      only: all(
        notByDigest,
        answered(404),
        without('blob', 'config', 'authorize', 'token', 'ping'),
      ),
      rank: RANK.status,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match: /^(?:unknown: )?not found$/i,
      only: all(notByDigest, has('resolve', 'manifest')),
      rank: RANK.frame,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
    // Without a name: pieces of messages, and registries that send no code.
    {
      runtime: 'any',
      match: /^(?:(?:image|manifest|tag) )?not found$/i,
      only: all(
        notByDigest,
        has('pull'),
        without('unpack', 'blob', 'config', 'authorize', 'token', 'ping', 'sandbox'),
      ),
      rank: RANK.frame + 1,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'A003',
      text: 'Failed to pull image "ember97/maple96:v1.18.20": rpc error: code = Unknown desc = Error response from daemon: manifest for ember97/maple96:v1.18.20 not found: manifest unknown: manifest unknown',
    },
    {
      id: 'A227',
      text: 'Error response from daemon: manifest for mcr.microsoft.com/k8s/core/oss/kubernetes/pause:1.4.1 not found: manifest unknown: manifest tagged by "1.4.1" is not found',
    },
    {
      id: 'K0153',
      text: 'Failed to pull image "resolver-hub:6.4.2": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/resolver-hub:6.4.2": failed to resolve image: docker.io/library/resolver-hub:6.4.2: not found',
    },
  ],
  tellApart: [
    {
      from: 'RepositoryNotFound',
      how: 'Ask the registry for the tags of the repository.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'RepositoryMissingOrPrivate',
      how: 'A private repository asks for credentials (401, 403, denied) before it says anything of tags.',
    },
    {
      from: 'UnexpectedContent',
      how: 'A web server behind the name answers 404 to everything: curl -sI https://{host}/v2/ must show Docker-Distribution-Api-Version or a 401.',
    },
  ],
  retryable: false,
  waiting:
    'helps only if the tag is still being pushed; the kubelet tries again every 5 minutes at most',
  group: 'image',
  nextSteps: [
    {
      text: 'Ask the registry with the credentials of the pod',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    setImageStep(
      'Check that the build pushed this tag, to this registry and region; where the name is wrong, write the right one',
    ),
    EARLIER_IMAGES,
    NEW_POD,
  ],
};
