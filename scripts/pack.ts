/**
 * `npm run pack`: after a build, the binaries of all platforms, their archives, the npm package, notices, SBOM and
 * sums into dist/pack/. `-- --host`: only this machine's binary.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BINARY } from '../src/words/plugin.ts';
import { METAFILE } from './build/bundle.ts';
import { commitOf } from './build/commit.ts';
import { installBases, nodeLicense } from './pack/bases.ts';
import { bundledPackages } from './pack/bundled.ts';
import { noticesText } from './pack/notices.ts';
import { makeNpmPackage } from './pack/npm-package.ts';
import { sbomJson } from './pack/sbom.ts';
import { binaryPath, packBinaries } from './pack/sea.ts';
import { tarGz } from './pack/tar.ts';
import { archiveName, binaryName, isHost, TARGETS, type Target } from './pack/targets.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'dist');
const OUT = path.join(DIST, 'pack');
const CHECKSUMS = 'checksums.txt';

const { values } = parseArgs({ options: { host: { type: 'boolean', default: false } } });
const targets = TARGETS.filter((target) => !values.host || isHost(target));
if (targets.length === 0) throw new Error(`no target for ${process.platform} ${process.arch}`);
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const packages = bundledPackages(JSON.parse(readFileSync(path.join(DIST, METAFILE), 'utf8')), ROOT);

function say(name: string, bytes: Buffer): void {
  process.stdout.write(`dist/pack/${name} ${(bytes.length / 1e6).toFixed(1)} MB\n`);
}

/** One line of `sha256sum`. */
function sumLine(name: string): string {
  const bytes = readFileSync(path.join(OUT, name));
  return `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`;
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
installBases(targets);
const node = { version: process.version, license: nodeLicense() };
const files = readdirSync(DIST).filter(
  (name) => name === `${BINARY}.cjs` || name.endsWith('.codecache'),
);
await packBinaries(DIST, files, OUT, targets);

const notices = Buffer.from(noticesText(packages, node));
const license = readFileSync(path.join(ROOT, 'LICENSE'));

async function archive(target: Target): Promise<string> {
  const name = archiveName(version, target);
  const bytes = await tarGz([
    { name: 'LICENSE', mode: 0o644, data: license },
    { name: 'THIRD-PARTY-NOTICES', mode: 0o644, data: notices },
    { name: binaryName(target), mode: 0o755, data: readFileSync(binaryPath(OUT, target)) },
  ]);
  writeFileSync(path.join(OUT, name), bytes);
  say(name, bytes);
  return name;
}

const names = await Promise.all(targets.map(archive));
const npmPackage = makeNpmPackage(ROOT, path.join(OUT, 'npm'), OUT, noticesText(packages, null));
say(npmPackage, readFileSync(path.join(OUT, npmPackage)));
const sbom = `${BINARY}_v${version}.cdx.json`;
const { versions } = process;
writeFileSync(
  path.join(OUT, sbom),
  sbomJson({ version, commit: commitOf(ROOT), packages, versions }),
);
writeFileSync(path.join(OUT, CHECKSUMS), [...names, npmPackage, sbom].map(sumLine).join(''));
