/**
 * Proxies as the real kubectl uses them, where there is one on this machine: the same kubeconfig and environment, and
 * what the proxy saw and how it ended compared. A difference that is meant has its reason in the row.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findKubectl, type Kubectl } from '../../scripts/bench/kubectl.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { loadConnection } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { words } from '../../src/words/errors.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import {
  type ProxyVisit,
  type SocksAnswer,
  startHttpProxy,
  startSocksProxy,
  type TestProxy,
} from '../rig/proxies.ts';
import { tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';
import { ENVIRONMENT_CASES } from '../unit/network/proxy-env-cases.ts';

const DUMPS = [join(import.meta.dirname, '../dumps/kill-pods.json')];
const LIMIT_S = 10;
/** Where only the way matters: servers that are reached directly are not there. */
const SHORT_LIMIT_S = 1;
const AT_ONCE = 6;

type ProxyKind = 'http' | 'tls' | 'elsewhere' | 'socks' | 'login' | 'plain' | 'plain socks';

interface Row {
  readonly name: string;
  readonly proxy: ProxyKind;
  /** Makes `proxy-url` of the proxy's own URL; absent: as it is. */
  readonly url?: (own: string) => string;
  readonly login?: string;
  /** `SCHEME://HOST`. */
  readonly server?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly answer?: string;
  readonly socksAnswer?: SocksAnswer;
  /** Why the end is not kubectl's: its line, ours, the reason. */
  readonly differs?: readonly [kubectl: RegExp, ours: RegExp, reason: string];
}

const AFTER_THE_PHRASE = 'kubectl says only the phrase of the proxy, and nobody looks for a proxy';
const PHRASES: readonly Row[] = [
  '403 Forbidden',
  '407 Proxy Authentication Required',
  '502 Bad Gateway',
  '201 Created',
].map((answer) => ({
  name: `answered with ${answer}`,
  proxy: 'http',
  answer,
  differs: [
    new RegExp(`^Unable to connect to the server: ${answer.slice(4)}$`),
    new RegExp(
      `^Unable to connect to the server: ${answer.slice(4)} \\(the proxy .* with ${answer.slice(0, 3)}\\)$`,
    ),
    AFTER_THE_PHRASE,
  ],
}));

const REPLIES: readonly Row[] = (
  [
    [1, 'general SOCKS server failure'],
    [2, 'connection not allowed by ruleset'],
    [3, 'network unreachable'],
    [4, 'host unreachable'],
    [6, 'TTL expired'],
    [7, 'command not supported'],
    [8, 'address type not supported'],
  ] as const
).map(([socksAnswer, reply]) => ({
  name: `SOCKS5, reply ${socksAnswer}`,
  proxy: 'socks',
  socksAnswer,
  differs: [
    new RegExp(
      `^Unable to connect to the server: socks connect tcp \\S+->\\S+: unknown error ${reply}$`,
    ),
    new RegExp(`^Unable to connect to the server: socks connect tcp \\S+->\\S+: ${reply}$`),
    'the error is not unknown',
  ],
}));

const WRONG_HOST: Row['differs'] = [
  /^The connection to the server api\.test:P was refused/,
  /^Unable to connect to the server: proxyconnect tcp: dial tcp 127\.0\.0\.1:1: connect: connection refused$/,
  'the proxy refused, not the server that kubectl names',
];

