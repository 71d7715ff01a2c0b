/** What is wrong with the image itself: platforms, formats, layers. */
import { ARM_ONLY, CHILD_GONE, GONE, OTHER_APP, oddImage } from '../../cluster/up/settings.ts';
import type { Fault } from '../fault.ts';
import { spoiledBlob } from './hosts.ts';

const PLATFORMS: readonly Fault[] = [
  {
    name: 'arm-only',
    cause: 'PlatformMismatch',
    what: 'index with an image for arm64 alone',
    image: ARM_ONLY,
  },
  {
    name: 'windows-only',
    cause: 'PlatformMismatch',
    what: 'index with an image for Windows alone',
    image: oddImage('windows'),
    as: 'Deployment',
  },
  {
    name: 'other-platforms',
    cause: 'PlatformMismatch',
    what: 'index with images for s390x and ppc64le',
    image: oddImage('others'),
    as: 'init container',
  },
  {
    name: 'no-platform',
    cause: 'PlatformMismatch',
    what: 'index that names no image',
    image: oddImage('no-platform'),
  },
];

const FORMATS: readonly Fault[] = [
  {
    name: 'schema1',
    cause: 'UnsupportedManifest',
    what: 'manifest of schema 1',
    image: oddImage('schema1'),
  },
  {
    name: 'chart',
    cause: 'UnsupportedManifest',
    what: 'Helm chart',
    image: oddImage('chart'),
    as: 'Job',
  },
  {
    name: 'unknown-type',
    cause: 'UnsupportedManifest',
    what: 'manifest of an unknown media type',
    image: oddImage('unknown-type'),
  },
  {
    name: 'unknown-docker',
    cause: 'UnsupportedManifest',
    what: "manifest of a media type of Docker's that is not there yet",
    image: oddImage('unknown-docker'),
  },
];

const LAYERS: readonly Fault[] = [
  {
    name: 'layer-gone',
    cause: 'LayerCorrupt',
    what: 'layer that the registry has lost',
    image: GONE,
  },
  {
    name: 'blob-gone',
    cause: 'LayerCorrupt',
    what: 'a 404 for each blob',
    image: spoiledBlob('blob-gone'),
    as: 'Deployment',
  },
  {
    name: 'child-gone',
    cause: 'LayerCorrupt',
    what: 'index that names a manifest that the registry has lost',
    image: CHILD_GONE,
  },
  {
    name: 'layer-changed',
    cause: 'LayerCorrupt',
    what: 'layer with a changed byte',
    image: spoiledBlob('layer-changed'),
  },
  {
    name: 'layer-short',
    cause: 'LayerCorrupt',
    what: 'layer of half its size',
    image: spoiledBlob('layer-short'),
  },
  {
    name: 'layer-long',
    cause: 'LayerCorrupt',
    what: 'layer that is longer than announced',
    image: spoiledBlob('layer-long'),
  },
  {
    name: 'blob-page',
    cause: 'LayerCorrupt',
    what: 'web page with a 200 for each blob',
    image: spoiledBlob('blob-page'),
  },
];

const ARCHIVES: readonly Fault[] = [
  {
    name: 'not-gzip',
    cause: 'UnpackFailed',
    what: 'layer that is no archive',
    image: oddImage('not-gzip'),
  },
  {
    name: 'gzip-cut',
    cause: 'UnpackFailed',
    what: 'layer whose compressed data ends in the middle',
    image: oddImage('gzip-cut'),
  },
  {
    name: 'tar-broken',
    cause: 'UnpackFailed',
    what: 'layer with a broken header',
    image: oddImage('tar-broken'),
    as: 'several containers',
  },
  {
    name: 'file-as-folder',
    cause: 'UnpackFailed',
    what: 'layer that puts a file below a file',
    image: oddImage('file-as-folder'),
  },
  {
    name: 'diff-id',
    cause: 'UnpackFailed',
    what: 'configuration with the digest of another layer',
    image: oddImage('diff-id'),
    as: 'StatefulSet',
  },
  {
    name: 'encrypted',
    cause: 'UnpackFailed',
    what: 'encrypted layer, and a node without the key',
    image: oddImage('encrypted'),
  },
];

const never = (name: string, image: string) => ({
  containers: [{ name, image, imagePullPolicy: 'Never' }],
});
const ABSENT = OTHER_APP.replace(/[^:]*$/, 'never');

const NEVER: readonly Fault[] = [
  {
    name: 'never',
    cause: 'ImageNeverPull',
    what: 'policy Never, and the image is not on the node',
    image: ABSENT,
    spec: never('app', ABSENT),
  },
  {
    name: 'never-deployment',
    cause: 'ImageNeverPull',
    what: 'policy Never in a Deployment, and the image is not on the node',
    image: ABSENT,
    spec: never('app', ABSENT),
    as: 'Deployment',
  },
  {
    name: 'never-init',
    cause: 'ImageNeverPull',
    what: 'policy Never in an init container',
    image: ABSENT,
    spec: { initContainers: [{ name: 'init', image: ABSENT, imagePullPolicy: 'Never' }] },
    as: 'init container',
  },
];

export const IMAGES: readonly Fault[] = [
  ...PLATFORMS,
  ...FORMATS,
  ...LAYERS,
  ...ARCHIVES,
  ...NEVER,
];
