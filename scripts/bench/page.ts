/** docs/proof/speed.md. */
import { spawnSync } from 'node:child_process';
import { arch, cpus, platform, release } from 'node:os';
import type { Report } from './report.ts';

/** First line of a program's `--version`, or that it is not there. */
function versionOf(command: string, ...args: string[]): string {
  const { stdout, error } = spawnSync(command, args, { encoding: 'utf8' });
  return error === undefined ? (stdout.split('\n')[0] ?? '') : `no ${command}`;
}

/** @param measured what was measured against what, and how often */
export function speedPage(report: Report, measured: string): string {
  const [{ model } = { model: 'unknown' }] = cpus();
  const machine = `${cpus().length} cores (${model.trim()}), ${platform()} ${release()} ${arch()}`;
  const skopeo = versionOf('skopeo', '--version');
  return `<!-- Made by \`npm run bench -- --write\`; do not edit. -->

# How long it takes

Measured ${new Date().toISOString().slice(0, 10)} on ${machine}, with nothing else running that we started.

- ${measured.trim().replaceAll('\n', '\n- ')}
- ${skopeo}

Both programs of a row run in turn; times are medians, the ratio is the median of the rounds' ratios. Repeat it with
\`npm run pack -- --host && npm run bench\`. Ratios travel from machine to machine, times do not.

${report.markdown()}`;
}
