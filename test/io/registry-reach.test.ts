/** Hosts that do not answer, tokens that end, requests that nobody waits for any more: counted at the server. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { climb } from '../../src/registry/climb.ts';
import { Pool } from '../../src/registry/pool.ts';
import type { RegistrySettings } from '../../src/registry/settings.ts';
import { nearestTags } from '../../src/registry/tags.ts';
import { login, requestFor, settings } from '../rig/registry-ask.ts';
import {
  type Answering,
  challenge,
  error,
  json,
  serve,
  startServer,
  type TestServer,
} from '../rig/registry-hostile.ts';

const LIMITS = { connectMs: 1500, silenceMs: 1500, ladderMs: 5000 };

async function withPool<T>(
  change: Partial<RegistrySettings>,
  run: (pool: Pool) => Promise<T>,
): Promise<T> {
  const pool = new Pool(settings(change));
  try {
    return await run(pool);
  } finally {
    pool.close();
  }
}

async function withServer<T>(
  answering: Answering,
  run: (server: TestServer) => Promise<T>,
): Promise<T> {
  const server = await startServer(answering);
  try {
    return await run(server);
  } finally {
    await server.close();
  }
}

/** Takes connections and says nothing. */
async function silentHost() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port, sockets, close };
}

describe('a host that does not answer', () => {
  it('is waited for once, and keeps nobody else waiting', async () => {
    const silent = await silentHost();
    try {
      await withServer(serve, (healthy) => {
        const addresses = new Map([
          ['silent.test', `127.0.0.1:${silent.port}`],
          ['api.test', `127.0.0.1:${healthy.port}`],
        ]);
        return withPool({ addresses, timeouts: LIMITS, concurrency: 4 }, async (pool) => {
          const started = performance.now();
          const lost = Array.from({ length: 24 }, (_, i) =>
            climb(requestFor(`silent.test/team/app:${i}`), pool),
          );
          const well = await climb(requestFor('api.test/team/app:1'), pool);
          const atHealthy = performance.now() - started;
          const answers = await Promise.all(lost);
          const all = performance.now() - started;
          assert.equal(well.code, 'ok');
          assert.ok(atHealthy < 1000, `${atHealthy} ms`);
          assert.ok(all < 2 * LIMITS.connectMs, `${all} ms`);
          assert.ok(silent.sockets.length <= 2, `${silent.sockets.length} connections`);
          assert.deepEqual(
            [...new Set(answers.map(({ code, step }) => `${step} ${code}`))],
            ['tls timeout'],
          );
          const again = answers.filter(({ steps }) =>
            steps.some(({ detail }) => detail.endsWith('; not asked again')),
          );
          assert.equal(again.length, 22);
        });
      });
    } finally {
      silent.close();
    }
  });

  it('several of them leave the places to others after a while', async () => {
    const silent = await silentHost();
    try {
      await withServer(serve, (healthy) => {
        const hosts = ['a.test', 'b.test', 'c.test'];
        const addresses = new Map([
          ...hosts.map((host) => [host, `127.0.0.1:${silent.port}`] as const),
          ['api.test', `127.0.0.1:${healthy.port}`],
        ]);
        const timeouts = { ...LIMITS, connectMs: 3000 };
        return withPool({ addresses, timeouts, concurrency: 2 }, async (pool) => {
          const started = performance.now();
          const lost = hosts.map((host) => climb(requestFor(`${host}/team/app:1`), pool));
          await climb(requestFor('api.test/team/app:1'), pool);
          const ms = performance.now() - started;
          assert.ok(ms < 2900, `${ms} ms`);
          await Promise.all(lost);
        });
      });
    } finally {
      silent.close();
    }
  });

  it('that has answered before is asked again', async () => {
    let cut = false;
    const answering: Answering = (asked, response) => {
      if (!cut) serve(asked, response);
    };
    await withServer(answering, async (server) => {
      const addresses = new Map([['api.test', `127.0.0.1:${server.port}`]]);
      const timeouts = { ...LIMITS, silenceMs: 200 };
      await withPool({ addresses, timeouts }, async (pool) => {
        const codes: string[] = [];
        for (const silent of [false, true, false]) {
          cut = silent;
          codes.push((await climb(requestFor('api.test/team/app:1'), pool)).code);
        }
        assert.deepEqual(codes, ['ok', 'timeout', 'ok']);
      });
    });
  });

  it('asks no more at once than the settings say', async () => {
    let running = 0;
    let most = 0;
    const answering: Answering = (asked, response) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running--;
        serve(asked, response);
      }, 5);
    };
    await withServer(answering, async (server) => {
      const addresses = new Map([['api.test', `127.0.0.1:${server.port}`]]);
      await withPool({ addresses, concurrency: 3 }, async (pool) => {
        const asked = Array.from({ length: 12 }, (_, i) =>
          climb(requestFor(`api.test/team/app:${i}`, { depth: 'manifest' }), pool),
        );
        await Promise.all(asked);
        assert.equal(most, 3);
      });
    });
  });
});

