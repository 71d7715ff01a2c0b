/** Prints the Debian packages that lack for starting the foreign binaries here, on one line. */
import { TARGETS } from '../../scripts/pack/targets.ts';
import { startOf } from './programs.ts';

const packages = TARGETS.flatMap((target) => {
  const start = startOf(target);
  return 'why' in start ? (start.packages ?? []) : [];
});
process.stdout.write(`${packages.join(' ')}\n`);
