import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, setImageStep } from '../steps.ts';
import { aboutPull, all, has } from '../when.ts';

export const UnsupportedManifest: Cause = {
  name: 'UnsupportedManifest',
  title: "the runtime does not accept the image's format",
  meaning:
    'What lies under the name is no container image for this runtime: an image in the old schema 1 format, which ' +
    'containerd 2 dropped, a Helm chart, a WebAssembly module or another artifact, or a media type the runtime does ' +
    'not know. An artifact that pulls all the same has no command: the container then fails with "no command ' +
    'specified", as a real image without a command does.',
  patterns: [
    {
      runtime: 'any',
      match:
        /is no longer supported since containerd|manifest\.v1\+(?:prettyjws|json)\b|schema ?(?:version )?1 .{0,80}(?:not supported|no longer|deprecated|unsupported|disabled)|unsupported (?:manifest|schema|media ?type|docker v)|unsupported image-specific operation on artifact|mediaType in manifest should be|invalid mediatype|media type \S{1,200} (?:is )?not supported|missing signature key|Encountered remote .{0,200}when fetching|unknown (?:manifest )?media ?type|manifest version .{0,40}(?:not supported|unsupported)|unsupported MIME type|not an OCI image|Accept header does not support|unsupported docker v2s2 media type/i,
      on: 'raw',
      only: aboutPull,
      rank: RANK.words - 2,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      // Artifactory's setting against the old format, answered as a 401.
      runtime: 'registry',
      match: /manifest v2 schema 1 .{0,80}blocked/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.words - 2,
      certainty: 'likely',
      alternatives: ['PolicyBlocked'],
      stage: 'manifest',
    },
    {
      // What containerd takes for no manifest it asks for as a blob, which it is not.
      runtime: 'containerd',
      match:
        /could not fetch content descriptor ¤+ \(application\/[^)]{1,200}\) from remote: not found/i,
      on: 'part',
      rank: RANK.words + 1,
      certainty: 'likely',
      alternatives: ['LayerCorrupt'],
      stage: 'manifest',
    },
    {
      runtime: 'containerd',
      match: /unknown image config media type|unexpected media type application\/vnd/i,
      on: 'part',
      only: all(aboutPull, has('containerd', 'manifest', 'pull')),
      rank: RANK.words,
      certainty: 'certain',
      stage: 'manifest',
    },
    {
      // dockerd 1.13: the class of a manifest whose configuration is of no known media type.
      runtime: 'docker',
      match: /^target is (?:unknown|plugin|image)$/i,
      only: has('docker'),
      rank: RANK.words,
      certainty: 'likely',
      alternatives: ['UnexpectedContent'],
      stage: 'manifest',
    },
    {
      runtime: 'kubelet',
      match: /failed to generate (?:container )?spec: no command specified/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'ambiguous',
      stage: 'unpack',
    },
    {
      runtime: 'containerd',
      match: /mismatched image rootfs and manifest layers/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'likely',
      alternatives: ['UnpackFailed'],
      stage: 'unpack',
    },
    {
      runtime: 'registry',
      match: /manifest[ _]invalid\b/i,
      on: 'part',
      rank: RANK.words + 3,
      certainty: 'likely',
      alternatives: ['UnexpectedContent'],
      stage: 'manifest',
    },
    {
      runtime: 'any',
      match: /unsupported media type/i,
      on: 'part',
      rank: RANK.words - 2,
      certainty: 'certain',
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'A094',
      text: 'Error response from daemon: application/vnd.docker.distribution.manifest.v1+prettyjws not supported',
    },
    {
      id: 'K0145',
      text: 'Failed to pull image "nexus.cobaltgrove.example/fleet/backend:2.4.7": rpc error: code = Unimplemented desc = failed to pull and unpack image "nexus.cobaltgrove.example/fleet/backend:2.4.7": failed to resolve image: not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.0, please rebuild the image as "application/vnd.docker.distribution.manifest.v2+json" or "application/vnd.oci.image.manifest.v1+json"',
    },
  ],
  tellApart: [
    {
      from: 'UnexpectedContent',
      how: 'A media type such as text/html is a web page, not another format of image.',
    },
    {
      from: 'UnpackFailed',
      how: 'An artifact with an image configuration gets as far as unpacking before it fails.',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'image',
  nextSteps: [
    {
      text: 'See what lies under the name',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    setImageStep(
      'Build and push the image again with a current tool, under a new tag; a Helm chart or artifact belongs into no container field',
    ),
    NEW_POD,
  ],
};