/** An image with many layers, whose blobs are answered as a test says. */
function imageOf(layers: number) {
  const digest = (i: number) => `sha256:${i.toString(16).padStart(64, '0')}`;
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digest(0), size: 3 },
      layers: Array.from({ length: layers }, (_, i) => ({
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: digest(i + 1),
        size: 5,
      })),
    }),
  );
  const headers = {
    'content-type': 'application/vnd.oci.image.manifest.v1+json',
    'content-length': bytes.length,
    'docker-content-digest': `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
  };
  return { bytes, headers, config: digest(0) };
}

function serving(image: ReturnType<typeof imageOf>, blobs: Answering): Answering {
  return (asked, response, server) => {
    if (!asked.url.includes('/manifests/')) return blobs(asked, response, server);
    response.writeHead(200, image.headers);
    response.end(asked.method === 'HEAD' ? undefined : image.bytes);
  };
}

describe('requests that nobody waits for', () => {
  it('end with the ladder whose config failed', async () => {
    const image = imageOf(40);
    let open = 0;
    const answering = serving(image, (asked, response) => {
      if (asked.url.endsWith(image.config))
        return void pause(50).then(() => error(response, 404, 'BLOB_UNKNOWN', 'no'));
      open++;
      response.once('close', () => open--);
    });
    await withServer(answering, async (server) => {
      const addresses = new Map([['api.test', `127.0.0.1:${server.port}`]]);
      await withPool({ addresses }, async (pool) => {
        const { code } = await climb(requestFor('api.test/team/app:1'), pool);
        assert.equal(code, 'blob-missing');
        await pause(100);
        assert.equal(open, 0);
        assert.equal(
          server.asked().filter((one) => one.startsWith('HEAD') && one.includes('/blobs/')).length,
          5,
        );
      });
    });
  });
});

describe('logins in the middle of a ladder', () => {
  const bearer = (port: number) =>
    `Bearer realm="https://api.test:${port}/token",service="x",scope="repository:team/app:pull"`;

  /** A token is good for `uses` requests. */
  function endingTokens(uses: number): { answering: Answering; issued: () => number } {
    let issued = 0;
    const used = new Map<string, number>();
    const image = imageOf(10);
    const fine = serving(image, (_asked, response) => response.writeHead(200).end());
    const answering: Answering = (asked, response, server) => {
      if (asked.url.startsWith('/token')) {
        return json(response, 200, { token: `token-${++issued}`, expires_in: 300 });
      }
      const token = asked.authorization ?? '';
      const count = (used.get(token) ?? 0) + 1;
      used.set(token, count);
      if (token !== '' && count <= uses) fine(asked, response, server);
      else challenge(response, `${bearer(server.port)}${token && ',error="invalid_token"'}`);
    };
    return { answering, issued: () => issued };
  }

  async function askOne(server: TestServer, credential = login('tester', 'pass-word-canary')) {
    const image = `api.test:${server.port}/team/app:1`;
    const addresses = new Map([['api.test', `127.0.0.1:${server.port}`]]);
    return withPool({ addresses }, (pool) => climb(requestFor(image, { credential }), pool));
  }

  it('a token that ends is fetched anew, once for the requests at that time', async () => {
    const { answering, issued } = endingTokens(6);
    await withServer(answering, async (server) => {
      const { code, steps } = await askOne(server);
      assert.equal(code, 'ok');
      assert.equal(issued(), 3);
      assert.equal(steps.find(({ step }) => step === 'token')?.outcome, 'ok');
    });
  });

  it('a registry that refuses every token after one use is not asked for ever', async () => {
    const { answering, issued } = endingTokens(1);
    await withServer(answering, async (server) => {
      const { code } = await askOne(server);
      assert.equal(code, 'blob-forbidden');
      assert.equal(issued(), 4);
    });
  });

  it('a token that was never good is not fetched anew', async () => {
    const { answering, issued } = endingTokens(0);
    await withServer(answering, async (server) => {
      const { code } = await askOne(server);
      assert.equal(code, 'unauthorized');
      assert.equal(issued(), 1);
    });
  });

  it('blobs that want a login where manifests want none, several at once', async () => {
    const answering = serving(imageOf(10), (asked, response) => {
      if (asked.authorization === undefined) challenge(response, 'Basic realm="x"');
      else response.writeHead(200).end();
    });
    await withServer(answering, async (server) => {
      const { code, steps } = await askOne(server);
      assert.equal(code, 'ok', JSON.stringify(steps));
    });
  });
});

describe('a registry with TLS at an IPv6 address', () => {
  it('is found in its certificate, over one connection', async () => {
    const connections = new Set<unknown>();
    const answering: Answering = (asked, response) => {
      connections.add(response.socket);
      serve(asked, response);
    };
    await withServer(answering, async (server) => {
      const host = `[::1]:${server.port}`;
      const change = {
        mirrors: [{ url: new URL(`https://${host}`), host: null }],
        addresses: new Map([[host, `127.0.0.1:${server.port}`]]),
      };
      await withPool(change, async (pool) => {
        const request = requestFor('quay.io/team/app:1', { depth: 'manifest' });
        for (let i = 0; i < 3; i++) {
          const { code, host: answered, steps } = await climb(request, pool);
          assert.equal(code, 'ok', JSON.stringify(steps));
          assert.equal(answered, host);
        }
        assert.equal(connections.size, 1);
      });
    });
  });

  it('is refused where the certificate has another', async () => {
    await withServer(serve, async (server) => {
      const host = `[fd00::5]:${server.port}`;
      const addresses = new Map([[host, `127.0.0.1:${server.port}`]]);
      await withPool({ addresses }, async (pool) => {
        const { code } = await climb(requestFor(`${host}/team/app:1`), pool);
        assert.equal(code, 'tls-name');
      });
    });
  });
});

