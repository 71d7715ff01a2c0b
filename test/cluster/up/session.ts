/** What `npm run` scripts with an enclosure share: it is up while they work, and gone in any case. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildBinaries } from './binaries.ts';
import { inside, isUp, startEnclosure } from './enclosure.ts';
import { whatLacks } from './needs.ts';
import { ROOT } from './settings.ts';

const MOCHA = path.join(ROOT, 'node_modules/mocha/bin/mocha.js');
const HOOKS = path.join(import.meta.dirname, '../hooks.ts');

export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a command on this terminal; its exit code, 1 for a signal. */
export async function run(
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
  const options = ['--reporter', 'spec', '--timeout', '120000', '--require', HOOKS];
  return [process.execPath, MOCHA, ...options, ...args];
}

/** Resolves at the first Ctrl-C or request to end. */
export const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => resolve());
});

/**
 * Works in an enclosure with what `program` brings up, the cluster where none is given; 130 as soon as it is
 * interrupted. `what` names it when it is up.
 */
export async function withEnclosure(
  what: string,
  work: () => Promise<number>,
  program?: string,
): Promise<number> {
  const started = Date.now();
  const enclosure = startEnclosure(program);
  const done = enclosure.ready.then(() => {
    tell(`${what} up in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return work();
  });
  try {
    return await Promise.race([done, interrupted.then(() => 130)]);
  } finally {
    await enclosure.stop();
  }
}

/**
 * Runs mocha inside: in the cluster that is up, or in one made for it. Where the machine lacks something, one line says
 * what, and the tests count as pending. The exit code.
 */
export async function testInCluster(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  if (isUp()) return await run(inside(mocha(args)), env);
  const lacks = whatLacks();
  if (lacks.length > 0) {
    tell(`${command} is skipped, this machine lacks: ${lacks.join('; ')}`);
    return await run(mocha(args), { ...env, IMAGEPULL_CLUSTER_SKIP: '1' });
  }
  buildBinaries(tell);
  return await withEnclosure('cluster', () => run(inside(mocha(args)), env));
}
