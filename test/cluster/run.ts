/**
 * `npm run test:cluster`: a cluster up, the tests, the cluster down. README.md says what it takes.
 *
 *     node test/cluster/run.ts [MOCHA ARGUMENT ...]
 *     node test/cluster/run.ts --up
 *     node test/cluster/run.ts --packages
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildBinaries } from './up/binaries.ts';
import { inside, isUp, startEnclosure } from './up/enclosure.ts';
import { missingPackages, whatLacks } from './up/needs.ts';
import { ROOT, WORK } from './up/settings.ts';

const MOCHA = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
const HOOKS = path.join(import.meta.dirname, 'hooks.ts');
const TESTS = path.join(import.meta.dirname, '*.cluster.ts');

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The exit code, 1 for a signal. */
async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function mocha(args: readonly string[]): readonly string[] {
  const files = args.some((arg) => arg.endsWith('.cluster.ts')) ? [] : [TESTS];
  const options = ['--reporter', 'spec', '--timeout', '120000', '--require', HOOKS];
  return [process.execPath, MOCHA, ...options, ...args, ...files];
}

/** Resolves at the first Ctrl-C or request to end. */
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => resolve());
});

/** Until Ctrl-C, or until the cluster ends. */
async function keepUp(): Promise<number> {
  tell(`Up until Ctrl-C; logs in ${WORK}/logs. In another terminal:`);
  tell('  npx node test/cluster/in.ts bash  a shell with kubectl and the plugin');
  tell('  npm run test:cluster              the tests, in this cluster');
  await interrupted;
  return 0;
}

/** Ends early with 130 when interrupted; the cluster is gone in any case. */
async function withCluster(work: () => Promise<number>): Promise<number> {
  const started = Date.now();
  const enclosure = startEnclosure();
  const done = enclosure.ready.then(() => {
    tell(`cluster up in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return work();
  });
  try {
    return await Promise.race([done, interrupted.then(() => 130)]);
  } finally {
    await enclosure.stop();
  }
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
  return await withCluster(() => (args.includes('--up') ? keepUp() : run(inside(mocha(args)))));
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
