/**
 * `npm run test:faults`: more than a hundred faults on a real node, each answered by the packed binary. README.md says
 * what it takes.
 *
 *     node test/faults/run.ts [--short | --only NAME[,NAME]] [--write]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { whatLacks } from '../cluster/up/needs.ts';
import { tell, testInCluster } from '../cluster/up/session.ts';
import { ROOT } from '../cluster/up/settings.ts';
import { PACKED } from './packed.ts';
import { faultsPage } from './page.ts';
import { saved } from './results.ts';

const PAGE = path.join(ROOT, 'docs/proof/faults.md');
/** Mocha ends with the number of failures; more are no run. */
const MOST_FAILURES = 60;
const TESTS = path.join(import.meta.dirname, '*.faults.ts');

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** True where there is no packed binary, or a source is newer. */
function isOutOfDate(): boolean {
  const packed = changedAt(PACKED);
  const src = path.join(ROOT, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
  return files.some((file) => changedAt(path.join(src, file)) > packed);
}

function pack(): void {
  tell('packing the binary');
  const { status, stderr } = spawnSync('npm', ['run', 'pack', '--', '--host'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm run pack -- --host: ${stderr}`);
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean' },
      only: { type: 'string' },
      write: { type: 'boolean' },
    },
  });
  // The page names the commit of the binary.
  if (whatLacks().length === 0 && (values.write || isOutOfDate())) pack();
  const faults = values.only ?? (values.short ? 'short' : '');
  const env = { IMAGEPULL_FAULTS: faults };
  if (values.write && faults !== '') throw new Error('--write is for a run of all faults');
  const code = await testInCluster('test:faults', [TESTS], env);
  // Also of a run that misses a goal: the page says so.
  if (values.write && code <= MOST_FAILURES) {
    mkdirSync(path.dirname(PAGE), { recursive: true });
    writeFileSync(PAGE, faultsPage(saved()));
    tell(`written: ${path.relative(ROOT, PAGE)}`);
  }
  return code;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
