/** The file system containerd writes images to, a tmpfs (test/cluster/up/inside.sh): full, or not writable. */
import { execFile } from 'node:child_process';
import { readFileSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const IMAGES = '/var/lib/containerd';
/** Where layers are mounted as they are unpacked. */
export const MOUNTS = path.join(IMAGES, 'tmpmounts');

async function remount(options: string): Promise<void> {
  await run('mount', ['-o', `remount,${options}`, IMAGES]);
}

/** Leaves this many bytes free. */
export async function limitSpace(free: number): Promise<void> {
  const { blocks, bfree, bsize } = statfsSync(IMAGES);
  await remount(`size=${(blocks - bfree) * bsize + free}`);
}

/** Leaves this many inodes free. */
export async function limitInodes(free: number): Promise<void> {
  const { files, ffree } = statfsSync(IMAGES);
  await remount(`nr_inodes=${files - ffree + free}`);
}

/** As it was: more than any test needs. */
export async function unlimitDisk(): Promise<void> {
  await remount('size=50%,nr_inodes=1m');
}

/** Nothing below the folder can be written any more. */
export async function makeReadOnly(folder: string): Promise<void> {
  await run('mount', ['--bind', folder, folder]);
  await run('mount', ['-o', 'remount,bind,ro', folder]);
}

/** Undoes `makeReadOnly`; nothing where it is undone. */
export async function makeWritable(folder: string): Promise<void> {
  if (readFileSync('/proc/self/mounts', 'utf8').includes(` ${folder} `))
    await run('umount', [folder]);
}
