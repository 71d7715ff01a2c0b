/** github.com/containerd/platforms: `Normalize` and `Only`. */
import assert from 'node:assert/strict';
import { accepted, normalise, platformWords } from '../../../src/image/platforms.ts';
import { candidates } from '../../../src/registry/choose.ts';
import type { Descriptor } from '../../../src/registry/documents.ts';
import type { Platform } from '../../../src/registry/settings.ts';

function platform(words: string): Platform {
  const [os = '', architecture = '', variant] = words.split('/');
  return { os, architecture, variant };
}

function entry(words: string | null): Descriptor {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  return {
    mediaType,
    digest: words ?? 'none',
    size: 1,
    platform: words === null ? null : platform(words),
    isForeign: false,
  };
}

function chosen(node: string, ...entries: (string | null)[]): string[] {
  const index = { manifests: entries.map(entry), config: null, layers: [] };
  return candidates(index, platform(node)).map(({ digest }) => digest);
}

describe('platforms', () => {
  const spellings = [
    ['linux/x86_64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/armel', 'linux/arm/v6'],
    ['linux/i386', 'linux/386'],
    ['macos/arm64', 'darwin/arm64'],
    ['Linux/AMD64', 'linux/amd64'],
  ] as const;
  for (const [written, normal] of spellings) {
    it(`${written} is ${normal}`, () => {
      assert.equal(platformWords(normalise(platform(written))), normal);
    });
  }

  it('what a processor runs besides its own', () => {
    const of = (words: string) => accepted(platform(words)).map(platformWords);
    assert.deepEqual(of('linux/arm64'), [
      'linux/arm64',
      'linux/arm/v8',
      'linux/arm/v7',
      'linux/arm/v6',
      'linux/arm/v5',
    ]);
    assert.deepEqual(of('linux/arm/v6'), ['linux/arm/v6', 'linux/arm/v5']);
    assert.deepEqual(of('linux/amd64'), ['linux/amd64', 'linux/386']);
    assert.deepEqual(of('linux/amd64/v3'), [
      'linux/amd64/v3',
      'linux/amd64/v2',
      'linux/amd64',
      'linux/386',
    ]);
    assert.deepEqual(of('linux/s390x'), ['linux/s390x']);
  });

  it('the best entry first', () => {
    assert.deepEqual(chosen('linux/arm64', 'linux/arm/v7', 'linux/arm64/v8', 'linux/amd64'), [
      'linux/arm64/v8',
      'linux/arm/v7',
    ]);
    assert.deepEqual(chosen('linux/arm/v7', 'linux/arm/v5', 'linux/arm/v6', 'linux/arm64'), [
      'linux/arm/v6',
      'linux/arm/v5',
    ]);
    assert.deepEqual(chosen('linux/amd64', 'windows/amd64', 'linux/s390x'), []);
  });

  it('an entry without a platform comes last, attestations never', () => {
    assert.deepEqual(chosen('linux/amd64', null, 'unknown/unknown', 'linux/amd64'), [
      'linux/amd64',
      'none',
    ]);
  });
});
