/** What this machine lacks for a cluster of our own. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findGo, missingBinaries } from './binaries.ts';
import { CONTROL_GROUP } from './settings.ts';

/** Debian package, and the file that shows it is installed. */
export type Package = readonly [name: string, file: string];

/** For the registries in their enclosure. */
export const REGISTRY_PACKAGES: readonly Package[] = [
  ['docker-registry', 'docker-registry'],
  ['iproute2', 'ip'],
  ['openssl', 'openssl'],
  ['util-linux', 'setpriv'],
];

const PACKAGES: readonly Package[] = [
  ...REGISTRY_PACKAGES,
  ['runc', 'runc'],
  ['containernetworking-plugins', '/usr/lib/cni/bridge'],
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasCommand(file: string): boolean {
  if (file.startsWith('/')) return isExecutable(file);
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => isExecutable(path.join(folder, file)));
}

export function missingPackages(packages = PACKAGES): readonly string[] {
  return packages.filter(([, file]) => !hasCommand(file)).map(([name]) => name);
}

/** Two kubelets on one machine would remove each other's control groups. */
function anotherKubelet(): boolean {
  const root = '/sys/fs/cgroup';
  if (!existsSync(root)) return false;
  return [root, ...readdirSync(root).map((name) => path.join(root, name))].some((folder) => {
    const pods = path.join(folder, CONTROL_GROUP, 'kubepods');
    if (!existsSync(pods)) return false;
    return readdirSync(pods, { recursive: true, encoding: 'utf8' })
      .filter((name) => path.basename(name) === 'cgroup.procs')
      .some((name) => readFileSync(path.join(pods, name), 'utf8').trim() !== '');
  });
}

/** In words, one entry for each thing; empty when an enclosure with these packages can be started. */
export function enclosureLacks(packages: readonly Package[]): readonly string[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') return ['Linux on x86-64'];
  if (process.getuid?.() !== 0) return ['root'];
  const lacks: string[] = [];
  const missing = missingPackages(packages);
  if (missing.length > 0) lacks.push(`Debian packages ${missing.join(' ')}`);
  const enclosed = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'true']);
  if (enclosed.status !== 0) lacks.push('the right to make namespaces');
  return lacks;
}

/** In words, one entry for each thing; empty when a cluster can be started. */
export function whatLacks(): readonly string[] {
  const lacks = [...enclosureLacks(PACKAGES)];
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return lacks;
  if (!hasCommand('kubectl')) lacks.push('kubectl');
  if (missingBinaries().length > 0 && findGo() === undefined) lacks.push('Go 1.26 or later');
  if (anotherKubelet()) lacks.push('a machine without another kubelet');
  return lacks;
}
