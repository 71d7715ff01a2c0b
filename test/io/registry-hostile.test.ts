/** Registries that mean harm, or are broken: where a credential goes, how much is read, how long it takes. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { LadderRequest, RegistrySettings } from '../../src/registry/settings.ts';
import type { LadderResult } from '../../src/words/ladder.ts';
import { ask, login } from '../rig/registry-ask.ts';
import { blobOf } from '../rig/registry-blob.ts';
import {
  type Answering,
  challenge,
  error,
  IMAGE,
  INDEX,
  json,
  redirect,
  serve,
  startServer,
  type TestServer,
  type Visit,
} from '../rig/registry-hostile.ts';

const NAME = 'api.test/team/app:1';
const CANARY = 'pass-word-canary';
const credential = login('tester', CANARY);
const BASIC = `Basic ${Buffer.from(`tester:${CANARY}`).toString('base64')}`;

interface Met {
  readonly result: LadderResult;
  readonly registry: TestServer;
  /** The other server, `elsewhere.test`. */
  readonly other: TestServer;
}

type Change = Partial<Omit<LadderRequest, 'image'>> & {
  readonly with?: Partial<RegistrySettings>;
  readonly image?: string;
};

/** One ladder at `api.test`, with `elsewhere.test` beside it; both in this process. */
async function meet(
  registryAnswers: Answering,
  otherAnswers: Answering = serve,
  { with: settings = {}, image = NAME, ...request }: Change = {},
): Promise<Met> {
  const registry = await startServer(registryAnswers);
  const other = await startServer(otherAnswers, { certificate: 'elsewhere.crt' });
  try {
    const addresses = new Map([
      ['api.test', `127.0.0.1:${registry.port}`],
      ['elsewhere.test', `127.0.0.1:${other.port}`],
    ]);
    const result = await ask(image, { credential, ...request }, { addresses, ...settings });
    assertNoSecret(result);
    return { result, registry, other };
  } finally {
    await Promise.all([registry.close(), other.close()]);
  }
}

function assertNoSecret(result: LadderResult): void {
  const text = JSON.stringify(result);
  assert(!text.includes(CANARY), text);
  assert(!text.includes(BASIC.slice(6)), text);
  assert(!text.includes('token-canary'), text);
}

function told({ result, code, step }: LadderResult): unknown[] {
  return [result, code, step];
}

/** Anything of the credential in a visit. */
function hasSecret(visit: Visit): boolean {
  return (
    visit.authorization !== undefined || visit.body.includes(CANARY) || visit.url.includes(CANARY)
  );
}

const bearer = (realm: string, more = 'service="registry"') => `Bearer realm="${realm}",${more}`;

/** Demands a token from `realm` and lets in whoever shows `token-canary`. */
function guarded(realm: string): Answering {
  return (asked, response, server) => {
    if (asked.authorization === 'Bearer token-canary') serve(asked, response);
    else challenge(response, bearer(realm.replace('PORT', String(server.port))));
  };
}

const tokenServer: Answering = (_asked, response) =>
  json(response, 200, { token: 'token-canary', access_token: 'token-canary' });

