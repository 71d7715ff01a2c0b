/** What an index lacks for nodes: the same choice as the ladder's. */
import assert from 'node:assert/strict';
import { fits, missingPlatforms } from '../../../src/judge/verify-platforms.ts';
import type { LadderResult } from '../../../src/words/ladder.ts';

const node = (architecture: string, os = 'linux') => ({ os, architecture });

function index(platforms: readonly string[] | null): LadderResult {
  const step = {
    step: 'platform',
    outcome: 'ok',
    code: 'ok',
    detail: '',
    ms: 1,
    facts: {},
  } as const;
  return {
    image: 'ghcr.io/o/app:1',
    repository: 'o/app',
    host: 'ghcr.io',
    credential: 'anonymous',
    result: 'pullable',
    code: 'ok',
    step: null,
    cause: null,
    steps: [step],
    digest: null,
    platforms,
    realmHost: null,
    retryAfter: null,
    credentialShown: false,
    ms: 1,
  };
}

describe('platforms of nodes and images', () => {
  for (const [made, architecture, expected] of [
    ['linux/arm64/v8', 'arm64', true],
    ['linux/arm/v7', 'arm64', true],
    ['linux/386', 'amd64', true],
    ['Linux/x86_64', 'amd64', true],
    ['linux/amd64', 'arm64', false],
    ['linux/arm64', 'arm', false],
    ['windows/amd64', 'amd64', false],
  ] as const) {
    it(`${made} ${expected ? 'runs' : 'does not run'} on linux/${architecture}`, () => {
      assert.equal(fits(made, node(architecture)), expected);
    });
  }

  it('tells what is missing, and nothing where entries do not say what they are for', () => {
    const wanted = [node('arm64'), node('s390x')];
    assert.deepEqual(missingPlatforms(index(['linux/amd64', 'linux/arm/v7']), wanted), [
      node('s390x'),
    ]);
    assert.deepEqual(missingPlatforms(index(null), wanted), []);
  });
});
