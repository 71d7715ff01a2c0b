/** Registries through proxies of every kind, and what is said when the proxy is at fault. */
import assert from 'node:assert/strict';
import { proxiesOf } from '../../src/registry/proxies.ts';
import type { LadderRequest, RegistrySettings } from '../../src/registry/settings.ts';
import { TIMEOUTS } from '../../src/registry/settings.ts';
import type { LadderResult, StepName } from '../../src/words/ladder.ts';
import {
  type HttpProxyOptions,
  type SocksAnswer,
  startHttpProxy,
  startSocksProxy,
  type TestProxy,
} from '../rig/proxies.ts';
import { ask, login, stepsOf } from '../rig/registry-ask.ts';
import {
  type Answering,
  challenge,
  error,
  json,
  redirect,
  serve,
  startServer,
  type TestServer,
} from '../rig/registry-hostile.ts';

const LOGIN = 'us%65r:s3cr%40t-word';
const PAIR = Buffer.from('user:s3cr@t-word').toString('base64');
const SHORT = { ...TIMEOUTS, connectMs: 300, silenceMs: 300 };

describe('registry through a proxy', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    ends.push(() => one.close());
    return one;
  };
  const registry = async (answering: Answering = serve, name: string | null = 'server.crt') =>
    keep(await startServer(answering, { certificate: name }));
  const http = async (upstream: TestServer, options: Partial<HttpProxyOptions> = {}) =>
    keep(await startHttpProxy({ upstream: { port: upstream.port }, ...options }));

  type Change = Partial<LadderRequest> & {
    readonly env?: Readonly<Record<string, string>>;
    readonly with?: Partial<RegistrySettings>;
    readonly host?: string;
  };

  async function climb(
    server: TestServer,
    flag: string | undefined,
    { env = {}, with: more = {}, host = 'api.test', ...request }: Change = {},
  ): Promise<LadderResult> {
    const settings = { proxies: proxiesOf(flag, env), ...more };
    const result = await ask(`${host}:${server.port}/team/app:1`, request, settings);
    const told = JSON.stringify(result);
    for (const secret of ['s3cr', PAIR]) assert(!told.includes(secret), told);
    return result;
  }

  const step = (result: LadderResult, name: StepName) => {
    const found = result.steps.find((one) => one.step === name);
    assert(found);
    return found;
  };

  function assertProxyFailed(result: LadderResult, detail: RegExp, status?: number): void {
    assert.deepEqual(
      [result.result, result.code, result.step, result.cause],
      ['unverifiable', 'proxy-failed', 'connect', 'ProxyFailure'],
    );
    assert.match(step(result, 'connect').detail, detail);
    assert.equal(step(result, 'connect').facts.status, status);
    assert.equal(step(result, 'dns').code, 'not-needed');
    assert.equal(step(result, 'tls').code, 'not-reached');
  }

  async function assertThrough(proxy: TestProxy, server: TestServer): Promise<void> {
    const result = await climb(server, proxy.url(LOGIN));
    assert.equal(result.result, 'pullable', JSON.stringify(result));
    const { dns, connect, tls } = stepsOf(result);
    assert.deepEqual([dns, connect, tls], ['not-needed', 'ok', 'ok']);
    assert.equal(step(result, 'connect').detail, `through proxy 127.0.0.1:${proxy.port}`);
    assert.match(step(result, 'tls').detail, /^TLSv1/);
    assert.equal(proxy.visits[0]?.target.replace(/^name /, ''), `api.test:${server.port}`);
  }

  it('goes by CONNECT with the login of the URL', async () => {
    const server = await registry();
    const proxy = await http(server);
    await assertThrough(proxy, server);
    assert.equal(proxy.visits[0]?.auth, `Basic ${PAIR}`);
    assert.equal(proxy.visits[0]?.how, 'CONNECT');
  });

  it('goes through a proxy with TLS', async () => {
    const server = await registry();
    const proxy = await http(server, { certificate: 'server.crt' });
    await assertThrough(proxy, server);
  });

  it('goes through SOCKS5 with a login, by name', async () => {
    const server = await registry();
    const upstream = { port: server.port };
    const proxy = keep(await startSocksProxy({ upstream, login: 'user:s3cr@t-word' }));
    await assertThrough(proxy, server);
  });

  it('asks for whole URLs where the registry has no TLS', async () => {
    const server = await registry(serve, null);
    const proxy = await http(server);
    const result = await climb(server, proxy.url(LOGIN), { with: { plainHttp: true } });
    assert.equal(result.result, 'pullable', JSON.stringify(result));
    assert.equal(step(result, 'connect').detail, `through proxy 127.0.0.1:${proxy.port}`);
    assert.equal(step(result, 'tls').code, 'not-needed');
    assert.match(proxy.visits[0]?.target ?? '', /^http:\/\/api\.test:\d+\/v2\/team\/app\//);
    assert.equal(proxy.visits[0]?.auth, `Basic ${PAIR}`);
  });

  it('asks the token server and the storage through it, too, and shows it no credential', async () => {
    const server = await registry((asked, response) => {
      if (asked.url.startsWith('/token')) return json(response, 200, { token: 'the-token' });
      if (asked.url.startsWith('/store'))
        return serve({ ...asked, url: asked.url.slice(6) }, response);
      if (asked.authorization !== 'Bearer the-token') {
        return challenge(response, `Bearer realm="https://token.test:${server.port}/token"`);
      }
      if (!asked.url.includes('/blobs/')) return serve(asked, response);
      redirect(response, 307, `https://store.test:${server.port}/store${asked.url}`);
    });
    const proxy = await http(server);
    // One certificate for the three names: who listens is not what this is about.
    const result = await climb(server, proxy.url(), {
      credential: login('tester', 'pass-word-canary'),
      with: { insecureSkipTls: true },
    });
    assert.equal(result.result, 'pullable', JSON.stringify(result));
    const hosts = new Set(proxy.visits.map(({ target }) => target.split(':')[0]));
    assert.deepEqual([...hosts].sort(), ['api.test', 'store.test', 'token.test']);
    for (const { headers } of proxy.visits) assert.equal(headers?.authorization, undefined);
  });

  it('keeps one tunnel for the steps after each other', async () => {
    const server = await registry();
    const proxy = await http(server);
    await climb(server, proxy.url(), { depth: 'manifest' });
    assert.equal(proxy.visits.length, 1);
    assert.equal(server.visits.length >= 1, true);
  });

  it('is found where --registry-address says', async () => {
    const server = await registry();
    const proxy = await http(server);
    const addresses = new Map([['api.test', `10.9.9.9:${server.port}`]]);
    const result = await climb(server, proxy.url(), { with: { addresses } });
    assert.equal(result.result, 'pullable');
    assert.equal(proxy.visits[0]?.target, `10.9.9.9:${server.port}`);
  });

  describe('of the environment', () => {
    it('is used for https', async () => {
      const server = await registry();
      const proxy = await http(server);
      const result = await climb(server, undefined, { env: { HTTPS_PROXY: proxy.url(LOGIN) } });
      assert.equal(result.result, 'pullable');
      assert.equal(proxy.visits.length > 0, true);
    });

    for (const [name, flag, NO_PROXY, host] of [
      ['by NO_PROXY', undefined, 'api.test', 'api.test'],
      ['to this machine', undefined, '', '127.0.0.1'],
      ['by --proxy none', 'none', '', 'api.test'],
    ] as const) {
      it(`is not used ${name}`, async () => {
        const server = await registry(serve, host === 'api.test' ? 'server.crt' : null);
        const proxy = await http(server);
        const env = { HTTPS_PROXY: proxy.url(), HTTP_PROXY: proxy.url(), NO_PROXY };
        const addresses = new Map(
          flag === undefined && NO_PROXY === '' ? [] : [['api.test', `127.0.0.1:${server.port}`]],
        );
        const result = await climb(server, flag, { env, host, with: { addresses } });
        assert.equal(result.result, 'pullable', JSON.stringify(result));
        assert.equal(proxy.connections(), 0);
      });
    }

    it('that cannot be used is a fault of the proxy', async () => {
      const server = await registry();
      const env = { HTTPS_PROXY: 'socks4://user:s3cr@t-word@p:1' };
      const result = await climb(server, undefined, { env });
      assert.deepEqual([result.result, result.code], ['unverifiable', 'proxy-failed']);
    });
  });

  describe('that refuses', () => {
    for (const [answer, detail, status] of [
      ['403 Forbidden', /answers CONNECT api\.test:\d+ with 403 \(Forbidden\)$/, 403],
      [`407 ${PAIR} s3cr@t-word`, /with 407 \(Proxy Authentication Required\)$/, 407],
      ['502 Bad Gateway', /with 502 \(Bad Gateway\)$/, 502],
      ['cut', /cut the connection before the answer was complete$/, undefined],
      ['silent', /did not let us through within the time limit$/, undefined],
      ['!SSH-2.0-OpenSSH\r\n\r\n', /answers with something that is not HTTP$/, undefined],
      [
        `!HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`,
        /the headers of the answer are too large$/,
        undefined,
      ],
    ] as const) {
      it(`is named: ${answer.slice(0, 20)}`, async () => {
        const server = await registry();
        const proxy = await http(server, { answer: () => answer });
        const result = await climb(server, proxy.url(LOGIN), { with: { timeouts: SHORT } });
        assertProxyFailed(result, detail, status);
        assert.match(
          step(result, 'connect').detail,
          new RegExp(`^proxy 127.0.0.1:${proxy.port}\\b`),
        );
        assert.equal(server.visits.length, 0);
      });
    }

    for (const [answer, detail] of [
      ['not socks', /^proxy .*: Received invalid Socks5 initial handshake/],
      ['no method', /^proxy .*Socks5/],
      ['silent', /within the time limit|timed out/],
      ['cut', /^proxy .*: Socket closed$/],
      [2, /connection not allowed by ruleset$/],
    ] as const satisfies readonly (readonly [SocksAnswer, RegExp])[]) {
      it(`is named (SOCKS5): ${answer}`, async () => {
        const server = await registry();
        const upstream = { port: server.port };
        const proxy = keep(await startSocksProxy({ upstream, answer: () => answer }));
        const timeouts = SHORT;
        assertProxyFailed(await climb(server, proxy.url(), { with: { timeouts } }), detail);
      });
    }

    it('says of SOCKS5 that the registry refused', async () => {
      const server = await registry();
      const upstream = { port: server.port };
      const proxy = keep(await startSocksProxy({ upstream, answer: () => 5 }));
      const result = await climb(server, proxy.url());
      assert.equal(result.code, 'connect-refused');
      assert.match(step(result, 'connect').detail, /refused, through proxy 127\.0\.0\.1:\d+$/);
    });

    for (const [answer, status] of [
      ['407 x', 407],
      ['502 x', 502],
      ['504 x', 504],
    ] as const) {
      it(`is named before a registry without TLS: ${answer}`, async () => {
        const server = await registry(serve, null);
        const proxy = await http(server, { answer: () => answer });
        const result = await climb(server, proxy.url(LOGIN), { with: { plainHttp: true } });
        assertProxyFailed(result, /^proxy .*, asked for api\.test:\d+, answers /, status);
      });
    }

    it('leaves the registry its own 502', async () => {
      const server = await registry((_, response) => {
        response.setHeader('docker-distribution-api-version', 'registry/2.0');
        error(response, 502, 'UNKNOWN', `upstream is down, ${PAIR}, s3cr@t-word`);
      }, null);
      const proxy = await http(server);
      const result = await climb(server, proxy.url(LOGIN), { with: { plainHttp: true } });
      assert.deepEqual([result.code, result.step], ['server-error', 'manifest']);
    });
  });

  for (const [url, detail] of [
    ['http://user:s3cr@127.0.0.1:1', /^proxy 127\.0\.0\.1:1: connection refused$/],
    ['socks5://user:s3cr@127.0.0.1:1', /^proxy 127\.0\.0\.1:1: connection refused$/],
    ['http://nope.invalid', /^lookup proxy nope\.invalid:80: no such host$/],
    ['http://127.0.0.1:99999', /no such port$/],
  ] as const) {
    it(`${url} is not reached`, async () => {
      const server = await registry();
      assertProxyFailed(await climb(server, url), detail);
    });
  }

  it('checks a proxy with TLS even where registries are not checked, before it sees the login', async () => {
    const server = await registry();
    const proxy = await http(server, { certificate: 'elsewhere.crt' });
    const result = await climb(server, proxy.url(LOGIN), { with: { insecureSkipTls: true } });
    assertProxyFailed(result, /certificate (?:of|is for other names than) proxy/);
    assert.deepEqual(proxy.visits, []);
  });

  it('that opens TLS shows as an issuer that is not trusted', async () => {
    const server = await registry();
    const proxy = await http(server);
    const result = await climb(server, proxy.url(), { with: { ca: [] } });
    assert.deepEqual([result.result, result.code], ['unverifiable', 'tls-untrusted']);
    assert.equal(typeof step(result, 'tls').facts.issuer, 'string');
    assert.equal(step(result, 'connect').detail, `through proxy 127.0.0.1:${proxy.port}`);
    assert.equal(step(result, 'dns').code, 'not-needed');
  });
});
