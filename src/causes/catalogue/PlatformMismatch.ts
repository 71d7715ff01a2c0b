import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, setImageStep } from '../steps.ts';

export const PlatformMismatch: Cause = {
  name: 'PlatformMismatch',
  title: "the image is not built for the node's platform",
  meaning:
    'The image exists, but it has no variant for the operating system and processor of the node: an amd64 image on an ' +
    'arm64 node, a Linux image on a Windows node. containerd adds "not found", which is not about the tag.',
  patterns: [
    {
      runtime: 'any',
      match:
        /no match(?:ing)? (?:for platform|manifest for)|no (?:matching )?manifest for (?:platform|\S{1,60} in the manifest list)|no image found in (?:image index|manifest list|index) for|no matching manifest|cannot be used on this platform|does not match the (?:specified|expected|host) platform|no supported platform found|image operating system|no child with platform|does not provide .{0,40}platform|unsupported platform|based image is incompatible with a|image platform \(.{0,60} does not match/i,
      on: 'part',
      rank: RANK.decisive,
      certainty: 'certain',
      stage: 'manifest',
    },
  ],
  examples: [
    {
      id: 'R149',
      text: 'Failed to pull image "registry.lab.test/public/app:arm64only": rpc error: code = NotFound desc = failed to pull and unpack image "registry.lab.test/public/app:arm64only": no match for platform in manifest: not found',
    },
    {
      id: 'K0143',
      text: 'Failed to pull image "images.maplepoint.example/orders/api:ca72652e": rpc error: code = NotFound desc = get image config descriptor: no match for platform in manifest sha256:32524062393069b200a9a6b535c6e0089fc5aefb19f2a1db3e576f3df0e7ca36: not found',
    },
  ],
  tellApart: [
    {
      from: 'TagNotFound',
      how: 'A missing tag never says "platform" or "manifest list".',
    },
  ],
  retryable: false,
  waiting: 'will not help',
  group: 'image',
  nextSteps: [
    {
      text: 'See the platform of the node',
      command:
        'kubectl get node {node} -o jsonpath=\'{.status.nodeInfo.operatingSystem}/{.status.nodeInfo.architecture}{"\\n"}\'',
    },
    {
      text: 'See the platforms of the image',
      command: 'kubectl imagepull verify {pod} -n {namespace}',
    },
    {
      text: 'Keep the pod on fitting nodes (nodeSelector kubernetes.io/arch), or build the image for this platform as well',
    },
    setImageStep('Where another tag is built for this platform, write that'),
    NEW_POD,
  ],
};
