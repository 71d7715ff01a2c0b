/** What a ladder asks for several platforms, and what ladders of one pool have in common: counted at the server. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { climb } from '../../src/registry/climb.ts';
import { Pool } from '../../src/registry/pool.ts';
import type { LadderResult } from '../../src/words/ladder.ts';
import { type Blob, type Image, waitingImage } from '../cluster/up/image.ts';
import { login, requestFor, settings } from '../rig/registry-ask.ts';
import { error, startServer, type TestServer, type Visit } from '../rig/registry-hostile.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };
const AMD = waitingImage('amd64');
const ARM = waitingImage('arm64');
const INDEX = index([AMD, 'amd64'], [ARM, 'arm64']);

function index(...images: readonly (readonly [Image, string])[]): Blob {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = images.map(([{ manifest }, architecture]) => ({
    mediaType: manifest.mediaType,
    digest: manifest.digest,
    size: manifest.size,
    platform: { os: 'linux', architecture },
  }));
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { mediaType, digest, size: bytes.length, bytes };
}

describe('what ladders share', () => {
  let server: TestServer;
  let pool: Pool;
  /** Digests that are not there. */
  let gone: readonly string[];

  beforeEach(async () => {
    gone = [];
    server = await startServer(
      (asked: Visit, response) => {
        const last = asked.url.split('?')[0]?.split('/').at(-1) ?? '';
        const named: Record<string, Blob> = { multi: INDEX, a: AMD.manifest, b: AMD.manifest };
        const all = [INDEX, ...[AMD, ARM].flatMap(({ manifest, blobs }) => [manifest, ...blobs])];
        const found = named[last] ?? all.find(({ digest }) => digest === last);
        if (found === undefined || gone.includes(found.digest)) {
          error(response, 404, 'MANIFEST_UNKNOWN', 'unknown');
          return;
        }
        response.writeHead(200, {
          'content-type': found.mediaType,
          'content-length': found.bytes.length,
          'docker-content-digest': found.digest,
        });
        response.end(asked.method === 'HEAD' ? undefined : found.bytes);
      },
      { certificate: null },
    );
    pool = new Pool(settings());
  });

  afterEach(async () => {
    pool.close();
    await server.close();
  });

  const ask = (tag: string, change: Parameters<typeof requestFor>[1] = {}) =>
    climb(requestFor(`127.0.0.1:${server.port}/team/app:${tag}`, change), pool);
  const told = ({ result, code, step }: LadderResult) => [result, code, step];
  const both = { platform: amd64, others: [arm64] };
  const twice = () => {
    const asked = server.asked();
    return asked.filter((one, i) => asked.indexOf(one) !== i);
  };

  it('reads the index once, and the image of each platform', async () => {
    const result = await ask('multi', both);
    assert.deepEqual(told(result), ['pullable', 'ok', null]);
    assert.deepEqual(twice(), []);
    const gets = server.asked().filter((one) => one.startsWith('GET'));
    assert.equal(gets.length, 3, gets.join('\n'));
    const facts = result.steps.find(({ step }) => step === 'platform')?.facts;
    assert.deepEqual(facts?.manifests, [AMD.manifest.digest, ARM.manifest.digest]);
  });

  it('sees that the image of the second platform is not there', async () => {
    gone = [ARM.manifest.digest];
    const result = await ask('multi', both);
    assert.deepEqual(told(result), ['not pullable', 'platform-manifest-missing', 'platform']);
    const detail = result.steps.find(({ outcome }) => outcome === 'failed')?.detail;
    assert.match(detail ?? '', /linux\/arm64/);
  });

  it('sees that the config of the second platform is not there', async () => {
    gone = [ARM.blobs[0]?.digest ?? ''];
    assert.deepEqual(told(await ask('multi', both)), ['not pullable', 'blob-missing', 'config']);
  });

  it('names the platform that an index does not have', async () => {
    const result = await ask('multi', {
      platform: amd64,
      others: [{ os: 'linux', architecture: 's390x' }],
    });
    assert.deepEqual(told(result), ['not pullable', 'platform-missing', 'platform']);
  });

  it('asks for a layer of several tags once, for each login', async () => {
    await Promise.all([ask('a'), ask('b'), ask('multi', { platform: amd64 })]);
    const blobs = () => server.asked().filter((one) => one.includes('/blobs/'));
    assert.equal(blobs().length, AMD.blobs.length, blobs().join('\n'));
    await ask('a', { credential: login('bob', 'of-another') });
    assert.equal(blobs().length, 2 * AMD.blobs.length);
  });

  it('asks again for a layer that failed, and fails for every tag', async () => {
    gone = [AMD.blobs[1]?.digest ?? ''];
    const results = await Promise.all([ask('a'), ask('b')]);
    for (const result of results) {
      assert.deepEqual(told(result), ['not pullable', 'blob-missing', 'layers']);
    }
  });
});