const ROWS: readonly Row[] = [
  { name: 'CONNECT', proxy: 'http' },
  { name: 'CONNECT with login', proxy: 'http', login: 'us%65r:p%40ss' },
  { name: 'CONNECT with a user alone', proxy: 'http', login: 'user' },
  {
    name: 'proxy-url for loopback',
    proxy: 'http',
    server: 'https://127.0.0.1',
    env: { NO_PROXY: '*' },
  },
  { name: 'an IPv6 server', proxy: 'http', server: 'https://[::1]' },
  { name: 'a scheme in capitals', proxy: 'http', url: (own) => own.replace('http', 'HTTP') },
  { name: 'a proxy with TLS', proxy: 'tls', login: 'a:b' },
  {
    name: 'a proxy with TLS and a name',
    proxy: 'tls',
    url: (own) => own.replace('127.0.0.1', 'localhost'),
  },
  {
    name: 'a proxy with TLS, tls-server-name',
    proxy: 'tls',
    cluster: { 'tls-server-name': 'localhost' },
  },
  {
    name: 'a proxy with TLS of another name',
    proxy: 'elsewhere',
  },
  {
    name: 'a proxy with TLS, insecure',
    proxy: 'elsewhere',
    cluster: { 'certificate-authority-data': null, 'insecure-skip-tls-verify': true },
  },
  {
    name: 'a proxy with TLS of an unknown CA',
    proxy: 'tls',
    cluster: { 'certificate-authority-data': null },
  },
  ...PHRASES,
  { name: 'refused', proxy: 'http', url: () => 'http://127.0.0.1:1', differs: WRONG_HOST },
  {
    name: 'SOCKS5, refused',
    proxy: 'http',
    url: () => 'socks5://127.0.0.1:1',
    differs: WRONG_HOST,
  },
  { name: 'an invalid port', proxy: 'http', url: () => 'http://127.0.0.1:99999' },
  {
    name: 'an unknown host',
    proxy: 'http',
    url: () => 'http://nope.invalid:3128',
    differs: [
      /proxyconnect tcp: dial tcp: lookup nope\.invalid.*: (no such host|.*)$/,
      /proxyconnect tcp: dial tcp: lookup nope\.invalid: /,
      'Node does not know which name server was asked',
    ],
  },
  { name: 'whole URL', proxy: 'plain', server: 'http://api.test', login: 'u:p' },
  {
    name: 'a proxy with TLS, http server',
    proxy: 'tls',
    server: 'http://api.test',
    cluster: { 'insecure-skip-tls-verify': true },
  },
  { name: 'whole URL, IPv6', proxy: 'plain', server: 'http://[fd00::9]' },
  { name: 'SOCKS5, http server', proxy: 'plain socks', server: 'http://api.test' },
  { name: 'SOCKS5', proxy: 'socks' },
  { name: 'SOCKS5, login not asked for', proxy: 'socks', login: 'u:p' },
  { name: 'SOCKS5, login', proxy: 'login', login: 'user:p%40ss' },
  { name: 'SOCKS5, IPv4', proxy: 'socks', server: 'https://127.0.0.1' },
  { name: 'SOCKS5, IPv6', proxy: 'socks', server: 'https://[::1]' },
  { name: 'SOCKS5, the server refused', proxy: 'socks', socksAnswer: 5 },
  ...REPLIES,
  {
    name: 'SOCKS5, wrong login',
    proxy: 'login',
    login: 'user:wrong',
    differs: [
      /: username\/password authentication failed$/,
      /: Socks5 Authentication failed$/,
      'the words of the library',
    ],
  },
  {
    name: 'SOCKS5, login asked for',
    proxy: 'login',
    differs: [
      /: no acceptable authentication methods$/,
      /\(no accepted authentication type\)$/,
      'the words of the library',
    ],
  },
  {
    name: 'socks5h',
    proxy: 'socks',
    url: (own) => own.replace('socks5', 'socks5h'),
    differs: [
      /unsupported scheme "socks5h"/,
      /^$/,
      'kubectl takes it in HTTPS_PROXY only, where it means what socks5 means',
    ],
  },
  ...['ftp://p:1', 'proxy.test:3128', '//p:1', 'socks4://p'].map(
    (text): Row => ({
      name: `proxy-url ${text}`,
      proxy: 'http',
      url: () => text,
      differs: [
        /^error: invalid 'proxy-url' ".*" for cluster "rig": unsupported scheme "/,
        /^error: .*unsupported scheme "/,
        'a URL may hold a password',
      ],
    }),
  ),
  ...[
    '127.0.0.1:3128',
    ' http://p',
    'http://p ',
    'http://p:x',
    'http://[::1',
    'http://user:p%zz@p',
  ].map(
    (text): Row => ({
      name: `proxy-url ${JSON.stringify(text)}`,
      proxy: 'http',
      url: () => text,
      differs: [
        /^error: invalid 'proxy-url' ".*" for cluster "rig": could not parse/,
        /^error: .*cannot be read as a URL$/,
        'a URL may hold a password',
      ],
    }),
  ),
];

interface Outcome {
  /** Empty where it worked. */
  readonly line: string;
  readonly visits: readonly Omit<ProxyVisit, 'headers'>[];
}

