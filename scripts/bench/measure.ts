/** Times programs against each other: in turn, so that a busy moment of the machine hits both. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Figure } from './row.ts';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables besides this process's own. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface Cost {
  /** Milliseconds from start to end. */
  readonly time: number;
  /** Largest resident memory in MiB; NaN where the system does not tell. */
  readonly memory: number;
}

/** Variables that change what a start costs (extra CA certificates alone double a TLS start). */
const UNWANTED = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE', 'KUBECONFIG'];

function environment({ env }: Program): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !UNWANTED.includes(name));
  return { ...Object.fromEntries(own), ...env };
}

/**
 * Runs a program once and gives its standard output. Throws with its standard error where it fails: a
 * quick failure must not count as a quick answer.
 */
export function runOnce(program: Program): string {
  const { status, stdout, stderr, error } = spawnSync(program.command, program.args, {
    env: environment(program),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) throw error;
  if (status !== 0) {
    throw new Error(`${program.command} ${program.args.join(' ')}: exit ${status}\n${stderr}`);
  }
  return stdout;
}

function timed(program: Program): number {
  const start = performance.now();
  runOnce(program);
  return performance.now() - start;
}

/** Middle value; `values` is not empty. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Medians of pairs, in milliseconds; `ratio` is the median of the rounds' ratios. */
export function compared(pairs: readonly { ours: number; theirs: number }[]): Figure {
  return {
    ratio: median(pairs.map((pair) => pair.ours / pair.theirs)),
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
  };
}

/** Runs both programs `rounds` times in turn, after one round that only warms the file cache. */
export function compare(ours: Program, theirs: Program, rounds: number): Figure {
  timed(ours);
  timed(theirs);
  const pairs = Array.from({ length: rounds }, (_, round) => {
    // Who goes first changes from round to round.
    if (round % 2 === 0) return { ours: timed(ours), theirs: timed(theirs) };
    const second = timed(theirs);
    return { ours: timed(ours), theirs: second };
  });
  return compared(pairs);
}

/** How often the memory is read. It is a high-water mark: what is missed is what grew after the last look. */
const LOOK_MS = 5;

/** Runs a program once, its standard output thrown away. Throws with its standard error where it fails. */
export async function costOf(program: Program): Promise<Cost> {
  const start = performance.now();
  const child = spawn(program.command, program.args, {
    env: environment(program),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let memory = Number.NaN;
  const look = setInterval(() => {
    memory = peakOf(child.pid) ?? memory;
  }, LOOK_MS);
  try {
    const [[status], said] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    const time = performance.now() - start;
    if (status !== 0) throw new Error(`${program.command}: exit ${status}\n${said}`);
    return { time, memory };
  } finally {
    clearInterval(look);
  }
}

/** Linux: VmHWM of a process in MiB. A process that has just ended has none, other systems neither. */
function peakOf(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
