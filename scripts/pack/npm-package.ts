/** The npm package: the bundle as the command, and no dependency. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BINARY } from '../../src/words/plugin.ts';
import { REPOSITORY } from './repository.ts';

/** What src/main.ts asks for as well; npm only warns. */
const OLDEST_NODE = '>=22.19';

/** Notes on deprecated functions of libraries are for developers of Node programs. */
const FIRST_LINES = '#!/usr/bin/env node\nprocess.noDeprecation = true;\n';

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
  const bundle = readFileSync(path.join(root, `dist/${BINARY}.cjs`), 'latin1');
  const file = path.join(folder, `${BINARY}.cjs`);
  writeFileSync(file, FIRST_LINES + bundle, { encoding: 'latin1', mode: 0o755 });
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md']) {
    cpSync(path.join(root, name), path.join(folder, name));
  }
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), notices);
  const npm = process.env['npm_execpath'];
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const args = ['pack', '--silent', '--json', '--ignore-scripts', '--pack-destination', outFolder];
  const answer = execFileSync(command, [...first, ...args], { cwd: folder, encoding: 'utf8' });
  const [packed] = JSON.parse(answer);
  return String(packed.filename);
}
