/** How long one message takes the classifier, without the start of a program. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { classify } from '../../src/causes/classify.ts';
import { readRows } from '../../test/measure/messages.ts';
import { median } from './measure.ts';
import type { Report } from './report.ts';

const CORPUS = path.resolve(import.meta.dirname, '../../test/corpus');
const AIM_MICROSECONDS = 20;
/** Four times the length may take a little more than four times the time, not sixteen times. */
const AIM_GROWTH = 5;
const SHORT = 16 * 1024;
const LONG = 4 * SHORT;
const TEXTS = 200;

interface Message {
  readonly message: string;
  readonly reason: string | null;
}

function microseconds({ message, reason }: Message): number {
  const start = process.hrtime.bigint();
  classify(message, { reason });
  return Number(process.hrtime.bigint() - start) / 1000;
}

/** Messages one after the other up to a length, as a text of many errors is. */
function long(messages: readonly Message[], from: number, length: number): Message {
  let text = '';
  for (let at = from; text.length < length; at++) text += messages[at % messages.length]?.message;
  return { message: text.slice(0, length), reason: null };
}

export function benchClassify(rounds: number, report: Report): void {
  const files = readdirSync(CORPUS).filter((name) => name.endsWith('.jsonl'));
  const rows = readRows(files.map((name) => path.join(CORPUS, name)));
  const times: number[] = [];
  // Equal texts are read once: a number makes each new. The first round is for V8.
  for (let round = 0; round <= rounds; round++) {
    for (const { message, reason } of rows) {
      const taken = microseconds({ message: `${message} ${round}`, reason });
      if (round > 0) times.push(taken);
    }
  }
  const one = { ours: median(times), theirs: 1, ratio: median(times) };
  report.row(
    `classify one of ${rows.length} messages / one microsecond`,
    one,
    AIM_MICROSECONDS,
    'µs',
  );
  const pairs = Array.from({ length: TEXTS }, (_, at) => {
    const theirs = microseconds(long(rows, at, SHORT));
    return { ours: microseconds(long(rows, at, LONG)), theirs };
  });
  const growth = {
    ours: median(pairs.map(({ ours }) => ours)),
    theirs: median(pairs.map(({ theirs }) => theirs)),
    ratio: median(pairs.map(({ ours, theirs }) => ours / theirs)),
  };
  report.row('classify 64 KiB / 16 KiB', growth, AIM_GROWTH, 'µs');
}
