import type { Cause } from '../cause.ts';
import { RANK } from '../cause.ts';
import { NEW_POD, onNode } from '../steps.ts';
import { aboutPull, any, has } from '../when.ts';

export const NodeDiskFull: Cause = {
  name: 'NodeDiskFull',
  title: "the node's disk is full",
  meaning:
    'Writing the image failed for want of space, inodes or quota on the disk of the node. Everything that starts on ' +
    'this node fails in the same way; the registry is not involved.',
  patterns: [
    {
      runtime: 'any',
      match:
        /no space left on device|disk quota exceeded|not enough (?:free )?(?:disk )?space|not enough space on the disk|insufficient (?:disk )?space|\bENOSPC\b|disk is full|thin pool has \d+ free (?:data|metadata) blocks|too many links.{0,40}inode/i,
      on: 'part',
      only: any(aboutPull, has('sandbox')),
      rank: RANK.decisive,
      certainty: 'certain',
    },
  ],
  examples: [
    {
      id: 'R200',
      text: 'Failed to pull image "registry.lab.test/public/big:random": rpc error: code = Unknown desc = failed to pull and unpack image "registry.lab.test/public/big:random": failed to copy: write /var/lib/containerd/io.containerd.content.v1.content/ingest/c0f76cc64ead7352dbe0abbdb502c9b8f1c24d04e13dac72105ebd8971433b25/data: no space left on device',
    },
    {
      id: 'K0262',
      text: 'Failed to pull image "quay.hazeldale.example/growth/ingest:4.9.10": failed to pull and unpack image "quay.hazeldale.example/growth/ingest:4.9.10": failed to copy: write /var/lib/containerd/io.containerd.content.v1.content/ingest/fbc5dc3e781335c4041057b94be1d08f71da79e7e017cc2b84135ea2810d8632/data: no space left on device',
    },
  ],
  tellApart: [
    {
      from: 'QuotaExceeded',
      how: 'The quota of a registry account comes as a denial of the registry.',
    },
    {
      from: 'UnpackFailed',
      how: 'Any other failure to write a layer names another error of the file system.',
    },
  ],
  retryable: null,
  waiting: 'may help once the kubelet has removed unused images',
  group: 'node',
  nextSteps: [
    {
      text: 'See what the node says of its disk',
      command: 'kubectl describe node {node}',
    },
    onNode('see what is full (space and inodes)', 'df -h /var/lib /var/log /tmp'),
    {
      text: 'Remove unused images on the node (crictl rmi --prune), enlarge the disk, or move pods away',
    },
    NEW_POD,
  ],
};
