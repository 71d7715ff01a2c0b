/** Times programs against each other: in turn, so that a busy moment of the machine hits both. */
import { spawnSync } from 'node:child_process';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

export interface Comparison {
  /** Median of the rounds' ratios: ours divided by theirs. */
  readonly ratio: number;
  /** Medians, in milliseconds. */
  readonly ours: number;
  readonly theirs: number;
}

/** Variables that change what a start costs (extra CA certificates alone double a TLS start). */
const UNWANTED = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE', 'KUBECONFIG'];

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !UNWANTED.includes(name)),
  );
}

/**
 * Runs a program once and gives its standard output. Throws with its standard error where it fails: a
 * quick failure must not count as a quick answer.
 */
export function runOnce(program: Program): string {
  const { status, stdout, stderr, error } = spawnSync(program.command, program.args, {
    env: environment(),
    encoding: 'utf8',
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

/** Runs both programs `rounds` times in turn, after one round that only warms the file cache. */
export function compare(ours: Program, theirs: Program, rounds: number): Comparison {
  timed(ours);
  timed(theirs);
  const pairs = Array.from({ length: rounds }, (_, round) => {
    // Who goes first changes from round to round.
    if (round % 2 === 0) return { ours: timed(ours), theirs: timed(theirs) };
    const second = timed(theirs);
    return { ours: timed(ours), theirs: second };
  });
  return {
    ratio: median(pairs.map((pair) => pair.ours / pair.theirs)),
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
  };
}
