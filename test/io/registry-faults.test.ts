/** The way to a registry, broken in each of its places; several images at once; mirrors; a user who gives up. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { climb } from '../../src/registry/climb.ts';
import { Pool } from '../../src/registry/pool.ts';
import type { RegistrySettings } from '../../src/registry/settings.ts';
import { nearestTags } from '../../src/registry/tags.ts';
import type { LadderResult } from '../../src/words/ladder.ts';
import { certificate } from '../rig/api-server.ts';
import { freePort } from '../rig/registry.ts';
import { ask, login, requestFor, settings, stepsOf } from '../rig/registry-ask.ts';
import {
  type Answering,
  challenge,
  error,
  json,
  type ServerOptions,
  serve,
  startServer,
  type TestServer,
} from '../rig/registry-hostile.ts';

const NAME = 'api.test/team/app:1';
const SHORT = { connectMs: 300, silenceMs: 300, ladderMs: 3000 };

function at(port: number): Pick<RegistrySettings, 'addresses'> {
  return { addresses: new Map([['api.test', `127.0.0.1:${port}`]]) };
}

function told({ result, code, cause, step }: LadderResult): unknown[] {
  return [result, code, cause, step];
}

async function withServer<T>(
  answering: Answering,
  run: (server: TestServer) => Promise<T>,
  options: ServerOptions = {},
): Promise<T> {
  const server = await startServer(answering, options);
  try {
    return await run(server);
  } finally {
    await server.close();
  }
}

describe('the way to a registry', () => {
  it('a certificate that is refused ends no request to another registry', async () => {
    let refused: Promise<unknown> | undefined;
    await withServer(serve, async (untrusted) => {
      const answering: Answering = (asked, response) => {
        // The other one is asked, and refused, while this one is waited for.
        refused ??= climb(requestFor(NAME), pool);
        void refused.then(() => serve(asked, response));
      };
      const pool = new Pool(settings({ ca: [], ...at(untrusted.port) }));
      await withServer(
        answering,
        async ({ port }) => {
          const result = await climb(requestFor(`127.0.0.1:${port}/team/app:1`), pool);
          assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
        },
        { certificate: null },
      );
      pool.close();
    });
  });

  it('every step has its place and its time', async () => {
    const result = await withServer(serve, ({ port }) => ask(NAME, {}, at(port)));
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
    assert.deepEqual(
      [stepsOf(result).dns, stepsOf(result).connect, stepsOf(result).tls],
      ['not-needed', 'ok', 'ok'],
    );
    const tls = result.steps.find(({ step }) => step === 'tls');
    assert.equal(tls?.facts.tlsVersion, 'TLSv1.3');
    assert(result.steps.every(({ ms }) => Number.isInteger(ms) && ms >= 0 && ms <= result.ms + 1));
  });

  it('a name that is not there', async () => {
    const result = await ask('registry.invalid/team/app:1', {}, { timeouts: SHORT });
    assert.equal(result.step, 'dns');
    assert.match(result.code, /^dns-(?:not-found|failed)$/);
    assert.deepEqual([result.result, result.cause], ['unverifiable', 'DnsFailure']);
    assert.equal(stepsOf(result).connect, 'not-reached');
  });

  it('nobody listens', async () => {
    const result = await ask(NAME, {}, at(await freePort()));
    assert.deepEqual(told(result), [
      'unverifiable',
      'connect-refused',
      'ConnectionRefused',
      'connect',
    ]);
    assert.equal(stepsOf(result).dns, 'not-needed');
    assert.equal(
      result.steps.find(({ step }) => step === 'connect')?.facts.systemCode,
      'ECONNREFUSED',
    );
  });

  it('no TLS handshake', async () => {
    const silent: Server = createServer();
    await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
    const { port } = silent.address() as AddressInfo;
    try {
      const result = await ask(NAME, {}, { ...at(port), timeouts: SHORT });
      assert.deepEqual(told(result), ['unverifiable', 'timeout', 'NetworkTimeout', 'tls']);
      assert.equal(stepsOf(result).connect, 'ok');
    } finally {
      silent.close();
    }
  });

  const certificates = [
    ['of another name', 'elsewhere.crt', 'tls-name', 'TlsInvalid', /elsewhere\.test/],
    ['that has expired', 'expired.crt', 'tls-expired', 'TlsInvalid', /2020-01-02/],
  ] as const;
  for (const [what, name, code, cause, words] of certificates) {
    it(`a certificate ${what}`, async () => {
      const run = ({ port }: TestServer) => ask(NAME, {}, at(port));
      const result = await withServer(serve, run, { certificate: name });
      assert.deepEqual(told(result), ['unverifiable', code, cause, 'tls']);
      assert.match(result.steps.find(({ step }) => step === 'tls')?.detail ?? '', words);
    });
  }

  it('a certificate of an unknown authority', async () => {
    const result = await withServer(serve, async (server) => {
      const given = await ask(
        NAME,
        { credential: login('u', 'password') },
        { ...at(server.port), ca: [certificate('other-ca.crt')] },
      );
      assert.equal(server.visits.length, 0);
      return given;
    });
    assert.deepEqual(told(result), ['unverifiable', 'tls-untrusted', 'TlsUntrusted', 'tls']);
    const facts = result.steps.find(({ step }) => step === 'tls')?.facts;
    assert.equal(facts?.issuer, 'kubectl-imagepull test CA');
  });

  it('a certificate of an unknown authority, with the flag that does not check', async () => {
    const run = ({ port }: TestServer) =>
      ask(NAME, {}, { ...at(port), ca: [], insecureSkipTls: true });
    assert.equal((await withServer(serve, run)).result, 'pullable');
  });

  it('plain HTTP where TLS is expected', async () => {
    const run = ({ port }: TestServer) => ask(NAME, {}, at(port));
    const result = await withServer(serve, run, { certificate: null });
    assert.deepEqual(told(result), ['unverifiable', 'http-on-https', 'HttpHttpsMismatch', 'tls']);
  });

  it('plain HTTP, with the flag for it', async () => {
    const run = ({ port }: TestServer) => ask(NAME, {}, { ...at(port), plainHttp: true });
    assert.equal((await withServer(serve, run, { certificate: null })).result, 'pullable');
  });

  it('a token server that cannot be reached', async () => {
    const port = await freePort();
    const answering: Answering = (_asked, response) =>
      challenge(response, 'Bearer realm="https://elsewhere.test/token"');
    const result = await withServer(answering, (server) =>
      ask(
        NAME,
        {},
        {
          addresses: new Map([
            ...at(server.port).addresses,
            ['elsewhere.test', `127.0.0.1:${port}`],
          ]),
        },
      ),
    );
    assert.deepEqual(told(result), [
      'unverifiable',
      'token-unreachable',
      'ConnectionRefused',
      'token',
    ]);
  });

  const answers = [
    [401, 'UNAUTHORIZED', 'no', 'challenge-missing', 'Unauthorized', 'challenge'],
    [
      403,
      'DENIED',
      'requested access to the resource is denied',
      'forbidden',
      'Forbidden',
      'manifest',
    ],
    [
      403,
      'DENIED',
      'Your account has exceeded its pull traffic quota',
      'quota-exceeded',
      'QuotaExceeded',
      'manifest',
    ],
    [
      404,
      'NAME_UNKNOWN',
      'no such repository',
      'repository-not-found',
      'RepositoryNotFound',
      'manifest',
    ],
    [
      404,
      'NOT_FOUND',
      'repository team/app not found',
      'repository-not-found',
      'RepositoryNotFound',
      'manifest',
    ],
    [
      404,
      'NOT_FOUND',
      'artifact team/app:1 not found',
      'manifest-not-found',
      'TagNotFound',
      'manifest',
    ],
    [412, 'PROJECTPOLICYVIOLATION', 'vulnerable', 'policy-blocked', 'PolicyBlocked', 'manifest'],
    [429, 'TOOMANYREQUESTS', 'slow', 'rate-limited', 'RateLimited', 'manifest'],
    [500, 'UNKNOWN', 'broken', 'server-error', 'RegistryUnavailable', 'manifest'],
    [502, '', '', 'server-error', 'RegistryUnavailable', 'manifest'],
    [418, '', '', 'unexpected-status', 'UnexpectedContent', 'manifest'],
  ] as const;
  for (const [status, code, message, ours, cause, step] of answers) {
    it(`${status} ${code} ${message}`, async () => {
      const answering: Answering = (_asked, response) => error(response, status, code, message);
      const result = await withServer(answering, ({ port }) => ask(NAME, {}, at(port)));
      assert.deepEqual([result.code, result.cause, result.step], [ours, cause, step]);
    });
  }

  it('a blob that may not be read', async () => {
    const answering: Answering = (asked, response) => {
      if (!asked.url.includes('/blobs/')) serve(asked, response);
      else
        error(
          response,
          403,
          'DENIED',
          'Your account has exceeded its pull traffic quota for the current month.',
        );
    };
    const result = await withServer(answering, ({ port }) => ask(NAME, {}, at(port)));
    assert.deepEqual(told(result), ['not pullable', 'quota-exceeded', 'QuotaExceeded', 'config']);
  });

  it('a storage that signs addresses for GET alone', async () => {
    const answering: Answering = (asked, response) => {
      if (asked.url.includes('/blobs/') && asked.method === 'HEAD')
        error(response, 403, 'SignatureDoesNotMatch', 'x');
      else serve(asked, response);
    };
    const result = await withServer(answering, ({ port }) => ask(NAME, {}, at(port)));
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
  });

  it('a registry that knows no HEAD', async () => {
    const answering: Answering = (asked, response) => {
      if (asked.method === 'HEAD' && asked.url.includes('/manifests/'))
        error(response, 405, 'UNSUPPORTED', 'x');
      else serve(asked, response);
    };
    const result = await withServer(answering, ({ port }) => ask(NAME, {}, at(port)));
    assert.deepEqual(told(result), ['pullable', 'ok', null, null]);
  });

  it('no pulls left', async () => {
    const answering: Answering = (asked, response) => {
      response.setHeader('ratelimit-limit', '100;w=21600');
      response.setHeader(
        'ratelimit-remaining',
        asked.url.endsWith('/1') ? '0;w=21600' : '5;w=21600',
      );
      response.setHeader('docker-ratelimit-source', '192.0.2.1');
      serve(asked, response);
    };
    const result = await withServer(answering, ({ port }) => ask(NAME, {}, at(port)));
    assert.deepEqual(told(result), ['unverifiable', 'rate-limited', 'RateLimited', 'rate-limit']);
    const { facts } = result.steps.at(-1) ?? assert.fail();
    assert.deepEqual(
      [facts.remaining, facts.limit, facts.windowSeconds, facts.limitSource],
      [0, 100, 21600, '192.0.2.1'],
    );
  });
});

describe('tokens as containerd asks for them', () => {
  for (const status of [400, 401, 404, 405]) {
    it(`a POST that is answered ${status} is followed by a GET`, async () => {
      const answering: Answering = (asked, response, { port }) => {
        if (asked.url.startsWith('/token')) {
          if (asked.method === 'POST') error(response, status, 'X', 'no');
          else if (asked.authorization === undefined) error(response, 401, 'X', 'no');
          else json(response, 200, { token: 'abc' });
        } else if (asked.authorization === 'Bearer abc') serve(asked, response);
        else
          challenge(
            response,
            `Bearer realm="https://api.test:${port}/token?a=b",service="s",scope="repository:team/app:pull"`,
          );
      };
      await withServer(answering, async (server) => {
        const { port } = server;
        const addresses = new Map([['api.test', `127.0.0.1:${port}`]]);
        const result = await ask(
          `api.test:${port}/team/app:1`,
          { credential: login('u', 'password'), depth: 'manifest' },
          { addresses },
        );
        assert.equal(result.result, 'pullable');
        assert.equal(
          server.visits[2]?.url,
          '/token?a=b&service=s&scope=repository%3Ateam%2Fapp%3Apull',
        );
      });
    });
  }

  const refusals = [
    [true, 401, 'token-refused', 'Unauthorized'],
    [true, 403, 'token-refused', 'Forbidden'],
    [false, 401, 'token-anonymous-refused', 'Unauthorized'],
    [false, 403, 'token-anonymous-refused', 'Forbidden'],
    [false, 429, 'rate-limited', 'RateLimited'],
    [true, 503, 'token-server-error', 'RegistryUnavailable'],
    [true, 404, 'token-malformed', 'UnexpectedContent'],
  ] as const;
  for (const [withLogin, status, code, cause] of refusals) {
    it(`${withLogin ? 'a login' : 'nobody'} that the token server answers ${status}`, async () => {
      const answering: Answering = (asked, response) => {
        if (asked.url.startsWith('/token'))
          error(response, status, 'UNAUTHORIZED', 'incorrect username or password');
        else challenge(response, 'Bearer realm="https://api.test/token",service="s"');
      };
      const credential = withLogin ? login('u', 'password') : null;
      const result = await withServer(answering, ({ port }) => ask(NAME, { credential }, at(port)));
      assert.deepEqual([result.code, result.cause, result.step], [code, cause, 'token']);
    });
  }

  it('a credential without a password is none', async () => {
    const answering: Answering = (asked, response) => {
      if (asked.url.startsWith('/token')) json(response, 200, { token: 'abc' });
      else if (asked.authorization === 'Bearer abc') serve(asked, response);
      else challenge(response, 'Bearer realm="https://api.test/token",service="s"');
    };
    await withServer(answering, async (server) => {
      const result = await ask(NAME, { credential: login('u', '') }, at(server.port));
      assert.deepEqual([result.result, result.credentialShown], ['pullable', false]);
      assert.equal(server.asked()[1], 'GET /token');
    });
  });
});

describe('several images', () => {
  const tokens: Answering = (asked, response) => {
    if (asked.url.startsWith('/token')) json(response, 200, { token: 'abc', expires_in: 300 });
    else if (asked.authorization === 'Bearer abc') serve(asked, response);
    else challenge(response, 'Bearer realm="https://api.test/token",service="s"');
  };

  it('have one token, and few connections', async () => {
    await withServer(tokens, async (server) => {
      const pool = new Pool(settings({ ...at(server.port), concurrency: 3 }));
      const names = [1, 2, 3].map((tag) => `api.test/team/app:${tag}`);
      const results = await Promise.all(
        names.map((name) => climb(requestFor(name, { depth: 'manifest' }), pool)),
      );
      pool.close();
      assert.deepEqual(
        results.map(({ code }) => code),
        ['ok', 'manifest-not-found', 'manifest-not-found'],
      );
      assert.equal(server.asked().filter((asked) => asked === 'GET /token').length, 1);
    });
  });

  it('another credential gets a token of its own', async () => {
    await withServer(tokens, async (server) => {
      const pool = new Pool(settings(at(server.port)));
      for (const credential of [null, login('a', 'password'), login('b', 'password')]) {
        await climb(requestFor(NAME, { credential, depth: 'manifest' }), pool);
      }
      pool.close();
      const asked = server.asked().filter((one) => one.endsWith('/token'));
      assert.deepEqual(asked, ['GET /token', 'POST /token', 'POST /token']);
    });
  });

  it('a registry that is asked too often is left alone', async () => {
    const answering: Answering = (_asked, response) =>
      error(response, 429, 'TOOMANYREQUESTS', 'slow');
    await withServer(answering, async (server) => {
      const pool = new Pool(settings(at(server.port)));
      const first = await climb(requestFor(NAME), pool);
      const second = await climb(requestFor('api.test/team/app:2'), pool);
      pool.close();
      assert.deepEqual([first.code, second.code], ['rate-limited', 'rate-limited']);
      assert.equal(server.visits.length, 1);
    });
  });

  it('a mirror is asked first, and the registry where that has none', async () => {
    const mirrorAnswers: Answering = (asked, response) => {
      if (asked.url.includes('/app/')) serve(asked, response);
      else error(response, 404, 'MANIFEST_UNKNOWN', 'no');
    };
    await withServer(mirrorAnswers, (mirror) =>
      withServer(serve, async (server) => {
        const addresses = new Map([
          ['api.test', `127.0.0.1:${server.port}`],
          ['localhost', `127.0.0.1:${mirror.port}`],
        ]);
        const mirrors = [{ url: new URL('https://localhost/cache'), host: 'api.test' }];
        const there = await ask(NAME, {}, { addresses, mirrors });
        assert.deepEqual(
          [there.result, there.host, server.visits.length],
          ['pullable', 'localhost', 0],
        );
        assert.equal(mirror.visits[0]?.url, '/cache/v2/team/app/manifests/1?ns=api.test');
        const missing = await ask('api.test/team/multi:1', {}, { addresses, mirrors });
        assert.deepEqual([missing.result, missing.host], ['pullable', 'api.test']);
        assert.deepEqual(missing.steps[0]?.facts.mirrorsTried, ['localhost: manifest-not-found']);
      }),
    );
  });

  it('rejects where the user gives up', async () => {
    const controller = new AbortController();
    await withServer(
      () => undefined,
      async ({ port }) => {
        setTimeout(() => controller.abort(new Error('given up')), 50);
        await assert.rejects(ask(NAME, {}, { ...at(port), signal: controller.signal }), /given up/);
      },
    );
  });
});

describe('tags near to one that is not there', () => {
  const tags =
    (pages: readonly (readonly string[])[]): Answering =>
    (asked, response) => {
      const page = Number(new URL(asked.url, 'https://x').searchParams.get('page') ?? 0);
      if (page + 1 < pages.length)
        response.setHeader('link', `</v2/team/app/tags/list?page=${page + 1}>; rel="next"`);
      json(response, 200, { name: 'team/app', tags: pages[page] });
    };
  const near = (answering: Answering, image: string) =>
    withServer(answering, async (server) => {
      const pool = new Pool(settings(at(server.port)));
      const found = await nearestTags(requestFor(image), pool);
      pool.close();
      return { found, server };
    });

  it('the nearest come first', async () => {
    const { found } = await near(
      tags([['latest', '1.2.3', '1.2', '2.0']]),
      'api.test/team/app:1.2.4',
    );
    assert.equal(found.tags[0], '1.2.3');
    assert.deepEqual([found.read, found.complete, found.code], [4, true, null]);
  });

  it('two pages and no more', async () => {
    const { found, server } = await near(
      tags([['a1'], ['a2'], ['a3'], ['a4']]),
      'api.test/team/app:a',
    );
    assert.deepEqual([found.read, found.complete, server.visits.length], [2, false, 2]);
  });

  it('a next page elsewhere is looked for here', async () => {
    const answering: Answering = (_asked, response) => {
      response.setHeader('link', '<https://elsewhere.test/steal?x=1>; rel="next"');
      json(response, 200, { tags: ['a'] });
    };
    const { server } = await near(answering, NAME);
    assert.deepEqual(server.asked(), ['GET /v2/team/app/tags/list', 'GET /v2/team/app/tags/list']);
  });

  it('a repository that is not there', async () => {
    const { found } = await near(
      (_asked, response) => error(response, 404, 'NAME_UNKNOWN', 'no'),
      NAME,
    );
    assert.deepEqual([found.code, found.complete, found.tags], ['repository-not-found', false, []]);
  });

  for (const body of [null, {}, { tags: null }, { tags: [1, '../../x', 'ok', '\u001b[2J'] }]) {
    it(`a list of ${JSON.stringify(body)}`, async () => {
      const { found } = await near((_asked, response) => json(response, 200, body), NAME);
      assert(found.tags.every((tag) => tag === 'ok'));
      assert.equal(found.code, null);
    });
  }
});
