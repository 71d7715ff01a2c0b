import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { krewManifest, NO_SUM } from '../../../scripts/release/manifest.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** As krew-release-bot fills its template (pkg/source/template.go): the second line begins with four spaces. */
function filled(template: string, tag: string): string {
  return template
    .replace(
      /\{\{\s*addURIAndSha "([^"]+)" \.TagName\s*\}\}/g,
      (_, url: string) => `uri: ${url}\n    sha256: "${NO_SUM}"`,
    )
    .replace(/\{\{\s*\.TagName\s*\}\}/g, tag);
}

describe('.krew.yaml', () => {
  it('is krew-manifest.yaml once the bot has filled it', () => {
    const text = filled(readFileSync(path.join(ROOT, '.krew.yaml'), 'utf8'), `v${version}`);
    assert.deepEqual(load(text), load(krewManifest(version, new Map())));
  });
});
