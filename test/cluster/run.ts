/**
 * `npm run test:cluster`: a cluster up, the tests, the cluster down. README.md says what it takes.
 *
 *     node test/cluster/run.ts [MOCHA ARGUMENT ...]
 *     node test/cluster/run.ts --up
 *     node test/cluster/run.ts --packages
 */
import path from 'node:path';
import { buildBinaries } from './up/binaries.ts';
import { isUp } from './up/enclosure.ts';
import { missingPackages, whatLacks } from './up/needs.ts';
import { interrupted, tell, testInCluster, withEnclosure } from './up/session.ts';
import { WORK } from './up/settings.ts';

const TESTS = path.join(import.meta.dirname, '*.cluster.ts');

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
  if (args.includes('--up') && !isUp() && whatLacks().length === 0) {
    buildBinaries(tell);
    return await withEnclosure('cluster', keepUp);
  }
  const tests = args.filter((arg) => arg !== '--up');
  const files = tests.some((arg) => arg.endsWith('.cluster.ts')) ? [] : [TESTS];
  return await testInCluster('test:cluster', [...tests, ...files]);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
