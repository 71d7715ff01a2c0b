/**
 * `npm run bench:cluster-dumps [-- DIR…]`: the bundled command, `describe -A -f … -o json`, over every dump of
 * each folder, against `modern-truth.json` (what was injected there).
 */
import { type DumpFigures, measureDumps } from '../test/measure/dumps.ts';

const dirs = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const list = process.argv.includes('--list');

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

function show(dir: string, f: DumpFigures): void {
  console.log(`${dir}: ${f.entries} entries with a pull failure, ${f.none} without`);
  console.log(
    `  cause among cause and alternatives   ${f.reached} (${percent(f.reached, f.entries)}), aim 98 %`,
  );
  console.log(
    `  cause is the cause                   ${f.exact} (${percent(f.exact, f.entries)}), aim 95 %`,
  );
  console.log(`  wrong certain answers                ${f.wrongCertain.length}, aim 0`);
  console.log(`  verdicts where truth is None         ${f.falseVerdicts.length}, aim 0`);
  console.log(
    `  alternatives                         max ${f.maxAlternatives} (aim 3), mean ${f.meanAlternatives.toFixed(2)} (aim 0.8), outside truth ${f.outside}`,
  );
  console.log(`  findings named                       ${f.findingsNamed} of ${f.findings}`);
  for (const line of f.wrongCertain) console.log(`  WRONG AND CERTAIN ${line}`);
  for (const line of f.falseVerdicts) console.log(`  FALSE VERDICT ${line}`);
  for (const line of list ? f.missed : f.missed.slice(0, 20)) console.log(`  missed ${line}`);
  if (list) for (const line of f.inexact) console.log(`  inexact ${line}`);
  if (list) for (const line of f.findingsMissed) console.log(`  finding not named ${line}`);
}

for (const dir of dirs.length > 0 ? dirs : ['test/dumps']) show(dir, await measureDumps(dir));
