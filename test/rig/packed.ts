/** Runs the packed binary of this machine, several at a time, beside servers of the same process. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { HOST, plainEnv, type Ran, unpacked } from '../pack/programs.ts';

export interface PackedOptions {
  /** Besides `plainEnv`; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Standard input; absent: empty. */
  readonly stdin?: string;
  readonly cwd?: string;
  /** Milliseconds until it is killed, which no test takes for an answer; default 20 s. */
  readonly limitMs?: number;
  /** Program and arguments that start it, e.g. strace. */
  readonly under?: readonly string[];
}

export interface PackedRan extends Ran {
  /** Milliseconds from start to end. */
  readonly ms: number;
}

export function packedBinary(): string {
  assert.ok(HOST, `no binary for ${process.platform} ${process.arch}`);
  return unpacked(HOST);
}

/** Fails where it is still running at the end of its time: that is a hang. */
export async function runPacked(
  args: readonly string[],
  options: PackedOptions = {},
): Promise<PackedRan> {
  const { env = {}, stdin = '', cwd, limitMs = 20_000, under = [] } = options;
  const [command = '', ...rest] = [...under, packedBinary(), ...args];
  const began = performance.now();
  const child = spawn(command, rest, { cwd, env: { ...plainEnv(), ...env } });
  child.stdin.on('error', () => undefined).end(stdin);
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, limitMs);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  clearTimeout(timer);
  assert.ok(!hung, `still running after ${limitMs} ms: ${args.join(' ')}\n${stdout}\n${stderr}`);
  return { status, stdout, stderr, ms: performance.now() - began };
}

/** Does `work` for each item, `width` at a time; the first failure ends it. */
export async function inTurns<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const turns = Array.from({ length: width }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  });
  try {
    await Promise.all(turns);
  } finally {
    left.length = 0;
  }
}
