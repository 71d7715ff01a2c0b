/** The disk the node keeps images on: full, or not writable. */
import type { Fault } from '../fault.ts';
import {
  limitInodes,
  limitSpace,
  MOUNTS,
  makeReadOnly,
  makeWritable,
  unlimitDisk,
} from '../node/disk.ts';
import { pushOwnImage } from '../node/images.ts';
import { MEBIBYTE, mended, own, SANDBOX_EVENT } from './node-common.ts';

function disk(
  name: string,
  what: string,
  bytes: number,
  breakIt: () => Promise<void>,
  more: Partial<Fault> = {},
): Fault {
  const image = own(name);
  const wide = {
    breakIt: async () => {
      await pushOwnImage(image, bytes);
      await breakIt();
    },
    heal: unlimitDisk,
  };
  return { name, cause: 'NodeDiskFull', what, image, ...mended(wide), ...more };
}

export const DISK: readonly Fault[] = [
  disk('node-disk-layer', 'no room for the layer on the disk of the images', MEBIBYTE, () =>
    limitSpace(MEBIBYTE / 2),
  ),
  disk(
    'node-disk-last-byte',
    'not a byte free on the disk of the images',
    64,
    () => limitSpace(0),
    { event: SANDBOX_EVENT },
  ),
  disk('node-disk-inodes', 'no inode free on the disk of the images', 64, () => limitInodes(0), {
    event: SANDBOX_EVENT,
  }),
  disk('node-disk-unpack', 'room for the layer, not for what is in it', MEBIBYTE, () =>
    limitSpace(1_500_000),
  ),
];

function storage(name: string, what: string, folder: string): Fault {
  const image = own(name);
  const wide = {
    breakIt: async () => {
      await pushOwnImage(image);
      await makeReadOnly(folder);
    },
    heal: () => makeWritable(folder),
  };
  return { name, cause: 'UnpackFailed', what, image, ...mended(wide) };
}

export const STORAGE: readonly Fault[] = [
  storage('node-storage-unpack', 'the folder layers are unpacked in is mounted read-only', MOUNTS),
];
