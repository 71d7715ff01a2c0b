/**
 * `node scripts/audit.ts`: asks npm for known faults of all packages. `--omit=dev` would ask for none: what is bundled
 * is installed as a development dependency.
 * Exit code 1 where some are found that `EXPLAINED` does not name; 0 with a line on standard error where npm could not
 * be asked: a proxy may not serve audits, and "nobody said anything" is not "nothing was found".
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { npmCommand } from './pack/npm.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Packages whose findings do not touch us, each with the reason. */
const EXPLAINED: Readonly<Record<string, string>> = {};

export type Audit =
  | { readonly kind: 'clean' }
  /** A line a package. */
  | { readonly kind: 'found'; readonly lines: readonly string[] }
  | { readonly kind: 'not asked'; readonly why: string };

interface Finding {
  readonly name?: string;
  readonly severity?: string;
  readonly via?: readonly (string | { readonly title?: string })[];
}

/** What `npm audit --json` printed. Only a whole report counts as an answer. */
export function readAudit(text: string, explained = EXPLAINED): Audit {
  let report: Readonly<Record<string, unknown>> | null;
  try {
    report = JSON.parse(text);
  } catch {
    return { kind: 'not asked', why: 'npm printed no report' };
  }
  if (report?.['auditReportVersion'] !== 2 || typeof report['vulnerabilities'] !== 'object') {
    return { kind: 'not asked', why: String(report?.['message'] ?? 'npm printed no report') };
  }
  const found = Object.entries((report['vulnerabilities'] ?? {}) as Record<string, Finding>)
    .filter(([name]) => !(name in explained))
    .map(([name, { severity, via = [] }]) => {
      const titles = via.map((one) => (typeof one === 'string' ? one : (one.title ?? '')));
      return `${name} (${severity}): ${titles.join('; ')}`;
    });
  return found.length === 0 ? { kind: 'clean' } : { kind: 'found', lines: found };
}

function main(): void {
  const { command, args, shell } = npmCommand(['audit', '--json', '--loglevel=error']);
  const { stdout } = spawnSync(command, args, { cwd: ROOT, shell, encoding: 'utf8' });
  const audit = readAudit(stdout ?? '');
  switch (audit.kind) {
    case 'clean':
      process.stdout.write('nothing found\n');
      return;
    case 'not asked':
      process.stderr.write(`npm audit could not be asked: ${audit.why}\n`);
      return;
    case 'found':
      process.stdout.write(audit.lines.map((line) => `${line}\n`).join(''));
      process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) main();
