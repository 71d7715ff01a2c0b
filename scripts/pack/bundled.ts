/** Which packages are in the bundle, by esbuild's own account. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its package.json. */
  readonly license: string;
  readonly homepage: string | undefined;
  /** Texts of its LICENSE, COPYING and NOTICE files, in the order of their names. */
  readonly texts: readonly string[];
}

const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-][\w.-]+)?$/i;
/** A Metafile's paths have `/` on every system; packages may lie inside packages. */
const PACKAGE_FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * The packages of which at least one byte is in the bundle, by name; one that npm put into several folders once.
 *
 * @param root folder that the metafile's paths start from
 * @throws where one brings no text of its licence, so that none is left out
 */
export function bundledPackages(metafile: Metafile, root: string): BundledPackage[] {
  const folders = new Set<string>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = PACKAGE_FOLDER.exec(file)?.[1];
      if (folder !== undefined && bytesInOutput > 0) folders.add(path.join(root, folder));
    }
  }
  const packages = new Map<string, BundledPackage>();
  for (const found of [...folders].toSorted().map(readPackage)) {
    const key = `${found.name}@${found.version}`;
    if (!packages.has(key)) packages.set(key, found);
  }
  return [...packages].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

function readPackage(folder: string): BundledPackage {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) throw new Error(`${folder} has no package.json`);
  const { name, version, license, homepage } = JSON.parse(readFileSync(file, 'utf8'));
  const texts = readdirSync(folder)
    .filter((entry) => LICENSE_FILE.test(entry))
    .toSorted()
    .map((entry) => readFileSync(path.join(folder, entry), 'utf8').trim());
  if (texts.length === 0 || typeof license !== 'string') {
    throw new Error(`${name} ${version} says nothing of its licence`);
  }
  return { name, version, license, homepage, texts };
}
