/** The ladder against a real registry: Debian's docker-registry (github.com/distribution/distribution 2.8). */
import assert from 'node:assert/strict';
import { Pool } from '../../src/registry/pool.ts';
import { nearestTags } from '../../src/registry/tags.ts';
import type { LadderResult, NearestTags } from '../../src/words/ladder.ts';
import { indexOf, waitingImage } from '../cluster/up/image.ts';
import { noRegistry, PASSWORD, startRegistry, type TestRegistry, USER } from '../rig/registry.ts';
import { ask, login, requestFor, settings, stepsOf } from '../rig/registry-ask.ts';

const why = noRegistry();
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };

/** Result, code, cause and the step that decided. */
function told({ result, code, cause, step }: LadderResult): unknown[] {
  return [result, code, cause, step];
}

async function near(image: string): Promise<NearestTags> {
  const pool = new Pool(settings());
  try {
    return await nearestTags(requestFor(image), pool);
  } finally {
    pool.close();
  }
}

describe(`a real registry${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let open: TestRegistry;
  let closed: TestRegistry;

  before(async function () {
    if (why !== null) this.skip();
    [open, closed] = await Promise.all([startRegistry('open'), startRegistry('htpasswd')]);
    await open.push('team/app:1.2', waitingImage());
    await open.push('team/multi:1', indexOf('arm64'));
    await closed.push('team/app:1.2', waitingImage());
  });

  after(async () => {
    await Promise.all([open?.stop(), closed?.stop()]);
  });

  it('gives an image to anybody', async () => {
    const result = await ask(`${open.host}/team/app:1.2`, { platform: amd64 });
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
    assert.equal(result.digest, waitingImage().manifest.digest);
    assert.deepEqual(result.platforms, ['linux/amd64']);
    assert.equal(result.credential, 'anonymous');
    assert.deepEqual(stepsOf(result), {
      reference: 'ok',
      dns: 'not-needed',
      connect: 'ok',
      tls: 'not-needed',
      challenge: 'no-challenge',
      token: 'not-needed',
      manifest: 'ok',
      platform: 'not-needed',
      config: 'ok',
      layers: 'ok',
      'rate-limit': 'not-told',
    });
  });

  it('gives the manifest alone where no more was asked for', async () => {
    const result = await ask(`${open.host}/team/app:1.2`, { depth: 'manifest' });
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
    assert.deepEqual(
      [stepsOf(result).platform, stepsOf(result).config, stepsOf(result).layers],
      ['not-asked', 'not-asked', 'not-asked'],
    );
  });

  it('gives an image by its digest', async () => {
    const { digest } = waitingImage().manifest;
    const result = await ask(`${open.host}/team/app@${digest}`, { platform: amd64 });
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
  });

  it('has no such tag', async () => {
    const result = await ask(`${open.host}/team/app:9.9`);
    assert.deepEqual(told(result), [
      'not pullable',
      'manifest-not-found',
      'TagNotFound',
      'manifest',
    ]);
    const step = result.steps.find(({ outcome }) => outcome === 'failed');
    assert.equal(step?.facts.errorCode, 'MANIFEST_UNKNOWN');
    assert.equal(stepsOf(result).layers, 'not-reached');
  });

  it('has no such digest', async () => {
    const result = await ask(`${open.host}/team/app@sha256:${'0'.repeat(64)}`);
    assert.deepEqual(told(result), [
      'not pullable',
      'manifest-not-found',
      'DigestNotFound',
      'manifest',
    ]);
  });

  it('tells a missing repository from a missing tag by its list of tags', async () => {
    const missing = await near(`${open.host}/team/nothing:1`);
    assert.deepEqual([missing.code, missing.read], ['repository-not-found', 0]);
    const there = await near(`${open.host}/team/app:1.3`);
    assert.deepEqual([there.code, there.tags, there.complete], [null, ['1.2'], true]);
  });

  it('gives an index for its own platform', async () => {
    const result = await ask(`${open.host}/team/multi:1`, { platform: arm64 });
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
    assert.deepEqual(result.platforms, ['linux/arm64']);
    assert.equal(result.digest, indexOf('arm64').manifest.digest);
  });

  it('has no image for another platform', async () => {
    const result = await ask(`${open.host}/team/multi:1`, { platform: amd64 });
    assert.deepEqual(told(result), [
      'not pullable',
      'platform-missing',
      'PlatformMismatch',
      'platform',
    ]);
    assert.deepEqual(result.platforms, ['linux/arm64']);
  });

  it('wants a user name and password', async () => {
    const result = await ask(`${closed.host}/team/app:1.2`);
    assert.deepEqual(told(result), [
      'not pullable',
      'credentials-missing',
      'Unauthorized',
      'challenge',
    ]);
    assert.equal(result.credentialShown, false);
  });

  it('takes the right password', async () => {
    const credential = login(USER, PASSWORD);
    const result = await ask(`${closed.host}/team/app:1.2`, { credential, platform: amd64 });
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
    assert.equal(result.credential, 'secret/regcred');
    assert.equal(result.credentialShown, true);
  });

  it('refuses a wrong password', async () => {
    const credential = login(USER, 'hunter2-canary');
    const result = await ask(`${closed.host}/team/app:1.2`, { credential });
    assert.deepEqual(told(result), ['not pullable', 'unauthorized', 'Unauthorized', 'manifest']);
    assert.doesNotMatch(JSON.stringify(result), /canary/);
  });
});
