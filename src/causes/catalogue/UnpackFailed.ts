import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import type { ErrorPart } from '../part.ts';
import { NEW_POD, setImageStep } from '../steps.ts';
import { aboutPull, all, has } from '../when.ts';

const inRuntimeStorage = (part: ErrorPart): boolean =>
  /\/var\/lib\/(?:docker|containerd|containers|rancher)|\/run\/(?:containerd|containers)/.test(
    part.raw,
  );

export const UnpackFailed: Cause = {
  name: 'UnpackFailed',
  title: 'the image arrived but could not be unpacked on the node',
  meaning:
    'All parts were downloaded, and writing them into the storage of the runtime failed: a layer that is no valid ' +
    'archive, a configuration that does not fit its layers, user ids the node cannot map, or damaged storage on the node.',
  patterns: [
    {
      runtime: 'any',
      match:
        /wrong diff id|number of layers and diffIDs don't match|invalid rootfs in image configuration|archive\/tar: |invalid tar header|gzip: invalid|magic number mismatch|(?:error )?processing tar file|failed to (?:prepare|create|commit) (?:extraction )?snapshot|failed to stat parent|parent snapshot ¤+ does not exist|no processor for media-type|failed to get stream processor|lchown|insufficient UIDs or GIDs|replaceDirWithOverlayOpaque|layers? from manifest don't match image configuration|unknown compression|zstd: |flate: corrupt|corrupt(?:ed)? (?:input|archive|tar)|failed to register layer|whiteout|hcsshim::|re-exec error/i,
      on: 'part',
      only: aboutPull,
      rank: RANK.words + 2,
      certainty: 'certain',
      alternatives: (part) => (/parent snapshot/.test(part.masked) ? ['PullConflict'] : []),
      stage: 'unpack',
    },
    {
      runtime: 'containerd',
      match: /content digest ¤+: not found/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'likely',
      alternatives: ['LayerCorrupt'],
      stage: 'unpack',
    },
    {
      runtime: 'any',
      match: /storing blob to file "[^"]{0,400}": unexpected EOF/i,
      on: 'part',
      rank: RANK.words,
      certainty: 'certain',
      stage: 'unpack',
    },
    {
      runtime: 'any',
      match:
        /input\/output error|read-only file system|structure needs cleaning|readlink |directory not empty|too many levels of symbolic links|operation not permitted|permission denied|no such file or directory|failed to mount|layer not known|not a directory|invalid argument/i,
      only: all(aboutPull, inRuntimeStorage, (part) => !/dial unix|\.sock/.test(part.raw)),
      rank: RANK.transport,
      certainty: 'likely',
      stage: 'unpack',
    },
    {
      runtime: 'any',
      match: /.+/,
      only: has('unpack'),
      rank: RANK.frame,
      certainty: 'certain',
      stage: 'unpack',
    },
  ],
  examples: [
    {
      id: 'R148',
      text: 'Failed to pull image "registry.lab.test/public/corrupt:fileasdir": rpc error: code = Unknown desc = failed to pull and unpack image "registry.lab.test/public/corrupt:fileasdir": failed to extract layer sha256:d9a350e63daccba6a591ed78f73b5d02e3c31cc7ca3874aab9542f65f546ecd4: mount callback failed on /var/lib/containerd/tmpmounts/containerd-mount1794134848: mkparent /var/lib/containerd/tmpmounts/containerd-mount1794134848/x: not a directory: unknown',
    },
    {
      id: 'K0135',
      text: 'Failed to pull image "oci.slateford.example/docs/scheduler:2026.4.10": failed to pull and unpack image "oci.slateford.example/docs/scheduler:2026.4.10": failed to extract layer (application/vnd.docker.image.rootfs.diff.tar.gzip sha256:78a4abcbc39ba690257a03d5f44ce7714530db8424ae85cc7de5dc980f88a73a) to overlayfs as "extract-825037742-2LU1 sha256:78a4abcbc39ba690257a03d5f44ce7714530db8424ae85cc7de5dc980f88a73a": mount callback failed on /var/lib/containerd/tmpmounts/containerd-mount1810983299: archive/tar: invalid tar header',
    },
  ],
  tellApart: [
    {
      from: 'LayerCorrupt',
      how: 'If the image unpacks elsewhere, the storage of node {node} is at fault; if nowhere, the image is.',
    },
    { from: 'NodeDiskFull', how: 'A full disk says "no space left on device".' },
    {
      from: 'PullConflict',
      how: 'Two pulls that got into each other pass with the next try.',
    },
  ],
  retryable: null,
  waiting: 'will not help if the image is broken; may help after a hiccup of the storage',
  group: 'image',
  nextSteps: [
    {
      text: 'See whether the same image runs on other nodes',
      command: 'kubectl get pods -A -o wide',
    },
    setImageStep('If it fails everywhere, build and push the image again under a new tag'),
    {
      text: 'If it fails on node {node} only, remove the image there (crictl rmi) and check the disk and the kernel log',
    },
    NEW_POD,
  ],
};
