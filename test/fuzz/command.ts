/** A whole command, in this process. */
import { run } from '../../src/cli/run.ts';
import { type TestWorldOptions, testWorld } from '../rig/world.ts';
import { promise } from './properties.ts';
import type { Said } from './target.ts';

/** So that ages and ends of credentials are the same each time. */
export const NOW = Date.parse('2026-11-21T04:00:00Z');

const CODES: readonly number[] = [0, 1, 2, 3, 4];

export interface Ran extends Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `argv`; both streams are in `texts`. */
export async function command(argv: readonly string[], options: TestWorldOptions): Promise<Ran> {
  const world = testWorld({ now: NOW, cwd: '/nonexistent', ...options });
  const code = await run(argv, world);
  promise(CODES.includes(code), `exit code ${code}`);
  const out = world.outText();
  const err = world.errText();
  promise(code !== 1 || err.trim() !== '', 'exit code 1 without a line that says why');
  return { code, out, err, texts: [out, err] };
}
