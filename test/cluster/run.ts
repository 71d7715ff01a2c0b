/**
 * `npm run test:cluster`: a cluster up, the tests, the cluster down. README.md says what it takes.
 *
 *     node test/cluster/run.ts [MOCHA ARGUMENT ...]
 *     node test/cluster/run.ts --up
 *     node test/cluster/run.ts --packages
 */
import path from 'node:path';
import { buildBinaries } from './up/binaries.ts';
import { inside, isUp } from './up/enclosure.ts';
import { missingPackages, whatLacks } from './up/needs.ts';
import { interrupted, run, tell, withEnclosure } from './up/session.ts';
import { ROOT, WORK } from './up/settings.ts';

const MOCHA = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
const HOOKS = path.join(import.meta.dirname, 'hooks.ts');
const TESTS = path.join(import.meta.dirname, '*.cluster.ts');

function mocha(args: readonly string[]): readonly string[] {
  const files = args.some((arg) => arg.endsWith('.cluster.ts')) ? [] : [TESTS];
  const options = ['--reporter', 'spec', '--timeout', '120000', '--require', HOOKS];
  return [process.execPath, MOCHA, ...options, ...args, ...files];
}

/** Until Ctrl-C, or until the cluster ends. */
async function keepUp(): Promise<number> {
  tell(`Up until Ctrl-C; logs in ${WORK}/logs. In another terminal:`);
  tell('  npx node test/cluster/in.ts bash  a shell with kubectl and the plugin');
  tell('  npm run test:cluster              the tests, in this cluster');
  await interrupted;
  return 0;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--packages')) {
    tell(missingPackages().join(' '));
    return 0;
  }
  if (isUp()) return await run(inside(mocha(args)));
  const lacks = whatLacks();
  if (lacks.length > 0) {
    tell(`test:cluster is skipped, this machine lacks: ${lacks.join('; ')}`);
    return await run(mocha(args), { IMAGEPULL_CLUSTER_SKIP: '1' });
  }
  buildBinaries(tell);
  const work = () => (args.includes('--up') ? keepUp() : run(inside(mocha(args))));
  return await withEnclosure('cluster', work);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
