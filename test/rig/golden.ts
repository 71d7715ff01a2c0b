/** Runs the real command in this process for one golden case. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { testWorld } from './world.ts';

export interface GoldenOutput {
  readonly out: string;
  readonly err: string;
  readonly code: string;
}

/**
 * `args` holds one argument a line, `stdin` (where there is one) the standard input. Paths are relative to the
 * project's folder.
 */
export async function runGolden(folder: string): Promise<GoldenOutput> {
  const args = readFileSync(join(folder, 'args'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const stdin = join(folder, 'stdin');
  const world = testWorld({
    now: Date.parse('2026-11-21T04:00:00Z'),
    // Fingerprints are by chance else.
    env: { KUBECTL_IMAGEPULL_FINGERPRINT_KEY: 'golden' },
    cwd: join(import.meta.dirname, '..', '..'),
    ...(existsSync(stdin) ? { stdin: readFileSync(stdin) } : {}),
  });
  const code = await run(args, world);
  return { out: world.outText(), err: world.errText(), code: `${code}\n` };
}
