/** The program of ours that is measured. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { binaryPath } from '../pack/sea.ts';
import { isHost, TARGETS } from '../pack/targets.ts';
import type { Program } from './measure.ts';

const DIST = path.resolve(import.meta.dirname, '../../dist');

/** The build in dist/, started by this very Node: npm's scripts run on the pinned one. */
export function builtProgram(): Program {
  return { command: process.execPath, args: [path.join(DIST, 'start.cjs')] };
}

/** This machine's packed binary, as one has it that was installed some time ago. */
export function packedProgram(): Program {
  const target = TARGETS.find(isHost);
  const command = target === undefined ? '' : binaryPath(path.join(DIST, 'pack'), target);
  if (!existsSync(command)) throw new Error('no packed binary: npm run pack -- --host');
  settle(command);
  return { command, args: [] };
}

/**
 * Makes the system read a file from the disk again, where it can be told to (GNU dd): the pages of a file that was
 * just written are larger, and a start from them is a tenth faster than any later one.
 */
function settle(file: string): void {
  spawnSync('sync', [file]);
  spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
}