describe('where a credential goes', () => {
  it('goes to a token server that is named over https', async () => {
    const { result, other, registry } = await meet(
      guarded('https://elsewhere.test/token'),
      tokenServer,
    );
    assert.deepEqual(told(result), ['pullable', 'ok', null]);
    assert.equal(result.realmHost, 'elsewhere.test');
    assert.deepEqual(other.asked(), ['POST /token']);
    const form = new URLSearchParams(other.visits[0]?.body);
    assert.equal(form.get('scope'), 'repository:team/app:pull');
    assert.equal(form.get('grant_type'), 'password');
    assert.equal(form.get('service'), 'registry');
    assert(registry.visits.every(({ authorization }) => authorization !== BASIC));
  });

  const refusedRealms = [
    ['http', 'http://elsewhere.test/token'],
    ['http on the same host', 'http://api.test/token'],
    ['a loopback address', 'https://127.0.0.1/token'],
    ['the same loopback address on another port', 'https://127.0.0.1:1/token'],
    ['a loopback address written as a number', 'https://2130706433/token'],
    ['a loopback address in IPv6', 'https://[::1]/token'],
    ['a loopback address mapped into IPv6', 'https://[::ffff:127.0.0.1]/token'],
    ['localhost', 'https://localhost:PORT/token'],
    ['a private address', 'https://10.1.2.3/token'],
    ['a private address', 'https://192.168.1.1/token'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data'],
    ['a link-local address', 'https://[fe80::1]/token'],
    ['a login in the URL', 'https://user:word@elsewhere.test/token'],
  ] as const;
  for (const [what, realm] of refusedRealms) {
    it(`does not go to a token server at ${what}: ${realm}`, async () => {
      const { result, registry, other } = await meet(guarded(realm), tokenServer);
      assert.deepEqual(told(result), ['unverifiable', 'token-realm-refused', 'token']);
      assert.deepEqual(registry.asked(), ['HEAD /v2/team/app/manifests/1']);
      assert.equal(other.visits.length, 0);
      assert.equal(result.credentialShown, false);
    });
  }

  for (const realm of [
    '',
    '/token',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    'nonsense',
  ]) {
    it(`does not go to a token server that is no URL: "${realm}"`, async () => {
      const { result } = await meet(guarded(realm), tokenServer);
      assert.deepEqual(told(result), ['not pullable', 'challenge-malformed', 'challenge']);
    });
  }

  it('does not go to hosts on the list', async () => {
    const noCredentialsTo = new Set(['elsewhere.test']);
    const { result, other } = await meet(guarded('https://elsewhere.test/token'), tokenServer, {
      with: { noCredentialsTo },
    });
    assert.deepEqual(told(result), ['unverifiable', 'credentials-withheld', 'token']);
    assert.equal(other.visits.length, 0);
  });

  it('does not go to a registry on the list', async () => {
    const { result, registry } = await meet(
      (_asked, response) => challenge(response, 'Basic realm="x"'),
      serve,
      {
        with: { noCredentialsTo: new Set(['api.test']) },
      },
    );
    assert.deepEqual(told(result), ['unverifiable', 'credentials-withheld', 'challenge']);
    assert(!registry.visits.some(hasSecret));
  });

  for (const status of [301, 302, 307, 308]) {
    it(`does not follow a token server's ${status} to another host`, async () => {
      const { result, registry, other } = await meet(
        guarded('https://elsewhere.test/token'),
        (_asked, response) => redirect(response, status, 'https://api.test/steal'),
      );
      assert.deepEqual(told(result), ['unverifiable', 'redirect-refused', 'token']);
      assert.equal(other.visits.length, 1);
      assert.deepEqual(registry.asked(), ['HEAD /v2/team/app/manifests/1']);
    });
  }

  it('ends where a token server redirects to itself', async () => {
    const { result, other } = await meet(
      guarded('https://elsewhere.test/token'),
      (_asked, response) => redirect(response, 307, '/token'),
    );
    assert.deepEqual(told(result), ['unverifiable', 'redirect-refused', 'token']);
    assert(other.visits.length <= 6, String(other.visits.length));
  });

  it('ends where every token is refused', async () => {
    const { result, other, registry } = await meet(
      (_asked, response) =>
        challenge(response, bearer('https://elsewhere.test/token', 'error="insufficient_scope"')),
      tokenServer,
    );
    assert.deepEqual(told(result), ['not pullable', 'missing-or-private', 'manifest']);
    assert.equal(result.cause, 'RepositoryMissingOrPrivate');
    assert.equal(other.visits.length, 1);
    assert(registry.visits.length <= 4, String(registry.visits.length));
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`stays behind when a manifest's ${status} leads elsewhere`, async () => {
      const { result, other } = await meet((asked, response) => {
        if (asked.authorization !== BASIC) challenge(response, 'Basic realm="x"');
        else redirect(response, status, `https://elsewhere.test${asked.url}`);
      }, serve);
      assert.deepEqual(told(result), ['pullable', 'ok', null]);
      assert(other.visits.length > 0);
      assert(!other.visits.some(hasSecret));
    });
  }

  it('stays behind when the other host asks for it', async () => {
    const { result, other } = await meet(
      (asked, response) => redirect(response, 307, `https://elsewhere.test${asked.url}`),
      (_asked, response) => challenge(response, 'Basic realm="api.test"'),
    );
    assert.deepEqual(told(result), ['unverifiable', 'redirect-refused', 'manifest']);
    assert(!other.visits.some(hasSecret));
  });

  it('stays behind when the other host sends it back', async () => {
    const { registry } = await meet(
      (asked, response) => {
        if (asked.url.startsWith('/back')) return serve(asked, response);
        if (asked.authorization === undefined) return challenge(response, 'Basic realm="x"');
        redirect(response, 307, `https://elsewhere.test${asked.url}`);
      },
      (asked, response) => redirect(response, 307, `https://api.test/back${asked.url}`),
    );
    const back = registry.visits.filter(({ url }) => url.startsWith('/back'));
    assert(back.length > 0);
    assert(!back.some(hasSecret));
  });

  const refusedRedirects = [
    'http://elsewhere.test/x',
    'https://127.0.0.1/x',
    'https://localhost/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/x',
    'https://[::ffff:a9fe:a9fe]/x',
    'https://10.0.0.1/x',
    'ftp://elsewhere.test/x',
    'https://',
  ];
  for (const location of refusedRedirects) {
    it(`is not followed to ${location}`, async () => {
      const { result, registry, other } = await meet((_asked, response) =>
        redirect(response, 307, location),
      );
      assert.deepEqual(told(result), ['unverifiable', 'redirect-refused', 'manifest']);
      assert.equal(registry.visits.length, 1);
      assert.equal(other.visits.length, 0);
    });
  }

  it('is not followed from a blob to this machine', async () => {
    const { result } = await meet((asked, response) => {
      if (asked.url.includes('/blobs/'))
        redirect(response, 307, 'https://127.0.0.1:9/x?X-Amz-Signature=token-canary');
      else serve(asked, response);
    });
    assert.deepEqual(told(result), ['unverifiable', 'redirect-refused', 'config']);
  });

  it('ends where redirects go in a circle', async () => {
    const { result, registry } = await meet((asked, response) =>
      redirect(response, 307, asked.url),
    );
    assert.deepEqual(told(result), ['unverifiable', 'redirect-refused', 'manifest']);
    assert(registry.visits.length <= 11, String(registry.visits.length));
  });

  it('is not shown without TLS', async () => {
    const server = await startServer((_asked, response) => challenge(response, 'Basic realm="x"'), {
      certificate: null,
    });
    const mirrors = [{ url: new URL('http://api.test/'), host: null }];
    const addresses = new Map([
      ['api.test', `127.0.0.1:${server.port}`],
      ['elsewhere.test', '127.0.0.1:1'],
    ]);
    try {
      const result = await ask('elsewhere.test/team/app:1', { credential }, { mirrors, addresses });
      assert.equal(result.code, 'connect-refused');
      const step = result.steps.find(({ step }) => step === 'reference');
      assert.deepEqual(step?.facts.mirrorsTried, ['api.test: credentials-withheld']);
      assert(!server.visits.some(hasSecret));
      assert.equal(server.visits[0]?.url, '/v2/team/app/manifests/1?ns=elsewhere.test');
    } finally {
      await server.close();
    }
  });
});

describe('answers without end', () => {
  const endless = (response: ServerResponse, headers: Record<string, string> = {}) => {
    response.writeHead(200, { 'content-type': IMAGE.manifest.mediaType, ...headers });
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };

  it('reads 4 MiB of a manifest', async () => {
    const { result } = await meet((asked, response) =>
      asked.method === 'HEAD' ? serve(asked, response) : endless(response),
    );
    assert.deepEqual(told(result), ['unverifiable', 'too-large', 'manifest']);
  });

  it('does not wait for a manifest that is announced larger', async () => {
    const { result } = await meet(
      (asked, response) => {
        if (asked.method === 'HEAD') return serve(asked, response);
        response.writeHead(200, {
          'content-type': IMAGE.manifest.mediaType,
          'content-length': '99999999999',
        });
        response.flushHeaders();
      },
      serve,
      { with: { timeouts: { connectMs: 500, silenceMs: 1000, ladderMs: 5000 } } },
    );
    assert.deepEqual(told(result), ['unverifiable', 'too-large', 'manifest']);
  });

  it('reads 1 MiB of a token', async () => {
    const { result } = await meet(guarded('https://elsewhere.test/token'), (_asked, response) =>
      endless(response),
    );
    assert.deepEqual(told(result), ['unverifiable', 'too-large', 'token']);
  });

  it('reads the beginning of an error', async () => {
    const { result } = await meet((asked, response) => {
      response.writeHead(403);
      if (asked.method === 'HEAD') response.end();
      else {
        const more = (): void => {
          while (!response.destroyed && response.write('denied '.repeat(1000)));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      }
    });
    assert.deepEqual(told(result), ['not pullable', 'forbidden', 'manifest']);
  });

  it('does not unpack', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, ' '));
    const { result } = await meet((asked, response) => {
      if (asked.method === 'HEAD') return serve(asked, response);
      response.writeHead(200, {
        'content-type': IMAGE.manifest.mediaType,
        'content-encoding': 'gzip',
      });
      response.end(bomb);
    });
    assert.deepEqual(told(result), ['not pullable', 'manifest-malformed', 'manifest']);
  });

  it('ends where bytes come one by one', async () => {
    const started = Date.now();
    const { result } = await meet(
      (asked, response) => {
        if (asked.method === 'HEAD') return serve(asked, response);
        response.writeHead(200, { 'content-type': IMAGE.manifest.mediaType });
        const timer = setInterval(() => response.write(' '), 20);
        response.once('close', () => clearInterval(timer));
      },
      serve,
      { with: { timeouts: { connectMs: 500, silenceMs: 200, ladderMs: 600 } } },
    );
    assert.deepEqual(told(result), ['unverifiable', 'timeout', 'manifest']);
    assert(Date.now() - started < 3000);
  });

  it('ends where nothing is answered', async () => {
    const { result } = await meet(() => undefined, serve, {
      with: { timeouts: { connectMs: 500, silenceMs: 200, ladderMs: 5000 } },
    });
    assert.deepEqual(told(result), ['unverifiable', 'timeout', 'manifest']);
  });

  it('ends where a token server answers nothing', async () => {
    const { result } = await meet(guarded('https://elsewhere.test/token'), () => undefined, {
      with: { timeouts: { connectMs: 500, silenceMs: 200, ladderMs: 5000 } },
    });
    assert.deepEqual(told(result), ['unverifiable', 'timeout', 'token']);
  });

  it('does not read a flood of headers', async () => {
    const { result } = await meet((_asked, response) => {
      for (let i = 0; i < 40; i++) response.setHeader(`x-flood-${i}`, 'x'.repeat(4000));
      response.end();
    });
    assert.deepEqual(told(result), ['unverifiable', 'too-large', 'manifest']);
  });

  it('ends where the answer is cut', async () => {
    const { result } = await meet((asked, response) => {
      if (asked.method === 'HEAD') return serve(asked, response);
      response.writeHead(200, {
        'content-type': IMAGE.manifest.mediaType,
        'content-length': '1000',
      });
      response.write('{');
      setTimeout(() => response.destroy(), 20);
    });
    assert.deepEqual(told(result), ['unverifiable', 'connection-lost', 'manifest']);
  });

  it('does not look into an index within an index within an index', async () => {
    const nest = (inner: { mediaType: string; digest: string; size: number }) => ({
      schemaVersion: 2,
      mediaType: INDEX.manifest.mediaType,
      manifests: [inner],
    });
    const type = INDEX.manifest.mediaType;
    const inner = blobOf(type, nest(INDEX.manifest));
    const outer = blobOf(type, nest(inner));
    const { result } = await meet((asked, response) => {
      const found = [outer, inner].find(({ digest }) => asked.url.endsWith(digest)) ?? outer;
      response.writeHead(200, {
        'content-type': type,
        'content-length': found.bytes.length,
        'docker-content-digest': found.digest,
      });
      response.end(asked.method === 'HEAD' ? undefined : found.bytes);
    });
    assert.deepEqual(told(result), ['not pullable', 'index-too-deep', 'platform']);
  });
});

