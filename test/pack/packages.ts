/** Prints the Debian packages that lack for starting the foreign binaries here and for strace, on one line. */
import { spawnSync } from 'node:child_process';
import { TARGETS } from '../../scripts/pack/targets.ts';
import { startOf } from './programs.ts';

const packages = TARGETS.flatMap((target) => {
  const start = startOf(target);
  return 'why' in start ? (start.packages ?? []) : [];
});
// Watches the sockets of the binary.
if (spawnSync('strace', ['-V']).status !== 0) packages.push('strace');
process.stdout.write(`${packages.join(' ')}\n`);