describe('a registry that writes back what it was shown', () => {
  const PASSWORD = 'P&ss/w@rd+Canary 1"';
  const PAIR = `tester:${PASSWORD}`;
  const packed = Buffer.from(PAIR).toString('base64');
  const forms: readonly (readonly [string, string])[] = [
    ['as it is', PASSWORD],
    ['with the user', PAIR],
    ['base64', packed],
    ['base64 without its end', packed.replace(/=+$/, '')],
    ['base64 for URLs', Buffer.from(PAIR).toString('base64url')],
    ['percent-encoded', encodeURIComponent(PASSWORD)],
    ['percent-encoded in lower case', encodeURIComponent(PASSWORD).toLowerCase()],
    ['as a form', new URLSearchParams([['p', PASSWORD]]).toString()],
    ['as a path', encodeURI(PASSWORD)],
    ['percent-encoded base64', encodeURIComponent(packed)],
    ['in lower case', PASSWORD.toLowerCase()],
  ];

  async function meet(answering: Answering, password = PASSWORD) {
    return withServer(answering, async (server) => {
      const addresses = new Map([['api.test', `127.0.0.1:${server.port}`]]);
      return withPool({ addresses }, async (pool) => {
        const request = requestFor('api.test/team/app:9', {
          credential: login('tester', password),
        });
        return [await climb(request, pool), await nearestTags(request, pool)] as const;
      });
    });
  }

  for (const [says, text] of forms) {
    it(`is not printed ${says}`, async () => {
      const [result] = await meet((asked, response) => {
        if (asked.authorization === undefined) challenge(response, 'Basic realm="x"');
        else error(response, 403, 'DENIED', `you said <${text}>`);
      });
      const detail = result.steps.find(({ outcome }) => outcome === 'failed')?.detail ?? '';
      assert.match(detail, /you said <(?:p=|tester:)?\*{8}=*>/);
    });
  }

  it('is not printed as a tag', async () => {
    const [, { tags }] = await meet((asked, response) => {
      if (asked.authorization === undefined) challenge(response, 'Basic realm="x"');
      else if (asked.url.includes('/tags/')) json(response, 200, { tags: ['8', 'secret-canary'] });
      else error(response, 404, 'MANIFEST_UNKNOWN', 'no');
    }, 'secret-canary');
    assert.deepEqual(tags, ['8', '********']);
  });

  it('is not printed as the host of a realm', async () => {
    const [result] = await meet((_asked, response) => {
      challenge(response, 'Bearer realm="https://secret-canary.api.test/token"');
    }, 'Secret-Canary');
    assert.equal(result.realmHost, '********.api.test');
    assert.doesNotMatch(JSON.stringify(result), /secret-canary/i);
  });
});