describe('answers that are not what they say', () => {
  const manifest = (
    response: ServerResponse,
    body: Buffer | string,
    headers: Record<string, string>,
  ) => {
    response.writeHead(200, {
      'content-type': IMAGE.manifest.mediaType,
      'content-length': Buffer.byteLength(body),
      ...headers,
    });
    response.end(body);
  };

  it('another digest in the header than was asked for', async () => {
    const image = `api.test/team/app@sha256:${'a'.repeat(64)}`;
    const { result } = await meet(
      (asked, response) => serve({ ...asked, url: '/v2/team/app/manifests/1' }, response),
      serve,
      { image },
    );
    assert.deepEqual(told(result), ['not pullable', 'digest-mismatch', 'manifest']);
  });

  it('another body than its digest', async () => {
    const { result } = await meet((asked, response) => {
      if (asked.method === 'HEAD') return serve(asked, response);
      manifest(
        response,
        IMAGE.manifest.bytes.toString().replace('schemaVersion', 'schemaversion'),
        {
          'docker-content-digest': IMAGE.manifest.digest,
        },
      );
    });
    assert.deepEqual(told(result), ['not pullable', 'digest-mismatch', 'manifest']);
  });

  const types = [
    ['text/html', 'not-a-registry'],
    ['application/octet-stream', 'manifest-unsupported'],
    ['', 'manifest-unsupported'],
    ['application/vnd.docker.distribution.manifest.v1+prettyjws', 'manifest-unsupported'],
  ] as const;
  for (const [type, code] of types) {
    it(`Content-Type "${type}"`, async () => {
      const { result } = await meet((_asked, response) =>
        manifest(response, IMAGE.manifest.bytes, { 'content-type': type }),
      );
      assert.deepEqual(told(result), ['not pullable', code, 'manifest']);
    });
  }

  for (const body of [
    '',
    'x',
    '[]',
    'null',
    '{}',
    '{"config":{"digest":"sha256:short"}}',
    '{"manifests":[{}]}',
    `${'['.repeat(100_000)}`,
  ]) {
    it(`a manifest of ${body.slice(0, 40)}`, async () => {
      const { result } = await meet((_asked, response) => manifest(response, body, {}));
      assert.deepEqual(told(result), ['not pullable', 'manifest-malformed', 'manifest']);
    });
  }

  const challenges = [
    [[], 'challenge-missing'],
    [['Negotiate'], 'challenge-unsupported'],
    [['Digest realm="x", nonce="y"'], 'challenge-unsupported'],
    [['Bearer'], 'challenge-malformed'],
    [['Bearer realm'], 'challenge-malformed'],
    [['"""",,,===,,,"'], 'challenge-unsupported'],
    [['Bearer realm="https://elsewhere.test/token'], 'ok'],
    [['bearer REALM = https://elsewhere.test/token , service = registry'], 'ok'],
    [['Basic realm="x", Bearer realm="https://elsewhere.test/token"'], 'ok'],
    [['Basic realm="x"', 'Bearer realm="https://elsewhere.test/token"'], 'ok'],
    [['Negotiate', 'Basic realm="x"'], 'ok'],
  ] as const;
  for (const [headers, code] of challenges) {
    it(`a challenge of ${JSON.stringify(headers)}`, async () => {
      const { result } = await meet((asked, response) => {
        if (asked.authorization !== undefined) return serve(asked, response);
        if (headers.length === 0) return error(response, 401, 'UNAUTHORIZED', 'no');
        challenge(response, ...headers);
      }, tokenServer);
      assert.equal(result.code, code);
    });
  }

  for (const body of [
    {},
    { token: 1 },
    { token: '' },
    { token: 'a\r\nX-Evil: 1' },
    { token: 'ä' },
    'text',
  ]) {
    it(`a token of ${JSON.stringify(body)}`, async () => {
      const { result } = await meet(guarded('https://elsewhere.test/token'), (_asked, response) =>
        json(response, 200, body),
      );
      assert.deepEqual(told(result), ['not pullable', 'token-malformed', 'token']);
    });
  }

  it('hides what a registry echoes', async () => {
    const { result } = await meet((asked, response) => {
      if (asked.authorization === undefined) return challenge(response, 'Basic realm="x"');
      error(
        response,
        403,
        'DENIED',
        `no: ${asked.authorization} ${asked.authorization.slice(6)} ${CANARY} ${'x'.repeat(130)} ${CANARY}`,
      );
    });
    assert.deepEqual(told(result), ['not pullable', 'forbidden', 'manifest']);
  });

  it('hides what an index echoes', async () => {
    const echo = blobOf(INDEX.manifest.mediaType, {
      manifests: [
        { ...INDEX.images[0]?.manifest, platform: { os: 'linux', architecture: CANARY } },
      ],
    });
    const { result } = await meet(
      (asked, response) => {
        if (asked.authorization === undefined) return challenge(response, 'Basic realm="x"');
        manifest(response, echo.bytes, { 'content-type': echo.mediaType });
      },
      serve,
      { platform: { os: 'linux', architecture: 'amd64' } },
    );
    assert.deepEqual(told(result), ['not pullable', 'platform-missing', 'platform']);
    assert.deepEqual(result.platforms, ['linux/********']);
  });

  it('is patient once with a registry that says when', async () => {
    let asked429 = 0;
    const { result } = await meet((asked, response) => {
      if (asked429++ > 0) return serve(asked, response);
      response.writeHead(429, { 'retry-after': '1' }).end();
    });
    assert.deepEqual(told(result), ['pullable', 'ok', null]);
  });

  it('does not ask again where it would be long', async () => {
    const { result, registry } = await meet((_asked, response) =>
      response.writeHead(429, { 'retry-after': '3600' }).end(),
    );
    assert.deepEqual(told(result), ['unverifiable', 'rate-limited', 'manifest']);
    assert.equal(result.retryAfter, 3600);
    assert.equal(registry.visits.length, 1);
  });
});
