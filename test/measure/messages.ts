import { readFileSync } from 'node:fs';
import { classify } from '../../src/causes/classify.ts';
import type { Reading } from '../../src/words/reading.ts';

/** One labelled message; `causes[0]` is the label, the others are right as well. */
export interface Row {
  readonly id: string;
  readonly message: string;
  readonly reason: string | null;
  readonly causes: readonly string[];
  readonly runtime: string;
  readonly form: 'event' | 'log-or-cli';
  /** The image that was pulled, where the row is a captured one. */
  readonly ref?: string;
}

export type Outcome = 'right' | 'wrong' | 'unknown';

export interface Judged {
  readonly row: Row;
  readonly reading: Reading;
  readonly outcome: Outcome;
  /** Alternatives that are not among the causes of the row. */
  readonly outside: readonly string[];
}

export interface Tally {
  right: number;
  wrong: number;
  unknown: number;
}

export interface Figures {
  readonly rows: number;
  readonly all: Tally;
  readonly byCause: ReadonlyMap<string, Tally>;
  readonly byRuntime: ReadonlyMap<string, Tally>;
  readonly byForm: ReadonlyMap<string, Tally>;
  readonly wrongCertain: number;
  /** Share of event rows with exactly one allowed cause that are answered `certain`. */
  readonly certainShare: number;
  readonly maxAlternatives: number;
  readonly meanAlternatives: number;
  readonly outsideAlternatives: number;
}

/** Reads rows of JSON Lines files. */
export function readRows(files: readonly string[]): Row[] {
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Row),
  );
}

/** Classifies every row as the commands do: text and reason. */
export function judgeRows(rows: readonly Row[]): Judged[] {
  return rows.map((row) => {
    const reading = classify(row.message, { reason: row.reason });
    const right = row.causes.includes(reading.cause);
    const outcome = right ? 'right' : reading.cause === 'Unknown' ? 'unknown' : 'wrong';
    const outside = reading.alternatives.filter((cause) => !row.causes.includes(cause));
    return { row, reading, outcome, outside };
  });
}

/** Counts what `bench:messages` prints and the tests hold as a floor. */
export function count(judged: readonly Judged[]): Figures {
  const all: Tally = { right: 0, wrong: 0, unknown: 0 };
  const byCause = new Map<string, Tally>();
  const byRuntime = new Map<string, Tally>();
  const byForm = new Map<string, Tally>();
  let wrongCertain = 0;
  let single = 0;
  let singleCertain = 0;
  let maxAlternatives = 0;
  let alternatives = 0;
  let outsideAlternatives = 0;
  for (const { row, reading, outcome, outside } of judged) {
    all[outcome]++;
    bump(byCause, row.causes[0] ?? '', outcome);
    bump(byRuntime, row.runtime, outcome);
    bump(byForm, row.form, outcome);
    if (outcome !== 'right' && reading.certainty === 'certain') wrongCertain++;
    if (row.form === 'event' && row.causes.length === 1) {
      single++;
      if (reading.certainty === 'certain') singleCertain++;
    }
    maxAlternatives = Math.max(maxAlternatives, reading.alternatives.length);
    alternatives += reading.alternatives.length;
    outsideAlternatives += outside.length;
  }
  return {
    rows: judged.length,
    all,
    byCause,
    byRuntime,
    byForm,
    wrongCertain,
    certainShare: single === 0 ? 1 : singleCertain / single,
    maxAlternatives,
    meanAlternatives: judged.length === 0 ? 0 : alternatives / judged.length,
    outsideAlternatives,
  };
}

function bump(tallies: Map<string, Tally>, key: string, outcome: Outcome): void {
  const tally = tallies.get(key) ?? { right: 0, wrong: 0, unknown: 0 };
  tally[outcome]++;
  tallies.set(key, tally);
}

/** Share of right answers of a tally, 1 where it is empty. */
export function share(tally: Tally | undefined): number {
  if (tally === undefined) return 1;
  return tally.right / (tally.right + tally.wrong + tally.unknown);
}
