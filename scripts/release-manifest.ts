/**
 * `npm run release:manifest`: writes krew-manifest.yaml with the sums of the archives in dist/pack, read from the
 * archives themselves, and .krew.yaml, krew-release-bot's template of it; fails where one is missing or checksums.txt says something else.
 * `-- --without-sums`: zeros in their place, as the file is between releases. `-- --check`: writes nothing and fails
 * where the file says something else than package.json and the template, sums aside.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { archiveName, TARGETS } from './pack/targets.ts';
import { krewBotTemplate, krewManifest, NO_SUM, readSums } from './release/manifest.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const FILE = path.join(ROOT, 'krew-manifest.yaml');
const BOT_FILE = path.join(ROOT, '.krew.yaml');
const PACK = path.join(ROOT, 'dist/pack');

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    'without-sums': { type: 'boolean', default: false },
  },
});
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** The sums as computed now; what checksums.txt holds must be the same. */
function sumsOfArchives(): Map<string, string> {
  const listed = readSums(readFileSync(path.join(PACK, 'checksums.txt'), 'utf8'));
  const sums = new Map<string, string>();
  for (const target of TARGETS) {
    const name = archiveName(version, target);
    const archive = path.join(PACK, name);
    if (!existsSync(archive)) throw new Error(`${archive} is missing: npm run pack`);
    const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
    if (listed.get(name) !== sum) throw new Error(`checksums.txt has another sum for ${name}`);
    sums.set(name, sum);
  }
  return sums;
}

const withoutSums = (text: string) => text.replace(/"[0-9a-f]{64}"/g, `"${NO_SUM}"`);

if (values.check) {
  const isNow = withoutSums(readFileSync(FILE, 'utf8')) === krewManifest(version, new Map());
  if (!isNow || readFileSync(BOT_FILE, 'utf8') !== krewBotTemplate()) {
    process.stderr.write(
      'krew-manifest.yaml or .krew.yaml is out of date: npm run release:manifest\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(BOT_FILE, krewBotTemplate());
  writeFileSync(FILE, krewManifest(version, values['without-sums'] ? new Map() : sumsOfArchives()));
}