describe('proxies as kubectl uses them', function () {
  this.timeout(60_000);
  const folder = tempFolder();
  let kubectl: Kubectl | null = null;
  let api: ApiServer;
  let plainApi: ApiServer;
  let answer: string | undefined;
  let socksAnswer: SocksAnswer | undefined;
  let proxies: Readonly<Record<ProxyKind, TestProxy>>;
  before(async function () {
    kubectl = findKubectl();
    // No kubectl on this machine: nothing to compare with.
    if (kubectl === null) this.skip();
    api = await startApiServer({ dumps: DUMPS });
    plainApi = await startApiServer({ dumps: DUMPS, plain: true });
    const http = { upstream: api, answer: () => answer ?? '200 OK' };
    const socks = { upstream: api, answer: () => socksAnswer ?? 0 };
    proxies = {
      http: await startHttpProxy(http),
      tls: await startHttpProxy({ ...http, certificate: 'server.crt' }),
      elsewhere: await startHttpProxy({ ...http, certificate: 'elsewhere.crt' }),
      socks: await startSocksProxy(socks),
      login: await startSocksProxy({ ...socks, login: 'user:p@ss' }),
      plain: await startHttpProxy({ upstream: plainApi }),
      'plain socks': await startSocksProxy({ upstream: plainApi }),
    };
  });
  after(async () => {
    folder.remove();
    if (kubectl === null) return;
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
    await Promise.all([api.close(), plainApi.close()]);
  });

  /** The line that kubectl prints for its error; empty where it worked. */
  function runKubectl(
    kubeconfig: string,
    env: Readonly<Record<string, string>>,
    limitS = LIMIT_S,
  ): Promise<string> {
    const args = ['get', '--raw', '/version', `--request-timeout=${limitS}s`];
    return new Promise((resolve) =>
      execFile(
        kubectl?.path ?? '',
        [...args, '--kubeconfig', kubeconfig],
        { env: { HOME: folder.path, ...env } },
        (error, _, stderr) => resolve(error ? stderr.trim() : ''),
      ),
    );
  }

  async function runOurs(
    kubeconfig: string,
    env: Readonly<Record<string, string>>,
  ): Promise<string> {
    const world = testWorld({ env });
    try {
      const connection = loadConnection({ kubeconfig, asGroups: [], asUserExtra: [] }, world);
      const transport = new Transport({
        connection,
        requestTimeoutMs: LIMIT_S * 1000,
        userAgent: 'test',
        env,
        now: world.now,
        signal: world.signal,
      });
      try {
        const { status } = await transport.ask({ path: `/version?timeout=${LIMIT_S}s` });
        return status === 200 ? '' : String(status);
      } finally {
        transport.close();
      }
    } catch (error) {
      return words(error as Error);
    }
  }

  function writeKubeconfig(
    name: string,
    server: string,
    more: Readonly<Record<string, unknown>>,
  ): string {
    const path = join(folder.path, name);
    (server.startsWith('http:') ? plainApi : api).writeKubeconfig(path);
    const config = JSON.parse(readFileSync(path, 'utf8'));
    Object.assign(config.clusters[0].cluster, { server }, more);
    return folder.write(name, JSON.stringify(config));
  }

  for (const row of ROWS) {
    it(row.differs ? `${row.name} (${row.differs[2]})` : row.name, async () => {
      const proxy = proxies[row.proxy];
      answer = row.answer;
      socksAnswer = row.socksAnswer;
      const server = row.server ?? 'https://api.test';
      const kubeconfig = writeKubeconfig(
        'config',
        `${server}:${(server.startsWith('http:') ? plainApi : api).port}`,
        { 'proxy-url': (row.url ?? String)(proxy.url(row.login)), ...row.cluster },
      );
      const outcome = async (run: typeof runOurs): Promise<Outcome> => {
        proxy.visits.length = 0;
        const line = (await run(kubeconfig, row.env ?? {})).replaceAll(/:\d{5}\b/g, ':P');
        return { line, visits: proxy.visits.map(({ headers: _, ...visit }) => visit) };
      };
      const theirs = await outcome(runKubectl);
      const own = await outcome(runOurs);
      if (row.differs === undefined) {
        assert.deepEqual(own, theirs);
        return;
      }
      assert.match(theirs.line, row.differs[0]);
      assert.match(own.line, row.differs[1]);
      if (own.line !== '') assert.deepEqual(own.visits, theirs.visits);
    });
  }

  it('of the environment: the same servers are reached through it', async () => {
    const rows = [...ENVIRONMENT_CASES.entries()];
    const wrong: string[] = [];
    const next = async (): Promise<void> => {
      for (let row = rows.shift(); row !== undefined; row = rows.shift()) {
        const [index, [server, env, proxied]] = row;
        const proxy = await startHttpProxy({ upstream: api, answer: () => '403 Forbidden' });
        const filled = Object.fromEntries(
          Object.entries(env).map(([name, value]) => [
            name,
            value.replace('PROXY', `127.0.0.1:${proxy.port}`),
          ]),
        );
        await runKubectl(writeKubeconfig(`config-${index}`, server, {}), filled, SHORT_LIMIT_S);
        if (proxy.connections() > 0 !== proxied) wrong.push(`${server} ${JSON.stringify(env)}`);
        await proxy.close();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    assert.deepEqual(wrong, []);
  });

  it('of the environment: HTTP_PROXY is refused under CGI', async () => {
    const kubeconfig = writeKubeconfig('config', 'http://api.test', {});
    const env = { HTTP_PROXY: proxies.http.url(), REQUEST_METHOD: 'GET' };
    const theirs = await runKubectl(kubeconfig, env);
    assert.match(theirs, /refusing to use HTTP_PROXY value in CGI environment/);
    assert.ok((await runOurs(kubeconfig, env)).startsWith(theirs));
  });
});
