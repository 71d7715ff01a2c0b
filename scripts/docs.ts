/**
 * Makes the pages under docs/ that come from code, and the picture of a run (`npm run docs`). With `--check` nothing is
 * written: files that differ are listed and the exit code is 1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { driftedPages, writePages } from './docs/pages.ts';
import { firstRun, PICTURE, svgOf } from './docs/picture.ts';

const ROOT = join(import.meta.dirname, '..');
const picture = svgOf(await firstRun());

if (process.argv.includes('--check')) {
  const same = readFileSync(join(ROOT, PICTURE), 'utf8') === picture;
  const drifted = [...driftedPages(ROOT), ...(same ? [] : [PICTURE])];
  for (const path of drifted) console.error(`${path} does not fit the sources; run: npm run docs`);
  process.exitCode = drifted.length > 0 ? 1 : 0;
} else {
  writePages(ROOT);
  writeFileSync(join(ROOT, PICTURE), picture);
}
