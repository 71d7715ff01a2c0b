import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { krewProblems } from '../../../scripts/krew.ts';
import { isPlaceholder, REPOSITORY } from '../../../scripts/pack/repository.ts';
import { krewManifest, readSums } from '../../../scripts/release/manifest.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const MANIFEST = readFileSync(path.join(ROOT, 'krew-manifest.yaml'), 'utf8');
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const ZEROS = '0'.repeat(64);
const HOMEPAGE = 'spec.homepage: still a placeholder, see scripts/pack/repository.ts';

describe('krew manifest', () => {
  it('is in order', () => {
    assert.deepEqual(krewProblems(MANIFEST, { version, release: false }), []);
  });

  it('is refused for a release as long as a sum is a placeholder', () => {
    const problems = krewProblems(MANIFEST, { version, release: true });
    const sums = problems.filter((problem) => problem.endsWith('.sha256: still a placeholder'));
    assert.equal(sums.length, 5);
    const summed = MANIFEST.replaceAll(ZEROS, '5f'.repeat(32));
    const left = krewProblems(summed, { version, release: true });
    assert.deepEqual(left, isPlaceholder(REPOSITORY) ? [HOMEPAGE] : []);
  });

  it('is what its template gives', () => {
    const sums = MANIFEST.replace(/"[0-9a-f]{64}"/g, `"${ZEROS}"`);
    assert.equal(sums, krewManifest(version, new Map()));
  });

  it('takes sums by the name of the archive, and no line that is none', () => {
    const archive = `kubectl-imagepull_v${version}_linux-arm64.tar.gz`;
    const sum = 'ab'.repeat(32);
    const text = krewManifest(version, readSums(`${sum}  ${archive}\n`));
    assert.match(text, new RegExp(`${archive}\n      sha256: "${sum}"\n`));
    assert.equal(text.split(ZEROS).length, 5);
    assert.throws(() => readSums('abc  file\n'), /not a line of sums/);
  });

  /** What is changed, into what, and the problem it must give. */
  const cases: readonly (readonly [string | RegExp, string, RegExp])[] = [
    ['homepage:', 'homePage:', /^spec\.homePage: unknown field$/],
    [/ {2}homepage: .*\n/, '', /^spec\.homepage: missing$/],
    [/ {2}shortDescription: .*\n/, '', /^spec\.shortDescription: missing$/],
    ['Explain why', `Explain ${'at length '.repeat(5)}why`, /^spec\.shortDescription: \d+ char/],
    ['Finds pods', `Finds ${'x'.repeat(80)} pods`, /^spec\.description: wider than 80/],
    [`v${version}\n`, `${version}\n`, /^spec\.version: .* is not package\.json's/],
    [`"${ZEROS}"`, `"${'AB'.repeat(32)}"`, /sha256: not 64 lower-case/],
    [`"${ZEROS}"`, '"abc"', /sha256: not 64 lower-case/],
    ['arch: arm64', 'arch: riscv64', /linux\/riscv64 is none of ours$/],
    ['arch: arm64', 'arch: amd64', /^spec\.platforms: 2 entries for linux\/amd64$/],
    ['os: linux', 'system: linux', /matchLabels\.system: unknown field$/],
    ['bin: kubectl-imagepull.exe', 'bin: kubectl-imagepull', /bin: not kubectl-imagepull\.exe$/],
    ['bin: kubectl-imagepull\n', 'bin: kubectl-imagepull\n      files: []\n', /files: unknown/],
    ['uri: https', 'uri: http', /uri: not https:/],
    ['linux-amd64.tar.gz', 'linux-arm64.tar.gz', /uri: not https:/],
    ['name: imagepull', 'name: image-pull', /^metadata\.name: not imagepull$/],
    ['v1alpha2', 'v1', /^apiVersion: not/],
    ['kind: Plugin', 'kind: Plug', /^kind: not Plugin$/],
    ['metadata:\n  name: imagepull', 'metadata: []', /^metadata: not a mapping$/],
    ['kind: Plugin', 'kind: [', /^not YAML: /],
  ];
  for (const [from, to, problem] of cases) {
    it(`notices ${JSON.stringify(to.slice(0, 40))} for ${String(from)}`, () => {
      const changed = MANIFEST.replace(from, to);
      assert.notEqual(changed, MANIFEST);
      const problems = krewProblems(changed, { version, release: false });
      assert.ok(
        problems.some((found) => problem.test(found)),
        problems.join('\n'),
      );
    });
  }
});
