import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, setImageStep } from '../steps.ts';
import { aboutPull, all, answered, any, has, without } from '../when.ts';

export const LayerCorrupt: Cause = {
  name: 'LayerCorrupt',
  title: 'a part of the image is missing or arrived damaged',
  meaning:
    'The manifest was read, but a blob it names (a layer, the configuration, a manifest of the index) is not there, is ' +
    'cut short, is longer than announced, or has another digest. The upload was not finished, the storage of the ' +
    'registry lost it, or a cache or proxy between handed out something else.',
  patterns: [
    {
      runtime: 'any',
      match:
        /unexpected commit digest|failed size validation|read past expected size|short read: |failed to read expected number of bytes|Digest did not match|filesystem layer verification failed|does not match provided manifest digest|expected HTTP 206 from byte range|digest (?:mismatch|verification|does not match)|DIGEST_INVALID|SIZE_INVALID|invalid checksum|blob sha mismatch|verification failed for digest|image (?:integrity|layer) .{0,40}corrupt/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.words,
      certainty: 'certain',
      stage: 'layer',
    },
    {
      runtime: 'any',
      match:
        /unknown blob|blob[ _]unknown|blob (?:does not exist|not found)|manifest[ _]blob[ _]unknown|layer does not exist|layer \S{0,100} not found/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.words,
      certainty: 'certain',
      stage: 'layer',
    },
    {
      runtime: 'crio',
      match: /happened during read: (?:unexpected )?EOF/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'layer',
    },
    {
      runtime: 'crio',
      match: /reading blob body from \S{1,600} failed \([^()]{0,60}\bEOF\b/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'likely',
      stage: 'layer',
    },
    {
      // Before containers/image told apart reading and storing: either may have ended.
      runtime: 'crio',
      match: /error storing blob to file "[^"]{0,400}": (?:unexpected )?EOF/i,
      on: 'part',
      rank: RANK.words - 1,
      certainty: 'likely',
      alternatives: ['UnpackFailed'],
      stage: 'layer',
    },
    {
      runtime: 'containerd',
      match:
        /could not fetch content descriptor ¤+ \(application\/(?:vnd\.oci\.image\.|vnd\.docker\.(?:distribution\.manifest\.(?:list\.)?v2|container\.image|image\.rootfs)\b|octet-stream\b)[^)]{0,200}\) from remote: not found|content at ¤+ not found/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'layer',
    },
    {
      runtime: 'any',
      match: /404|not found/i,
      only: all(has('blob', 'config'), answered(404)),
      rank: RANK.status,
      certainty: 'likely',
      stage: 'layer',
    },
    {
      runtime: 'any',
      match:
        /(?:^|: )(?:stream error: |local error: tls: |http2: |transport connection broken)|bad record MAC/i,
      only: has('blob'),
      rank: RANK.transport + 6,
      certainty: 'likely',
      alternatives: ['NetworkUnreachable'],
      stage: 'layer',
    },
    {
      runtime: 'any',
      match: /^(?:unexpected EOF|EOF)$/i,
      only: all(
        has('pull', 'blob', 'docker'),
        without('request', 'unpack'),
        any(has('blob'), without('resolve', 'manifest', 'ping')),
      ),
      rank: RANK.transport + 6,
      certainty: 'likely',
      stage: 'layer',
    },
  ],
  examples: [
    {
      id: 'R130',
      text: 'Failed to pull image "flip.lab.test/public/f:flip": rpc error: code = FailedPrecondition desc = failed to pull and unpack image "flip.lab.test/public/f:flip": failed commit on ref "layer-sha256:448c7fb08261916acfcb90131987dab560e178df0c24a5fdcf21c2c8529dfb5f": unexpected commit digest sha256:eb8930a57c12cd42a2f9b2cb5b3479a1d4cfab83d33dcfeb2462ab5b2a5a33d4, expected sha256:448c7fb08261916acfcb90131987dab560e178df0c24a5fdcf21c2c8529dfb5f: failed precondition',
    },
    {
      id: 'K0127',
      text: 'Failed to pull image "cr.oliveward.example/ads/ingest:v3.0": rpc error: code = FailedPrecondition desc = failed to pull and unpack image "cr.oliveward.example/ads/ingest:v3.0": failed commit on ref "layer-sha256:b73fbeec89f3e705dfa212ba84d587a7ef7774f6f92bf22df23aa6ddad89eb4a": unexpected commit digest sha256:01e3b7e08528adcf71b3d0fd1d8d3d2c030902ac72b43d3e3c292c6a50ae04cf, expected sha256:b73fbeec89f3e705dfa212ba84d587a7ef7774f6f92bf22df23aa6ddad89eb4a: failed precondition',
    },
  ],
  tellApart: [
    {
      from: 'UnexpectedContent',
      how: 'Fetch the blob past any proxy.',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      from: 'UnpackFailed',
      how: 'A layer whose digest is right and that still does not unpack was built or compressed wrongly.',
    },
  ],
  retryable: null,
  waiting: 'may help after a cut connection; a blob the registry has lost stays lost',
  group: 'image',
  nextSteps: [
    {
      text: 'Ask the registry for every part of the image',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    setImageStep('Push the image again, under a new tag, and write that'),
    { text: 'If a mirror or pull-through cache stands between, remove the image from it' },
    NEW_POD,
  ],
};
