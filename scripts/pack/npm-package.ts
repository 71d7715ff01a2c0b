/** The npm package: the bundle, a command that starts it, and no dependency. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BINARY } from '../../src/words/plugin.ts';
import { npmCommand } from './npm.ts';
import { REPOSITORY } from './repository.ts';

/** What src/main.ts and npm-start.cjs ask for as well; npm only warns. */
const OLDEST_NODE = '>=22.19';

/** package.json of the package, from the project's: without scripts and without any kind of dependency. */
export function npmManifest(project: { version: string; description: string; license: string }) {
  const { version, description, license } = project;
  return {
    name: BINARY,
    version,
    description,
    license,
    keywords: ['kubectl', 'kubectl-plugin', 'kubernetes', 'ImagePullBackOff', 'imagePullSecrets'],
    homepage: REPOSITORY,
    repository: { type: 'git', url: `git+${REPOSITORY}.git` },
    bugs: `${REPOSITORY}/issues`,
    engines: { node: OLDEST_NODE },
    bin: { [BINARY]: `${BINARY}.cjs` },
  };
}

/**
 * Writes the package into `folder` and packs it into `outFolder`.
 *
 * @param root the project, with a finished build in `dist/`
 * @returns name of the .tgz
 */
export function makeNpmPackage(
  root: string,
  folder: string,
  outFolder: string,
  notices: string,
): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const project = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const manifest = npmManifest(project);
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(path.join(root, `dist/${BINARY}.cjs`), path.join(folder, 'bundle.cjs'));
  const start = readFileSync(path.join(import.meta.dirname, 'npm-start.cjs'));
  writeFileSync(path.join(folder, `${BINARY}.cjs`), start, { mode: 0o755 });
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md']) {
    cpSync(path.join(root, name), path.join(folder, name));
  }
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), notices);
  const { command, args, shell } = npmCommand([
    'pack',
    '--silent',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    outFolder,
  ]);
  const answer = execFileSync(command, args, { cwd: folder, encoding: 'utf8', shell });
  const [packed] = JSON.parse(answer);
  return String(packed.filename);
}
