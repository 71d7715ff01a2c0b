import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { setImageStep } from '../steps.ts';
import { all, answered, byDigest, has, without } from '../when.ts';

export const DigestNotFound: Cause = {
  name: 'DigestNotFound',
  title: 'the registry has no such digest',
  meaning:
    'The image is named by digest and the registry does not have a manifest with it. It was deleted by a clean-up ' +
    'rule, was never copied to this registry, or the tag it came from was pushed again and the old manifest was ' +
    'collected. A digest of an image id or of another platform looks the same.',
  patterns: [
    {
      runtime: 'any',
      match:
        /manifest[ _]unknown|no such manifest|Requested image not found|manifest for \S{1,600} not found/i,
      on: 'part',
      only: byDigest,
      rank: RANK.words,
      certainty: 'likely',
      stage: 'manifest',
    },
    {
      runtime: 'containerd',
      match: /^¤+: not found$/i,
      only: all(byDigest, without('unpack')),
      rank: RANK.status,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match: /404/,
      only: all(byDigest, answered(404), without('blob', 'config', 'authorize', 'token', 'ping')),
      rank: RANK.status,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match: /^(?:unknown: )?not found$/i,
      only: all(byDigest, has('resolve', 'manifest')),
      rank: RANK.frame,
      certainty: 'ambiguous',
      alternatives: ['RepositoryNotFound'],
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'A203',
      text: 'Error response from daemon: manifest for quay.io/north40/larch47@sha256:ffdda0d175d7c590528234f21c73cbcfd124fedc4eab508a6158c130baaccc75 not found: manifest unknown: manifest unknown',
    },
    {
      id: 'K0003',
      text: 'Failed to pull image "hub.oliveward.example/web/notifier@sha256:3a26cc01ca90913330ba8f41626cd58ed70ecace41950cf9565d042cc59fd878": rpc error: code = NotFound desc = failed to pull and unpack image "hub.oliveward.example/web/notifier@sha256:3a26cc01ca90913330ba8f41626cd58ed70ecace41950cf9565d042cc59fd878": failed to resolve image: hub.oliveward.example/web/notifier@sha256:3a26cc01ca90913330ba8f41626cd58ed70ecace41950cf9565d042cc59fd878: not found',
    },
  ],
  tellApart: [
    {
      from: 'RepositoryNotFound',
      how: 'Ask for another tag of the repository.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'LayerCorrupt',
      how: 'When a tag resolves and a digest inside its index is missing, the registry is inconsistent.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'image',
  nextSteps: [
    {
      text: 'Ask the registry with the credentials of the pod',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    setImageStep(
      'Look up the digest the tag has now (the output of the build, crane digest) and write the image with it',
    ),
    { text: "Look at the registry's retention or clean-up rules when the digest worked before" },
  ],
};
