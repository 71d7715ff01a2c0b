/** The real krew and its validator, built once from their Go module into the cache; `module/go.mod` fixes the version. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { findGo } from '../cluster/up/binaries.ts';

const MODULE = path.join(import.meta.dirname, 'module');
export const KREW_CACHE =
  process.env['IMAGEPULL_KREW_CACHE'] ?? path.join(homedir(), '.cache/imagepull-krew');
const EXE = process.platform === 'win32' ? '.exe' : '';

/** kubectl finds krew by its name. */
const PROGRAMS = {
  [`kubectl-krew${EXE}`]: 'sigs.k8s.io/krew/cmd/krew',
  [`validate-krew-manifest${EXE}`]: 'sigs.k8s.io/krew/cmd/validate-krew-manifest',
};

/** Folder of `kubectl-krew` and `validate-krew-manifest`. */
export const TOOLS = path.join(KREW_CACHE, 'bin');

const STAMP = path.join(TOOLS, '.go.mod');
const wanted = () => readFileSync(path.join(MODULE, 'go.mod'), 'utf8');

function isBuilt(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted();
}

/** What lacks for krew, in words; null when it can be run here. */
export function whatLacks(): string | null {
  if (!isBuilt() && findGo() === undefined) return 'no Go 1.26 or later';
  if (spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status !== 0) {
    return 'no kubectl';
  }
  return null;
}

export function hasGit(): boolean {
  return spawnSync('git', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Builds what is not in the cache: a minute on two cores when Go has nothing of it. */
export function buildTools(): void {
  if (isBuilt()) return;
  const go = findGo();
  if (go === undefined) throw new Error('Go 1.26 or later is missing');
  mkdirSync(TOOLS, { recursive: true });
  rmSync(STAMP, { force: true });
  // A folder of its own: outside the checkout Go finds no other module or workspace above it.
  const source = path.join(KREW_CACHE, 'src');
  rmSync(source, { recursive: true, force: true });
  cpSync(MODULE, source, { recursive: true });
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const made = path.join(TOOLS, `${name}.${process.pid}`);
    execFileSync(go, ['build', '-trimpath', '-ldflags', '-s -w', '-o', made, program], {
      cwd: source,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
    });
    renameSync(made, path.join(TOOLS, name));
  }
  writeFileSync(STAMP, wanted());
}
