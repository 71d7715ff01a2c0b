/** Runs one target so many times, and keeps what broke, shrunk. */
import fc from 'fast-check';
import { Broken, type BrokenKind, checkSaid } from './properties.ts';
import type { Opened, Target } from './target.ts';
import { timed } from './time.ts';

/** Longest time of the processor for one input, in milliseconds. */
export const LIMIT_MS = 50;

/** Runs of one call of fast-check; each has a seed of its own. */
const BATCH = 2000;

/** So many defects of a target are enough to begin with. */
const MOST_FAILURES = 8;

export interface Failure {
  readonly kind: BrokenKind;
  readonly message: string;
  /** The shrunk input, as source. */
  readonly input: string;
  /** Repeats it: `--only TARGET --seed SEED --runs RUNS`. */
  readonly seed: number;
  readonly runs: number;
}

export interface Fuzzed {
  readonly target: Target;
  readonly runs: number;
  readonly seconds: number;
  /** Longest time of one input. */
  readonly worstMs: number;
  readonly failures: readonly Failure[];
}

/** Nothing is thrown for a defect: it stands in `failures`. The first batch has the seed itself. */
export async function fuzz(
  target: Target,
  opened: Opened,
  {
    runs,
    seed,
    limitMs = LIMIT_MS,
    each,
  }: { runs: number; seed: number; limitMs?: number; each?: (done: number) => void },
): Promise<Fuzzed> {
  const failures: Failure[] = [];
  const start = performance.now();
  let worstMs = 0;
  let done = 0;
  // A slow input was patiently looked at; the smaller ones it is shrunk to are many.
  let isShrinking = false;
  const property = fc.asyncProperty(opened.inputs, async (input) => {
    const pauses = isShrinking ? [] : undefined;
    const { value, ms } = await timed(() => opened.run(input), limitMs, pauses);
    if (ms > limitMs) {
      isShrinking = true;
      throw new Broken('slow', `${ms.toFixed(0)} ms`);
    }
    worstMs = Math.max(worstMs, ms);
    checkSaid(value);
  });
  for (let batch = 0; done < runs && failures.length < MOST_FAILURES; batch++) {
    const numRuns = Math.min(BATCH, runs - done);
    isShrinking = false;
    const batchSeed = (seed + Math.imul(batch, 0x9e3779b1)) | 0;
    const details = await fc.check(property, { seed: batchSeed, numRuns, endOnFailure: false });
    done += details.failed ? details.numRuns : numRuns;
    if (details.failed) {
      // Without a sign, which a command line would take for a flag.
      failures.push(failureOf(details, batchSeed >>> 0, numRuns));
    }
    each?.(done);
  }
  return { target, runs: done, seconds: (performance.now() - start) / 1000, worstMs, failures };
}

function failureOf(details: fc.RunDetails<[unknown]>, seed: number, runs: number): Failure {
  const error = details.errorInstance;
  const input = fc.stringify(details.counterexample?.[0]).slice(0, 3000);
  if (error instanceof Broken) {
    return { kind: error.kind, message: error.message, input, seed, runs };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'crash', message: message.slice(0, 1500), input, seed, runs };
}
