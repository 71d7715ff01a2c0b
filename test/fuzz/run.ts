/**
 * `npm run fuzz -- [--runs N] [--seed N] [--only TARGET] [--write]`: hostile inputs, in numbers. `--runs` (default 20000)
 * is shared out over the targets; `--seed` repeats a run; `--write` puts the figures into docs/proof/fuzz.md. Exits 1
 * where an input broke something.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Fuzzed, fuzz } from './fuzz.ts';
import { type Grown, grow } from './growth.ts';
import { broken, type Measured, page, table } from './report.ts';
import { TARGETS } from './targets/index.ts';

const PAGE = join(import.meta.dirname, '../../docs/proof/fuzz.md');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

function number(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`--${name} ${text}: it must be a whole number`);
}

const runs = number('runs', values.runs);
const seed = number('seed', values.seed ?? String(Date.now() % 2 ** 31));
const chosen = TARGETS.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  throw new Error(`--only ${values.only}: one of ${TARGETS.map(({ name }) => name).join(', ')}`);
}
const say = (text: string) => process.stderr.write(`${text}\n`);

const rejections: string[] = [];
process.on('unhandledRejection', (reason) => {
  rejections.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  say(`unhandled rejection: ${rejections.at(-1)}`);
});

say(`seed ${seed}`);
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
const measured: Measured[] = [];
const start = performance.now();
for (const target of chosen) {
  const opened = await target.open();
  try {
    const own = Math.ceil((runs * target.share) / shares);
    const fuzzed: Fuzzed = await fuzz(target, opened, { runs: own, seed });
    const grown: Grown[] = [];
    for (const growth of opened.growths) grown.push(await grow(opened, growth));
    const one = { fuzzed, grown };
    measured.push(one);
    say(table([one]).split('\n').at(-1) ?? '');
    for (const line of broken(one)) say(line);
  } finally {
    await opened.close();
  }
}
const done = {
  measured,
  asked: runs,
  seed,
  rejections: rejections.length,
  seconds: (performance.now() - start) / 1000,
};
process.stdout.write(`${table(measured)}\n`);
if (values.write) {
  mkdirSync(dirname(PAGE), { recursive: true });
  writeFileSync(PAGE, page(done));
}
const failed = rejections.length > 0 || measured.some((one) => broken(one).length > 0);
process.exitCode = failed ? 1 : 0;
