/** Runs a command inside the cluster that `--up` keeps: `npx node test/cluster/in.ts kubectl get pods`. */
import { spawnSync } from 'node:child_process';
import { inside, isUp } from './up/enclosure.ts';

function main(command: readonly string[]): number {
  if (command.length === 0 || !isUp()) {
    const why = isUp()
      ? 'usage: in.ts COMMAND [ARGUMENT ...]'
      : 'no cluster is up: npm run test:cluster -- --up';
    process.stderr.write(`${why}\n`);
    return 1;
  }
  const [program = '', ...args] = inside(command);
  return spawnSync(program, args, { stdio: 'inherit' }).status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
