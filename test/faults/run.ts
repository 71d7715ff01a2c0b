/**
 * `npm run test:faults`: more than a hundred faults on a real node, each answered by the packed binary. README.md says
 * what it takes.
 *
 *     node test/faults/run.ts [--short | --only NAME[,NAME]] [--write]
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { whatLacks } from '../cluster/up/needs.ts';
import { tell, testInCluster } from '../cluster/up/session.ts';
import { ROOT } from '../cluster/up/settings.ts';
import { PACKED } from './packed.ts';

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
  if (whatLacks().length === 0 && isOutOfDate()) pack();
  const faults = values.only ?? (values.short ? 'short' : '');
  const env = { IMAGEPULL_FAULTS: faults, IMAGEPULL_FAULTS_WRITE: values.write ? '1' : '' };
  return await testInCluster('test:faults', [TESTS], env);
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
