/** Nodes and indexes: what the ladder takes is not taken back afterwards. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { verifyCases } from '../../src/commands/verify-run.ts';
import { casesOf } from '../../src/judge/verify-plan.ts';
import { climb } from '../../src/registry/climb.ts';
import { Pool } from '../../src/registry/pool.ts';
import type { Platform, Subject, VerifiedImage } from '../../src/words/verification.ts';
import { settings } from '../rig/registry-ask.ts';
import { IMAGE, serve, startServer } from '../rig/registry-hostile.ts';

const TYPE = 'application/vnd.oci.image.index.v1+json';

interface Entry {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** An index with one image for each, asked for with the nodes of some pods. */
async function verified(
  entries: readonly (Entry | undefined)[],
  platforms: readonly Platform[],
): Promise<VerifiedImage | undefined> {
  const { mediaType, digest, bytes } = IMAGE.manifest;
  const manifests = entries.map((platform) => ({
    mediaType,
    digest,
    size: bytes.length,
    platform,
  }));
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: TYPE, manifests }));
  const own = `sha256:${createHash('sha256').update(index).digest('hex')}`;
  const server = await startServer((asked, response) => {
    if (!asked.url.endsWith('/1') && !asked.url.endsWith(own)) return serve(asked, response);
    response.writeHead(200, {
      'content-type': TYPE,
      'content-length': index.length,
      'docker-content-digest': own,
    });
    response.end(asked.method === 'HEAD' ? undefined : index);
  });
  const addresses = new Map([['api.test', `127.0.0.1:${server.port}`]]);
  const pool = new Pool(settings({ addresses }));
  const subject: Subject = {
    users: [{ kind: 'Pod', namespace: 'shop', name: 'web' }],
    count: 1,
    serviceAccount: 'default',
    images: [{ container: 'c', image: 'api.test/team/app:1', never: false }],
    secrets: [],
    listUnknown: null,
    platforms,
  };
  try {
    const [image] = await verifyCases(
      casesOf([subject], { config: null, login: null }),
      {
        ask: ({ image: asked, platform, others }) =>
          climb({ image: asked, credential: null, platform, others, depth: 'blobs' }, pool),
        nearestTags: async () => null,
        close: () => undefined,
      },
      () => undefined,
    );
    return image;
  } finally {
    pool.close();
    await server.close();
  }
}

describe('indexes and the platforms of nodes', () => {
  const node = (architecture: string) => ({ os: 'linux', architecture });
  const more = ['amd64', '386', 'arm', 'ppc64le'].map(node);

  for (const [title, entry, platform] of [
    ['arm/v7 on arm64', { os: 'linux', architecture: 'arm', variant: 'v7' }, node('arm64')],
    ['386 on amd64', { os: 'linux', architecture: '386' }, node('amd64')],
    ['another spelling', { os: 'Linux', architecture: 'x86_64' }, node('amd64')],
    ['no platform at all', undefined, node('amd64')],
  ] as const) {
    it(`${title}: it can be pulled, by the first node and by the fifth`, async () => {
      assert.equal((await verified([entry], [platform]))?.result, 'pullable');
      const five = await verified([...more, entry], [...more, platform]);
      assert.equal(five?.rows[0]?.detail, '');
      assert.equal(five?.result, 'pullable');
    });
  }

  it('the fifth node’s platform is missing', async () => {
    const image = await verified(more, [...more, node('s390x')]);
    assert.equal(image?.rows[0]?.code, 'platform-missing');
    assert.match(image?.rows[0]?.detail ?? '', /^nothing for linux\/s390x; there is linux\/amd64/);
    assert.equal(image?.result, 'not pullable');
  });
});
