/** Every generated page, and which files of the project differ from them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { causePages } from './cause-pages.ts';
import { commandPages } from './command-pages.ts';
import { jsonPages } from './json-pages.ts';
import { RBAC_FOLDER, rbacPages } from './rbac-pages.ts';
import { registryPages } from './registry-pages.ts';

/** Folders that hold nothing but generated pages. */
const OWN_FOLDERS = ['docs/causes', 'docs/registries', RBAC_FOLDER];

/** The pages by path below the project's folder. */
export function generatedPages(): Map<string, string> {
  return new Map([
    ...causePages(),
    ...commandPages(),
    ...registryPages(),
    ...rbacPages(),
    ...jsonPages(),
  ]);
}

/** Paths whose file below `root` is missing, differs, or belongs to no page any more. */
export function driftedPages(root: string): string[] {
  const pages = generatedPages();
  const differing = [...pages].flatMap(([path, text]) => {
    const file = join(root, path);
    return existsSync(file) && readFileSync(file, 'utf8') === text ? [] : [path];
  });
  return [...differing, ...leftovers(root, pages)];
}

/** Writes every page below `root` and removes those of causes and registries that are gone. */
export function writePages(root: string): void {
  const pages = generatedPages();
  for (const path of leftovers(root, pages)) rmSync(join(root, path));
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function leftovers(root: string, pages: ReadonlyMap<string, string>): string[] {
  return OWN_FOLDERS.flatMap((folder) => {
    if (!existsSync(join(root, folder))) return [];
    return readdirSync(join(root, folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) => !pages.has(path));
  });
}
