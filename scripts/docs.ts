/**
 * Makes the pages under docs/ that come from code (`npm run docs`). With `--check` nothing is written: files that
 * differ are listed and the exit code is 1.
 */
import { join } from 'node:path';
import process from 'node:process';
import { driftedPages, writePages } from './docs/pages.ts';

const ROOT = join(import.meta.dirname, '..');

if (process.argv.includes('--check')) {
  const drifted = driftedPages(ROOT);
  for (const path of drifted) console.error(`${path} does not fit the sources; run: npm run docs`);
  process.exitCode = drifted.length > 0 ? 1 : 0;
} else {
  writePages(ROOT);
}
