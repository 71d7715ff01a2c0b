/** The live source through proxies of every kind, and what is said when they fail. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get as plainGet } from 'node:http';
import { get } from 'node:https';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { openCluster } from '../../src/cluster/open.ts';
import { givenProxy } from '../../src/network/proxy-url.ts';
import { makeTunnel } from '../../src/network/tunnel.ts';
import { words } from '../../src/words/errors.ts';
import type { ResourceKind } from '../../src/words/objects.ts';
import { type ApiServer, certificate, startApiServer } from '../rig/api-server.ts';
import {
  type HttpProxyOptions,
  type SocksAnswer,
  type SocksProxyOptions,
  startHttpProxy,
  startSocksProxy,
  type TestProxy,
} from '../rig/proxies.ts';
import { tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const PODS = { resource: builtinKind('pods') as ResourceKind };
const DUMPS = [join(import.meta.dirname, '../dumps/kill-pods.json')];

interface Setup {
  /** `proxy-url`. */
  readonly proxy?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `SCHEME://HOST` of the server; its port is added. */
  readonly server?: string;
  /** Further fields of the cluster; null takes one away. */
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly times?: number;
}

describe('proxy', () => {
  const folder = tempFolder();
  let api: ApiServer;
  let plainApi: ApiServer;
  const started: TestProxy[] = [];
  before(async () => {
    api = await startApiServer({ dumps: DUMPS });
    plainApi = await startApiServer({ dumps: DUMPS, plain: true, prefix: '/pre' });
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((proxy) => proxy.close()));
    api.requests.length = 0;
    plainApi.requests.length = 0;
  });
  after(async () => {
    await Promise.all([api.close(), plainApi.close()]);
    folder.remove();
  });

  const http = async (options: Partial<HttpProxyOptions> = {}) =>
    keep(await startHttpProxy({ upstream: api, ...options }));
  const socks = async (options: Partial<SocksProxyOptions> = {}) =>
    keep(await startSocksProxy({ upstream: api, ...options }));
  const keep = (proxy: TestProxy) => {
    started.push(proxy);
    return proxy;
  };

  async function list(setup: Setup): Promise<void> {
    const plain = setup.server?.startsWith('http:') === true;
    const source = plain ? plainApi : api;
    const path = join(folder.path, 'config');
    source.writeKubeconfig(path);
    const config = JSON.parse(readFileSync(path, 'utf8'));
    const { cluster } = config.clusters[0];
    const server = `${setup.server ?? 'https://api.test'}:${source.port}${plain ? '/pre' : ''}`;
    Object.assign(cluster, { server, 'proxy-url': setup.proxy ?? null }, setup.cluster);
    folder.write('config', JSON.stringify(config));
    const opened = await openCluster(
      { kubeconfig: path, asGroups: [], asUserExtra: [] },
      testWorld({ env: setup.env ?? {} }),
    );
    try {
      const asked = Array.from({ length: setup.times ?? 1 }, () => opened.source.list(PODS));
      for (const answer of await Promise.all(asked)) {
        if (!answer.known) throw answer.why.error;
      }
    } finally {
      opened.close();
    }
  }

  /** What is printed for a failure; also that no password is anywhere in the error. */
  async function failure(setup: Setup): Promise<string> {
    const error: unknown = await list(setup).then(
      () => assert.fail('it worked'),
      (thrown) => thrown,
    );
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /s3cret/);
    return words(error as Error).replaceAll(/:\d{4,5}\b/g, ':PORT');
  }

  describe('CONNECT', () => {
    it('carries TLS with our certificate, over one kept tunnel', async () => {
      const proxy = await http();
      await list({ proxy: proxy.url('us%65r:p%40ss') });
      const auth = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
      assert.deepEqual(
        proxy.visits.map(({ how, target, auth }) => [how, target, auth]),
        [['CONNECT', `api.test:${api.port}`, auth]],
      );
      assert.equal(api.requests.at(-1)?.user, 'tester');
      const { headers } = proxy.visits[0] ?? {};
      assert.deepEqual(Object.keys(headers ?? {}), ['host', 'proxy-authorization']);
      assert.equal(api.requests.at(-1)?.headers['proxy-authorization'], undefined);
    });

    it('is sent for many connections at once', async () => {
      const proxy = await http();
      await list({ proxy: proxy.url(), times: 30 });
      assert.ok(proxy.visits.length >= 20);
    });

    const address = '10.0.0.1';
    const ways: readonly (readonly [name: string, setup: (url: string) => Setup])[] = [
      ['a proxy of the environment', (url) => ({ env: { HTTPS_PROXY: url } })],
      [
        'a server on this machine, whatever NO_PROXY says',
        (proxy) => ({ proxy, server: 'https://127.0.0.1', env: { NO_PROXY: '*' } }),
      ],
      ['a server with an IPv6 address', (proxy) => ({ proxy, server: 'https://[::1]' })],
      [
        'tls-server-name',
        (proxy) => ({
          proxy,
          server: `https://${address}`,
          cluster: { 'tls-server-name': 'api.test' },
        }),
      ],
      [
        'an address as tls-server-name',
        (proxy) => ({
          proxy,
          server: `https://${address}`,
          cluster: { 'tls-server-name': '127.0.0.1' },
        }),
      ],
      [
        'insecure-skip-tls-verify',
        (proxy) => ({
          proxy,
          server: 'https://wrong.test',
          cluster: { 'certificate-authority-data': null, 'insecure-skip-tls-verify': true },
        }),
      ],
    ];
    for (const [name, setup] of ways) {
      it(`works for ${name}`, async () => {
        const proxy = await http();
        await list(setup(proxy.url()));
        assert.equal(proxy.visits.length, 1);
        assert.equal(api.requests.at(-1)?.user, 'tester');
      });
    }

    const answers: readonly (readonly [answer: string, said: string])[] = [
      [
        '403 Forbidden',
        'Forbidden (the proxy 127.0.0.1:PORT answered CONNECT api.test:PORT with 403)',
      ],
      ['201 Created', 'Created (the proxy 127.0.0.1:PORT answered CONNECT api.test:PORT with 201)'],
      [
        '407 Proxy Authentication Required',
        'Proxy Authentication Required (the proxy 127.0.0.1:PORT answered CONNECT api.test:PORT with 407)',
      ],
      [
        '502',
        'unknown status code (the proxy 127.0.0.1:PORT answered CONNECT api.test:PORT with 502)',
      ],
      [
        `502 ${'x'.repeat(5000)}`,
        `${'x'.repeat(80)} (the proxy 127.0.0.1:PORT answered CONNECT api.test:PORT with 502)`,
      ],
      [
        'cut',
        'proxyconnect tcp: CONNECT api.test:PORT: 127.0.0.1:PORT cut the connection before the answer was complete (ECONNRESET)',
      ],
      [
        '!SSH-2.0-OpenSSH\r\n\r\n',
        'proxyconnect tcp: CONNECT api.test:PORT: 127.0.0.1:PORT answered with something that is not HTTP (HPE_INVALID_CONSTANT)',
      ],
      [
        `!HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`,
        'proxyconnect tcp: CONNECT api.test:PORT: 127.0.0.1:PORT answered with something that is not HTTP (HPE_HEADER_OVERFLOW)',
      ],
    ];
    for (const [answer, said] of answers) {
      it(`answered with ${answer.slice(0, 40)} is told`, async () => {
        const proxy = await http({ answer: () => answer });
        assert.equal(
          await failure({ proxy: proxy.url('user:s3cret') }),
          `Unable to connect to the server: ${said}`,
        );
        assert.equal(proxy.visits.length, 1);
      });
    }
  });

  describe('that is not reached', () => {
    for (const [proxy, said] of [
      ['http://user:s3cret@127.0.0.1:1', 'dial tcp 127.0.0.1:1: connect: connection refused'],
      ['socks5://user:s3cret@127.0.0.1:1', 'dial tcp 127.0.0.1:1: connect: connection refused'],
      ['http://nope.invalid', 'dial tcp: lookup nope.invalid: no such host'],
      ['http://127.0.0.1:99999', 'dial tcp: address 99999: invalid port'],
    ] as const) {
      it(`is named: ${proxy}`, async () => {
        const expected = `Unable to connect to the server: proxyconnect tcp: ${said}`;
        assert.equal(await failure({ proxy }), expected.replace(':99999', ':PORT'));
      });
    }

    it('is not asked at all where its URL is wrong', async () => {
      assert.equal(
        await failure({ proxy: 'ftp://user:s3cret@127.0.0.1:1' }),
        `error: invalid 'proxy-url': unsupported scheme "ftp", must be http, https, or socks5`,
      );
    });
  });

  describe('with TLS', () => {
    it('is checked against the CA of the cluster, is shown our certificate, and is sent no address as name', async () => {
      const proxy = await http({ certificate: 'server.crt' });
      await list({ proxy: proxy.url('user:s3cret') });
      assert.deepEqual(
        proxy.visits.map(({ how, serverName, clientCertificate }) => [
          how,
          serverName,
          clientCertificate,
        ]),
        [['CONNECT', false, 'tester']],
      );
      assert.equal(api.requests.at(-1)?.user, 'tester');
    });

    it('is expected to have the tls-server-name of the cluster', async () => {
      const proxy = await http({ certificate: 'server.crt' });
      await list({ proxy: proxy.url(), cluster: { 'tls-server-name': 'localhost' } });
      assert.equal(proxy.visits[0]?.serverName, 'localhost');
    });

    it('of another name is refused before it sees the login', async () => {
      const proxy = await http({ certificate: 'elsewhere.crt' });
      assert.match(
        await failure({ proxy: proxy.url('user:s3cret') }),
        /^Unable to connect to the server: proxyconnect tcp: tls: failed to verify certificate: x509: /,
      );
      assert.deepEqual(proxy.visits, []);
    });

    it('of another name is taken with insecure-skip-tls-verify', async () => {
      const proxy = await http({ certificate: 'elsewhere.crt' });
      await list({
        proxy: proxy.url(),
        cluster: { 'certificate-authority-data': null, 'insecure-skip-tls-verify': true },
      });
    });

    it('of an unknown CA is refused', async () => {
      const proxy = await http({ certificate: 'server.crt' });
      assert.match(
        await failure({ proxy: proxy.url(), cluster: { 'certificate-authority-data': null } }),
        /^Unable to connect to the server: proxyconnect tcp: tls: .*certificate signed by unknown authority/,
      );
    });
  });

  describe('before an http server', () => {
    it('is asked for the whole URL, and each time for itself', async () => {
      const proxy = await http({ upstream: plainApi });
      await list({ proxy: proxy.url('user:pass'), server: 'http://api.test' });
      const { how, target, auth, headers } = proxy.visits[0] ?? {};
      assert.deepEqual(
        [how, target?.replace(/\?.*/, ''), auth, headers?.host],
        [
          'GET',
          `http://api.test:${plainApi.port}/pre/api/v1/pods`,
          `Basic ${Buffer.from('user:pass').toString('base64')}`,
          `api.test:${plainApi.port}`,
        ],
      );
      assert.match(plainApi.requests[0]?.path ?? '', /^\/pre\/api\/v1\/pods/);
    });

    it('writes an IPv6 address as it is written in URLs', async () => {
      const proxy = await http({ upstream: plainApi });
      await list({ env: { HTTP_PROXY: proxy.url() }, server: 'http://[fd00::9]' });
      assert.match(proxy.visits[0]?.target ?? '', /^http:\/\/\[fd00::9\]:\d+\/pre\/api\/v1\/pods/);
    });

    it('keeps its connection', async () => {
      const proxy = await http({ upstream: plainApi });
      const agent = await makeTunnel(givenProxy(proxy.url()), new URL(plainApi.url), {
        agent: { keepAlive: true },
      });
      for (const path of ['/pre/version', '/pre/api']) {
        const [answer] = await once(plainGet({ agent, port: plainApi.port, path }), 'response');
        await once(answer.resume(), 'end');
      }
      agent.destroy();
      assert.deepEqual([proxy.visits.length, proxy.connections()], [2, 1]);
    });

    it('with TLS is checked against the roots of this machine, as the kubeconfig speaks of the server', async () => {
      const proxy = await http({ upstream: plainApi, certificate: 'server.crt' });
      const setup = { proxy: proxy.url('user:s3cret'), server: 'http://api.test' };
      const ca = certificate('ca.crt').toString('base64');
      for (const cluster of [
        { 'insecure-skip-tls-verify': true },
        { 'certificate-authority-data': ca },
      ]) {
        assert.match(await failure({ ...setup, cluster }), /proxyconnect tcp: tls: .*unknown auth/);
      }
      assert.deepEqual(proxy.visits, []);
    });

    it('with TLS is asked for the whole URL, too', async () => {
      const proxy = await http({ upstream: plainApi, certificate: 'server.crt' });
      const agent = await makeTunnel(givenProxy(proxy.url()), new URL(plainApi.url), {
        agent: { ca: certificate('ca.crt') },
      });
      const asked = plainGet({ agent, port: plainApi.port, path: '/pre/version' });
      const [answer] = await once(asked, 'response');
      assert.equal(answer.statusCode, 200);
      assert.equal(proxy.visits[0]?.target, `http://127.0.0.1:${plainApi.port}/pre/version`);
      agent.destroy();
    });

    it('as SOCKS carries it like any other', async () => {
      const proxy = await socks({ upstream: plainApi });
      await list({ proxy: proxy.url(), server: 'http://api.test' });
      assert.deepEqual(proxy.visits[0]?.target, `name api.test:${plainApi.port}`);
    });
  });

  describe('SOCKS5', () => {
    for (const [name, login, asked, expected] of [
      ['without login', undefined, undefined, undefined],
      ['with a login that is not asked for', 'user:pass', undefined, undefined],
      ['with login', 'us%65r:p%40ss', 'user:p@ss', 'user:p@ss'],
    ] as const) {
      it(`${name} looks up the name and carries TLS with our certificate`, async () => {
        const proxy = await socks({ ...(asked && { login: asked }) });
        await list({ proxy: proxy.url(login) });
        assert.deepEqual(proxy.visits, [
          { how: 'SOCKS5', target: `name api.test:${api.port}`, auth: expected },
        ]);
        assert.equal(api.requests.at(-1)?.user, 'tester');
      });
    }

    for (const [name, server, target] of [
      ['an IPv4 address', 'https://127.0.0.1', 'ipv4 127.0.0.1'],
      ['an IPv6 address', 'https://[::1]', `ipv6 ${'0'.repeat(31)}1`],
    ] as const) {
      it(`is sent ${name} as such`, async () => {
        const proxy = await socks();
        await list({ proxy: proxy.url(), server });
        assert.equal(proxy.visits[0]?.target, `${target}:${api.port}`);
      });
    }

    it('is meant by socks5h, too, and by HTTPS_PROXY', async () => {
      const proxy = await socks();
      await list({ proxy: proxy.url().replace('socks5', 'socks5h') });
      await list({ env: { HTTPS_PROXY: proxy.url().replace('socks5', 'SOCKS5H') } });
      assert.equal(proxy.visits.length, 2);
    });

    const step = 'socks connect tcp 127.0.0.1:PORT->api.test:PORT';
    const answers: readonly (readonly [answer: SocksAnswer, said: string])[] = [
      [1, `${step}: general SOCKS server failure`],
      [2, `${step}: connection not allowed by ruleset`],
      [3, `${step}: network unreachable`],
      [4, `${step}: host unreachable`],
      [6, `${step}: TTL expired`],
      [7, `${step}: command not supported`],
      [8, `${step}: address type not supported`],
      [200, `${step}: unknown reply code`],
      ['cut', `${step}: Socket closed`],
      ['not socks', `${step}: Received invalid Socks5 initial handshake (invalid socks version)`],
      [
        'no method',
        `${step}: Received invalid Socks5 initial handshake (no accepted authentication type)`,
      ],
    ];
    for (const [answer, said] of answers) {
      it(`that answers ${answer} is told`, async () => {
        const proxy = await socks({ answer: () => answer });
        assert.equal(
          await failure({ proxy: proxy.url('user:s3cret') }),
          `Unable to connect to the server: ${said}`,
        );
      });
    }

    it('that says the server refused is believed', async () => {
      const proxy = await socks({ answer: () => 5 });
      assert.equal(
        await failure({ proxy: proxy.url('user:s3cret') }),
        'The connection to the server api.test:PORT was refused - did you specify the right host or port?',
      );
    });

    it('with a wrong or an overlong login is told', async () => {
      const proxy = await socks({ login: 'user:right' });
      assert.equal(
        await failure({ proxy: proxy.url('user:s3cret') }),
        `Unable to connect to the server: ${step}: Socks5 Authentication failed`,
      );
      const long = 'x'.repeat(255);
      for (const login of [`user:s3cret${long}`, `y${long}:s3cret`]) {
        assert.equal(
          await failure({ proxy: proxy.url(login) }),
          `Unable to connect to the server: ${step}: invalid username/password (longer than 255 bytes)`,
        );
      }
    });
  });

  describe('that is silent', () => {
    for (const [kind, start] of [
      ['http', () => http({ answer: () => 'silent' })],
      ['socks5', () => socks({ answer: () => 'silent' })],
    ] as const) {
      it(`is given up after a time (${kind})`, async () => {
        const proxy = await start();
        const agent = await makeTunnel(givenProxy(proxy.url()), new URL(api.url), {
          agent: {},
          limitMs: 50,
        });
        const [error] = await once(get({ agent, host: 'api.test' }), 'error');
        assert.equal(error.name, 'ProxyRefusal');
        assert.deepEqual([error.stage, error.proxy], ['silent', `127.0.0.1:${proxy.port}`]);
      });

      it(`is left when the pool is closed (${kind})`, async () => {
        const proxy = await start();
        const agent = await makeTunnel(givenProxy(proxy.url()), new URL(api.url), {
          agent: {},
        });
        const failed = once(get({ agent, host: 'api.test' }), 'error');
        while (proxy.connections() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        agent.destroy();
        await failed;
        while (proxy.open() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      });
    }
  });
});
