/** The packed binaries, unpacked from their archives, and how each can be started on this machine. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  archiveName,
  binaryName,
  isHost,
  platformName,
  TARGETS,
  type Target,
} from '../../scripts/pack/targets.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const PACK = path.join(ROOT, 'dist/pack');
export const VERSION = String(
  JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version,
);

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A platform's archive; `npm run pack -- --host` makes only one. */
export function archiveOf(target: Target): string {
  return path.join(PACK, archiveName(VERSION, target));
}

export const HOST = TARGETS.find(isHost);

/** The targets that are there. */
export const PACKED = TARGETS.filter((target) => existsSync(archiveOf(target)));

let folder = '';

/** Unpacks a platform's archive once and gives the binary. */
export function unpacked(target: Target): string {
  if (folder === '') {
    folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-unpacked-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  }
  const into = path.join(folder, platformName(target));
  if (!existsSync(into)) {
    mkdirSync(into);
    const { status, stderr } = spawnSync('tar', ['-xzf', archiveOf(target), '-C', into]);
    if (status !== 0) throw new Error(`tar: ${stderr}`);
  }
  return path.join(into, binaryName(target));
}

/** How to start a platform's binary here, or why not; `packages` are Debian's that would make it possible. */
export type Start =
  | { readonly command: readonly string[]; readonly env?: Readonly<Record<string, string>> }
  | { readonly why: string; readonly packages?: readonly string[] };

/** Debian's package of it is qemu-user-static; others call it by its plain name. */
const QEMU = ['qemu-aarch64-static', 'qemu-aarch64'];
const ARM64_ROOT = '/usr/aarch64-linux-gnu';

function onPath(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.some((entry) => existsSync(path.join(entry, name)));
}

export function startOf(target: Target): Start {
  if (isHost(target)) return { command: [] };
  if (target.os === 'darwin') return { why: 'only a Mac starts it' };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { why: `not on ${process.platform} ${process.arch}` };
  }
  if (target.os === 'linux') {
    const qemu = QEMU.find(onPath);
    if (qemu !== undefined && existsSync(path.join(ARM64_ROOT, 'lib/libstdc++.so.6'))) {
      return { command: [qemu, '-L', ARM64_ROOT] };
    }
    const libraries = ['libc6-arm64-cross', 'libstdc++6-arm64-cross', 'libgcc-s1-arm64-cross'];
    return {
      why: 'no qemu-user with the libraries of arm64',
      packages: ['qemu-user-static', ...libraries],
    };
  }
  if (!onPath('wine')) return { why: 'no wine', packages: ['wine', 'wine64'] };
  return { command: ['wine'], env: wineEnv() };
}

let wineFolder = '';

/** A Windows of our own. Node asks for one newer than wine's default. */
function wineEnv(): Readonly<Record<string, string>> {
  const first = wineFolder === '';
  if (first) {
    wineFolder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-wine-'));
    process.once('exit', () => {
      spawnSync('wineserver', ['-k'], { env: { ...process.env, WINEPREFIX: wineFolder } });
      rmSync(wineFolder, { recursive: true, force: true });
    });
  }
  const env = { WINEPREFIX: wineFolder, WINEDEBUG: '-all', DISPLAY: '' };
  if (first) {
    spawnSync('winecfg', ['-v', 'win10'], {
      env: { ...process.env, ...env },
      stdio: 'ignore',
      timeout: 120_000,
    });
  }
  return env;
}

/** Debian itself: there all that `startOf` asks for can be installed. */
export function isDebian(): boolean {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID=debian$/m.test(readFileSync(file, 'utf8'));
}

/** Variables of the machine that must not decide how a test ends. */
const UNWANTED = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'NODE_COMPILE_CACHE'];

export function plainEnv(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !UNWANTED.includes(name));
  const kubeconfig = path.join(ROOT, 'no-such-kubeconfig');
  return { ...Object.fromEntries(own), NO_COLOR: '1', KUBECONFIG: kubeconfig };
}
