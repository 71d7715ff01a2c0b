/**
 * How the classifier does on labelled messages: `npm run bench:messages -- [--list] [FILE…]`.
 * Without files: `test/corpus/*.jsonl`. `--list` prints the rows that are not right. Always exits 0.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Tally } from '../test/measure/messages.ts';
import { count, judgeRows, readRows, share } from '../test/measure/messages.ts';

const args = process.argv.slice(2);
const list = args.includes('--list');
const named = args.filter((arg) => !arg.startsWith('--'));
const folder = join(import.meta.dirname, '..', 'test', 'corpus');
const files =
  named.length > 0
    ? named
    : readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => join(folder, name));

const judged = judgeRows(readRows(files));
const figures = count(judged);

function line(name: string, tally: Tally): string {
  const { right, wrong, unknown } = tally;
  const percent = `${(share(tally) * 100).toFixed(1)} %`;
  return `${name.padEnd(42)} right ${String(right).padStart(5)}  wrong ${String(wrong).padStart(4)}  unknown ${String(unknown).padStart(4)}  ${percent}`;
}

console.log(line(`all (${figures.rows} rows)`, figures.all));
for (const [title, tallies] of [
  ['form', figures.byForm],
  ['runtime', figures.byRuntime],
  ['cause', figures.byCause],
] as const) {
  console.log(`\nby ${title}`);
  for (const [name, tally] of [...tallies].sort((a, b) => a[0].localeCompare(b[0]))) {
    console.log(`  ${line(name, tally)}`);
  }
}
console.log(`\nwrong among certain: ${figures.wrongCertain}`);
console.log(
  `event rows with one allowed cause answered certain: ${(figures.certainShare * 100).toFixed(1)} %`,
);
console.log(
  `alternatives: at most ${figures.maxAlternatives}, mean ${figures.meanAlternatives.toFixed(3)}, outside the row's causes ${figures.outsideAlternatives}`,
);
if (list) {
  for (const { row, reading, outcome, outside } of judged) {
    if (outcome === 'right' && outside.length === 0) continue;
    const extra = outside.length === 0 ? '' : ` outside ${outside.join(',')}`;
    console.log(
      `\n${row.id} ${outcome} ${reading.cause} (${reading.certainty})${extra}; allowed ${row.causes.join(', ')}\n  ${row.message.replace(/\n/g, '\\n').slice(0, 600)}`,
    );
  }
}
