/**
 * Checks .github/workflows with actionlint, built once from its Go module into ~/.cache: `node
 * scripts/lint-workflows.ts`. Exit code 2: it could not be built here (no Go, no network).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const MODULE = 'github.com/rhysd/actionlint';
/** The checksum database of Go pins its content. */
const VERSION = 'v1.7.12';
const CACHE = path.join(homedir(), '.cache', `imagepull-actionlint-${VERSION}`);
const PROGRAM = path.join(CACHE, process.platform === 'win32' ? 'actionlint.exe' : 'actionlint');

/** The program, or why there is none. */
export type Actionlint = { readonly program: string } | { readonly lacks: string };

/** Builds actionlint where it is not in the cache yet: half a minute. */
export function actionlint(): Actionlint {
  if (existsSync(PROGRAM)) return { program: PROGRAM };
  if (spawnSync('go', ['version']).status !== 0) return { lacks: 'Go' };
  mkdirSync(CACHE, { recursive: true });
  const env = { ...process.env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' };
  const steps = [
    ...(existsSync(path.join(CACHE, 'go.mod')) ? [] : [['mod', 'init', 'example.test/actionlint']]),
    ['get', `${MODULE}@${VERSION}`],
    ['build', '-o', PROGRAM, `${MODULE}/cmd/actionlint`],
  ];
  for (const step of steps) {
    const { status, stderr } = spawnSync('go', step, { cwd: CACHE, env, encoding: 'utf8' });
    if (status !== 0) return { lacks: `${MODULE} (${stderr.trim().split('\n').at(-1)})` };
  }
  return { program: PROGRAM };
}

/** The workflow files. */
export function workflowFiles(): string[] {
  const folder = path.join(ROOT, '.github/workflows');
  return readdirSync(folder).map((name) => path.join(folder, name));
}

/** What actionlint objects to, empty where it is content. Shell scripts are not looked at by programs of the machine. */
export function lintWorkflows(program: string): string {
  const args = ['-shellcheck=', '-pyflakes=', '-no-color', ...workflowFiles()];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? '' : stdout + stderr || 'actionlint failed';
}

if (process.argv[1] === import.meta.filename) {
  const found = actionlint();
  if ('lacks' in found) {
    process.stderr.write(`actionlint was not run: no ${found.lacks}\n`);
    process.exitCode = 2;
  } else {
    const problems = lintWorkflows(found.program);
    process.stderr.write(problems);
    process.exitCode = problems === '' ? 0 : 1;
  }
}
