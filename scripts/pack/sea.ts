/**
 * Makes the binaries with pkg. Its command line does not pass options of Node's single executables on, and its
 * function does; the file is internal, so pkg is pinned exactly.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BINARY } from '../../src/words/plugin.ts';
import { seedPkgCache } from './bases.ts';
import { signMachO } from './macho-sign.ts';
import { binaryName, isHost, platformName, type Target } from './targets.ts';

interface PkgTarget {
  readonly platform: string;
  readonly arch: string;
  readonly nodeRange: string;
  readonly output: string;
}

interface PkgOptions {
  readonly signature: false;
  readonly targets: readonly PkgTarget[];
  /** https://nodejs.org/docs/latest-v22.x/api/single-executable-applications.html */
  readonly seaConfig: Readonly<Record<string, unknown>>;
}

type PackWithPkg = (entry: string, options: PkgOptions) => Promise<void>;

/**
 * What the program starts with: no warnings of Node, which are for developers of Node programs, no debugger on
 * SIGUSR1, and a user's NODE_OPTIONS are not for us.
 */
const START = {
  disableExperimentalSEAWarning: true,
  execArgv: ['--no-warnings', '--disable-sigusr1'],
  execArgvExtension: 'none',
};

/** Where the binary of a platform lies. */
export function binaryPath(outFolder: string, target: Target): string {
  return path.join(outFolder, platformName(target), binaryName(target));
}

/**
 * Packs `dist/start.cjs` and its files for each target into `outFolder/OS-ARCH/`. Code caches fit only the machine
 * that made them: they go into the host's binary.
 *
 * @param dist folder of a finished build
 * @param files names in `dist` of the bundle and of its code caches, which end in `.codecache`
 */
export async function packBinaries(
  dist: string,
  files: readonly string[],
  outFolder: string,
  targets: readonly Target[],
): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-pack-'));
  const before = { HOME: process.env['HOME'], USERPROFILE: process.env['USERPROFILE'] };
  // pkg's cache lies in the home folder; Node's start and ours need none.
  process.env['HOME'] = home;
  process.env['USERPROFILE'] = home;
  try {
    const require = createRequire(import.meta.url);
    const pack: PackWithPkg = require('@yao-pkg/pkg/lib-es5/sea.js').default;
    for (const host of [true, false]) {
      const some = targets.filter((target) => isHost(target) === host);
      if (some.length === 0) continue;
      for (const target of some) seedPkgCache(home, target);
      const assets = files.filter((name) => host || !name.endsWith('.codecache'));
      await pack(path.join(dist, 'start.cjs'), {
        signature: false,
        targets: some.map((target) => ({
          platform: target.pkgPlatform,
          arch: target.nodeArch,
          nodeRange: `node${process.versions.node}`,
          output: binaryPath(outFolder, target),
        })),
        seaConfig: {
          ...START,
          assets: Object.fromEntries(assets.map((name) => [name, path.join(dist, name)])),
        },
      });
    }
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(home, { recursive: true, force: true });
  }
  for (const target of targets.filter(({ os }) => os === 'darwin')) {
    const file = binaryPath(outFolder, target);
    writeFileSync(file, signMachO(readFileSync(file), BINARY), { mode: 0o755 });
  }
  mkdirSync(outFolder, { recursive: true });
}
