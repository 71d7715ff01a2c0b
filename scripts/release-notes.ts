/**
 * Prints the section of CHANGELOG.md for the version of package.json, as notes of its release; `node
 * scripts/release-notes.ts`. Fails where the changelog has none.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The lines below `## [VERSION]` up to the next version, or null where there is no such heading. */
export function releaseNotes(changelog: string, version: string): string | null {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (start < 0) return null;
  // Links of the headings stand at the end of the file.
  const length = lines.slice(start + 1).findIndex((line) => /^## |^\[[^\]]+\]: /.test(line));
  const end = length < 0 ? undefined : start + 1 + length;
  return `${lines
    .slice(start + 1, end)
    .join('\n')
    .trim()}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const notes = releaseNotes(readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
  if (notes === null) {
    process.stderr.write(`CHANGELOG.md has no section for ${version}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(notes);
  }
}
