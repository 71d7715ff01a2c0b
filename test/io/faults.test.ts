/** The live source against an API server that fails: one row a fault. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { ApiError, ConnectionError } from '../../src/cluster/errors.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { openCluster } from '../../src/cluster/open.ts';
import { words } from '../../src/words/errors.ts';
import type { ResourceKind } from '../../src/words/objects.ts';
import type { ConnectionOptions } from '../../src/words/options.ts';
import type { Fault, FaultRule } from '../rig/api-faults.ts';
import { type ApiServer, certificate, dumpFiles, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = [join(import.meta.dirname, '../dumps/kill-pods.json')];
const EXTRA = dumpFiles(join(import.meta.dirname, '../dumps'), 'extra');
const kind = (plural: string) => builtinKind(plural) as ResourceKind;
const LIST = { resource: kind('events'), namespace: 'shop' };
const GET = { resource: kind('secrets'), namespace: 'shop', name: 'regcred' };
const NOT_A_LIST =
  'the server answered with something that is not a list (a proxy or gateway in front of the API server?)';

describe('faults of the API server', () => {
  let folder: TempFolder;
  let server: ApiServer;
  before(async () => {
    folder = tempFolder();
    server = await startApiServer({ dumps: DUMPS });
    server.writeKubeconfig(join(folder.path, 'config'));
  });
  afterEach(() => {
    server.faults.length = 0;
    server.requests.length = 0;
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  const open = (options: Partial<ConnectionOptions> = {}, signal?: AbortSignal) =>
    openCluster(
      { kubeconfig: join(folder.path, 'config'), asGroups: [], asUserExtra: [], ...options },
      testWorld({ ...(signal && { signal }) }),
    );

  async function ask<T>(
    question: (source: Awaited<ReturnType<typeof open>>['source']) => Promise<T>,
    options: Partial<ConnectionOptions> = {},
  ): Promise<T> {
    const opened = await open(options);
    try {
      return await question(opened.source);
    } finally {
      opened.close();
    }
  }

  const rows: readonly (readonly [
    name: string,
    fault: Fault,
    expected: { reason: string; text: string; words: string; requests?: number },
    options?: Partial<ConnectionOptions>,
  ])[] = [
    [
      '403',
      {
        kind: 'status',
        code: 403,
        reason: 'Forbidden',
        message: 'events is forbidden: User "tester" cannot list',
      },
      {
        reason: 'forbidden',
        text: 'not allowed to list events in namespace shop',
        words: 'Error from server (Forbidden): events is forbidden: User "tester" cannot list',
      },
    ],
    [
      '403 without a body',
      { kind: 'status', code: 403, bare: true },
      {
        reason: 'forbidden',
        text: 'not allowed to list events in namespace shop',
        words:
          'Error from server (Forbidden): the server does not allow access to the requested resource',
      },
    ],
    [
      '404 of a list',
      {
        kind: 'status',
        code: 404,
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
      },
      {
        reason: 'not found',
        text: 'the server has no resource type events',
        words: 'Error from server (NotFound): the server could not find the requested resource',
      },
    ],
    [
      '429 until the end',
      {
        kind: 'status',
        code: 429,
        reason: 'TooManyRequests',
        message: 'slow down',
        retryAfter: '0',
      },
      {
        reason: 'failed',
        text: 'cannot list events in namespace shop: slow down',
        words: 'Error from server (TooManyRequests): slow down',
        requests: 11,
      },
    ],
    [
      '429 for longer than a person waits',
      {
        kind: 'status',
        code: 429,
        reason: 'TooManyRequests',
        message: 'slow down',
        retryAfter: '3600',
      },
      {
        reason: 'failed',
        text: 'cannot list events in namespace shop: slow down',
        words: 'Error from server (TooManyRequests): slow down',
        requests: 1,
      },
    ],
    [
      '500',
      { kind: 'status', code: 500, reason: 'InternalError', message: 'etcd: no leader' },
      {
        reason: 'failed',
        text: 'cannot list events in namespace shop: etcd: no leader',
        words: 'Error from server (InternalError): etcd: no leader',
        requests: 1,
      },
    ],
    [
      '503 of a proxy',
      { kind: 'body', code: 503, body: '<html>no healthy upstream</html>', type: 'text/html' },
      {
        reason: 'failed',
        text: 'cannot list events in namespace shop: the server is currently unable to handle the request',
        words:
          'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
      },
    ],
    [
      '504',
      { kind: 'status', code: 504, reason: 'Timeout', message: 'request did not complete' },
      {
        reason: 'timed out',
        text: 'cannot list events in namespace shop: request did not complete',
        words: 'Error from server (Timeout): request did not complete',
      },
    ],
    [
      'connection cut',
      { kind: 'cut' },
      {
        reason: 'failed',
        text: 'events in namespace shop: HOST cut the connection before the answer was complete (ECONNRESET)',
        words:
          'Unable to connect to the server: HOST cut the connection before the answer was complete (ECONNRESET)',
      },
    ],
    [
      'connection cut within the answer',
      { kind: 'cut in half' },
      {
        reason: 'failed',
        text: 'events in namespace shop: HOST cut the connection before the answer was complete (ECONNRESET)',
        words:
          'Unable to connect to the server: HOST cut the connection before the answer was complete (ECONNRESET)',
      },
    ],
    [
      'silence',
      { kind: 'silence' },
      {
        reason: 'timed out',
        text: 'events in namespace shop: no answer from HOST within the time limit',
        words: 'Unable to connect to the server: HOST did not answer within the time limit',
      },
      { requestTimeoutMs: 300 },
    ],
    [
      'slowness beyond --request-timeout',
      { kind: 'slow', ms: 2000 },
      {
        reason: 'timed out',
        text: 'events in namespace shop: no answer from HOST within the time limit',
        words: 'Unable to connect to the server: HOST did not answer within the time limit',
      },
      { requestTimeoutMs: 200 },
    ],
    [
      'an answer without end',
      { kind: 'endless' },
      {
        reason: 'failed',
        text: 'events in namespace shop: the answer is larger than 256 MiB',
        words: 'Unable to connect to the server: the answer is larger than 256 MiB',
      },
    ],
    [
      'garbage with 200',
      { kind: 'body', body: '<html>login</html>', type: 'text/html' },
      {
        reason: 'failed',
        text: 'events in namespace shop: https://HOST/api/v1/namespaces/shop/events answered with something that is not JSON',
        words:
          'error: https://HOST/api/v1/namespaces/shop/events answered with something that is not JSON',
      },
    ],
    [
      'JSON that is no list',
      { kind: 'body', body: '{"kind":"Pod","items":7}' },
      {
        reason: 'failed',
        text: `events in namespace shop: ${NOT_A_LIST}`,
        words: `error: events in namespace shop: ${NOT_A_LIST}`,
      },
    ],
    [
      "a gateway's message with 200",
      { kind: 'body', body: '{"message":"no upstream"}' },
      {
        reason: 'failed',
        text: `events in namespace shop: ${NOT_A_LIST}`,
        words: `error: events in namespace shop: ${NOT_A_LIST}`,
      },
    ],
    [
      'a Status that refuses, with 200',
      {
        kind: 'body',
        body: '{"kind":"Status","status":"Failure","reason":"Forbidden","message":"no","code":403}',
      },
      {
        reason: 'forbidden',
        text: 'not allowed to list events in namespace shop',
        words: 'Error from server (Forbidden): no',
      },
    ],
    [
      'a list that always expires',
      { kind: 'status', code: 410, reason: 'Expired', message: 'too old' },
      {
        reason: 'failed',
        text: 'cannot list events in namespace shop: too old',
        words: 'Error from server (Expired): too old',
        requests: 3,
      },
    ],
  ];

  for (const [name, fault, expected, options] of rows) {
    it(`${name} is an answer`, async () => {
      server.faults.push({ fault });
      const answer = await ask((source) => source.list(LIST), options);
      assert.ok(!answer.known);
      const host = `127.0.0.1:${server.port}`;
      const { reason, what, text, error } = answer.why;
      assert.deepEqual(
        { reason, what, text, words: words(error) },
        {
          reason: expected.reason,
          what: 'events in namespace shop',
          text: expected.text.replace('HOST', host),
          words: expected.words.replace('HOST', host),
        },
      );
      if (expected.requests !== undefined) assert.equal(server.requests.length, expected.requests);
    });
  }

  it('429 that passes is waited out', async () => {
    server.faults.push({ fault: { kind: 'status', code: 429, retryAfter: '0' }, times: 2 });
    assert.ok((await ask((source) => source.list({ resource: kind('pods') }))).known);
    assert.equal(server.requests.length, 3);
  });

  it('404 of an object says which', async () => {
    const answer = await ask((source) => source.get(GET));
    assert.ok(!answer.known);
    assert.deepEqual(
      [answer.why.reason, answer.why.text],
      ['not found', 'secret shop/regcred not found'],
    );
    assert.equal(
      words(answer.why.error),
      'Error from server (NotFound): secrets "regcred" not found',
    );
  });

  describe('the permission check', () => {
    const forbidden = { fault: { kind: 'status', code: 403 } } as const;
    for (const [question, options, check] of [
      ['list', {}, 'kubectl auth can-i list events -n shop'],
      ['get', {}, 'kubectl auth can-i get secrets/regcred -n shop'],
      ['all', {}, 'kubectl auth can-i list deployments.apps -A'],
      ['node', {}, 'kubectl auth can-i get nodes/n1'],
      [
        'list',
        { context: 'token', as: "o'brien", asGroups: ['a', 'b'] },
        "kubectl auth can-i list events -n shop --context token --as 'o'\\''brien' --as-group a --as-group b",
      ],
    ] as const) {
      it(check, async () => {
        server.faults.push({ ...forbidden });
        const answer = await ask<{ known: boolean; why?: { check?: string } }>(
          (source) =>
            question === 'list'
              ? source.list(LIST)
              : question === 'get'
                ? source.get(GET)
                : question === 'all'
                  ? source.list({ resource: kind('deployments') })
                  : source.get({ resource: kind('nodes'), name: 'n1' }),
          options,
        );
        const shown = answer.why?.check?.replace(
          ` --kubeconfig ${join(folder.path, 'config')}`,
          '',
        );
        assert.equal(shown, check);
      });
    }
  });

  it('401 is thrown', async () => {
    await assert.rejects(
      ask((source) => source.list(LIST), { token: 'expired' }),
      (error: Error) =>
        error instanceof ApiError &&
        words(error) === 'error: You must be logged in to the server (Unauthorized)',
    );
  });

  it('Ctrl-C ends a request and a wait', async () => {
    for (const fault of [
      { kind: 'silence' },
      { kind: 'status', code: 429, retryAfter: '9' },
    ] as const) {
      server.faults.splice(0, 1, { fault });
      const controller = new AbortController();
      const opened = await open({}, controller.signal);
      setTimeout(() => controller.abort(), 100);
      await assert.rejects(opened.source.list(LIST), { name: 'AbortError' });
      opened.close();
    }
  });

  it('a query never shows in an error', async () => {
    server.faults.push({ fault: { kind: 'status', code: 500 } });
    const answer = await ask((source) => source.list({ ...LIST, labelSelector: 'app=s3cret' }));
    const error = answer.known ? undefined : answer.why.error;
    assert.ok(error instanceof ApiError);
    assert.equal(error.url, `https://127.0.0.1:${server.port}/api/v1/namespaces/shop/events`);
  });
});

describe('faults of discovery', () => {
  let folder: TempFolder;
  let server: ApiServer;
  const CANARY = 'rollout/canary';
  const forbidden: Fault = {
    kind: 'status',
    code: 403,
    reason: 'Forbidden',
    message: 'forbidden: User "tester" cannot get path',
  };
  const html: Fault = { kind: 'body', body: '<html>login</html>', type: 'text/html' };
  const down: Fault = { kind: 'status', code: 503, reason: 'ServiceUnavailable', message: 'down' };
  const argo = '/apis/argoproj.io/v1alpha1';

  before(() => {
    folder = tempFolder();
  });
  afterEach(() => server.close());
  after(() => folder.remove());

  /** What `describe TYPE/NAME -n shop` says on standard error. */
  async function describing(target: string, rules: readonly FaultRule[], aggregated = false) {
    server = await startApiServer({ dumps: EXTRA, aggregated });
    server.writeKubeconfig(join(folder.path, 'config'));
    server.faults.push(...rules);
    const world = testWorld({ env: { KUBECONFIG: join(folder.path, 'config') } });
    await run(['describe', target, '-n', 'shop'], world);
    return world.errText().replaceAll(`https://127.0.0.1:${server.port}`, 'URL');
  }

  const NONE = 'error: the server doesn\'t have a resource type "foo"';
  const rows: readonly (readonly [
    name: string,
    target: string,
    rule: FaultRule,
    said: string | RegExp,
  ])[] = [
    [
      'an answer that is no list of groups is not "no such type"',
      CANARY,
      { path: '/apis', fault: { kind: 'body', body: '{}' } },
      'error: API groups: the server answered with something that is not a list of API groups (a proxy or gateway in front of the API server?)\n',
    ],
    [
      'nor is one whose groups are no list',
      CANARY,
      {
        path: '/apis',
        fault: { kind: 'body', body: '{"kind":"APIGroupDiscoveryList","items":{}}' },
      },
      /^error: API groups: the server answered with something that is not a list of API groups/,
    ],
    [
      'a group that may not be read is named',
      'foo/web',
      { path: argo, fault: forbidden },
      `${NONE}, or it is of argoproj.io/v1alpha1, which could not be read: forbidden: User "tester" cannot get path\n`,
    ],
    [
      'and one whose server is down',
      'foo/web',
      { path: argo, fault: down },
      `${NONE}, or it is of argoproj.io/v1alpha1, which could not be read: down\n`,
    ],
    [
      'and one that answers with no list of types',
      'foo/web',
      { path: argo, fault: { kind: 'body', body: '{}' } },
      /, or it is of argoproj\.io\/v1alpha1, which could not be read: the server answered with something that is not a list of resource types/,
    ],
    [
      'and one that answers with a page',
      'foo/web',
      { path: argo, fault: html },
      `${NONE}, or it is of argoproj.io/v1alpha1, which could not be read: URL${argo} answered with something that is not JSON\n`,
    ],
    [
      'a group that was not meant is not named',
      'foo.apps/web',
      { path: argo, fault: forbidden },
      'error: the server doesn\'t have a resource type "foo.apps"\n',
    ],
    [
      'a group that is gone is none',
      'foo/web',
      { path: argo, fault: { kind: 'status', code: 404, reason: 'NotFound' } },
      `${NONE}\n`,
    ],
    [
      'an empty list of types is one',
      'foo/web',
      {
        path: argo,
        fault: { kind: 'body', body: '{"kind":"APIResourceList","resources":null}' },
      },
      `${NONE}\n`,
    ],
    ...([forbidden, down, html] as const).map(
      (fault) =>
        [
          `a kind that is found elsewhere is not failed by it (${fault.kind === 'status' ? fault.code : 'a page'})`,
          CANARY,
          { path: '/apis/batch/v1', fault },
          'No image pull failures found in shop namespace.\n',
        ] as const,
    ),
  ];

  for (const [name, target, rule, said] of rows) {
    it(name, async () => {
      const err = await describing(target, [rule]);
      if (typeof said === 'string') assert.equal(err, said);
      else assert.match(err, said);
    });
  }

  it('many groups that could not be read are not all named', async () => {
    const groups = ['a.io', 'b.io', 'c.io', 'd.io', 'e.io'].map((name) => ({
      name,
      preferredVersion: { groupVersion: `${name}/v1` },
    }));
    const body = JSON.stringify({ kind: 'APIGroupList', groups });
    const rules = groups.map(({ name }) => ({ path: `/apis/${name}/v1`, fault: down }));
    const err = await describing('foo/web', [
      { path: '/apis', fault: { kind: 'body', body } },
      ...rules,
    ]);
    assert.match(err, /or it is of a\.io\/v1 or b\.io\/v1 or c\.io\/v1 or 2 more, which could/);
  });

  it('a stale group of the aggregated answer is one that could not be read', async () => {
    const items = [
      {
        metadata: { name: 'x.io' },
        versions: [{ version: 'v1', freshness: 'Stale', resources: [] }],
      },
    ];
    const body = JSON.stringify({ kind: 'APIGroupDiscoveryList', items });
    const rules = [{ path: '/apis', fault: { kind: 'body', body } }] as const;
    assert.equal(
      await describing('foo/web', rules, true),
      `${NONE}, or it is of x.io/v1, which could not be read: the server behind it does not answer the API server\n`,
    );
  });
});

describe('silence without --request-timeout', () => {
  const endpoint = { server: new URL('http://127.0.0.1'), insecure: false };
  const transport = (server: URL, silenceMs: number) =>
    new Transport({
      connection: {
        endpoint: { ...endpoint, server, insecure: true },
        credentials: { identity: async () => ({}), renew: () => false },
        impersonation: {},
        namespace: 'default',
      },
      silenceMs,
      userAgent: 'test',
      env: {},
      now: Date.now,
      signal: new AbortController().signal,
    });

  for (const protocol of ['http', 'https']) {
    it(`of a ${protocol} server ends a request`, async () => {
      const silent = createServer(() => undefined);
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as { port: number };
      const asking = transport(new URL(`${protocol}://127.0.0.1:${port}`), 150);
      await assert.rejects(asking.ask({ path: '/api' }), (error: Error) => {
        assert.ok(error instanceof ConnectionError);
        assert.deepEqual([error.fault, error.reached], ['timeout', protocol === 'http']);
        return true;
      });
      asking.close();
      silent.close();
    });
  }

  it('does not count where bytes keep coming', async () => {
    const drops = createServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n');
      let left = 4;
      const timer = setInterval(() => {
        socket.write('1');
        if (--left === 0) clearInterval(timer);
      }, 80);
      socket.on('close', () => clearInterval(timer));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => drops.listen(0, '127.0.0.1', resolve));
    const { port } = drops.address() as { port: number };
    const asking = transport(new URL(`http://127.0.0.1:${port}`), 200);
    assert.equal((await asking.ask({ path: '/api' })).body.toString(), '1111');
    asking.close();
    drops.close();
  });
});

describe('a server that is not reached', () => {
  const folder = tempFolder();
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  after(() => folder.remove());

  async function failure(
    server: string,
    ca = 'ca.crt',
    options: Partial<ConnectionOptions> = {},
  ): Promise<Error> {
    const cluster = { server, 'certificate-authority-data': certificate(ca).toString('base64') };
    const path = folder.write('config', JSON.stringify({ clusters: [{ name: 'c', cluster }] }));
    const flags = { kubeconfig: path, cluster: 'c', asGroups: [], asUserExtra: [], ...options };
    const opened = await openCluster(flags, testWorld());
    closers.push(() => opened.close());
    return opened.source.list(LIST).then(
      () => assert.fail('the list was answered'),
      (error: Error) => error,
    );
  }

  async function tcp(handler: Parameters<typeof createServer>[1]): Promise<number> {
    const listening: Server = createServer(handler as never);
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    closers.push(() => listening.close());
    return (listening.address() as { port: number }).port;
  }

  async function tls(options: { certificate?: string }): Promise<string> {
    const server = await startApiServer({ dumps: DUMPS, ...options });
    closers.push(() => server.close());
    return server.url;
  }

  async function expect(error: Error, fault: string, line: RegExp): Promise<void> {
    assert.ok(error instanceof ConnectionError, String(error));
    assert.equal(error.fault, fault);
    assert.match(words(error), line);
  }

  it('refused', async () =>
    expect(
      await failure('https://127.0.0.1:1'),
      'refused',
      /^The connection to the server 127\.0\.0\.1:1 was refused - did you/,
    ));

  it('unknown name', async () =>
    expect(
      await failure('https://nohost.invalid'),
      'dns',
      /^Unable to connect to the server: dial tcp: lookup nohost\.invalid: /,
    ));

  it('signed by another CA', async () =>
    expect(
      await failure(await tls({}), 'other-ca.crt'),
      'tls',
      /x509: certificate signed by unknown authority/,
    ));

  it('expired certificate', async () =>
    expect(
      await failure(await tls({ certificate: 'expired.crt' })),
      'tls',
      /x509: certificate has expired/,
    ));

  it('certificate of another name', async () =>
    expect(
      await failure(await tls({ certificate: 'elsewhere.crt' })),
      'tls',
      /x509: .*127\.0\.0\.1/,
    ));

  it('plain HTTP on the port', async () => {
    const port = await tcp((socket: import('node:net').Socket) =>
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await expect(
      await failure(`https://127.0.0.1:${port}`),
      'tls',
      /first record does not look like a TLS handshake/,
    );
  });

  it('closed before TLS was set up', async () => {
    const port = await tcp((socket: import('node:net').Socket) => socket.destroy());
    await expect(
      await failure(`https://127.0.0.1:${port}`),
      'reset',
      /cut the connection before TLS was set up/,
    );
  });

  it('taken but never answered', async () => {
    const port = await tcp(() => undefined);
    const error = await failure(`https://127.0.0.1:${port}`, 'ca.crt', { requestTimeoutMs: 200 });
    await expect(error, 'timeout', /i\/o timeout/);
  });

  it('a CA that is none', async () => {
    await assert.rejects(failure(await tls({}), 'README.md'), {
      message: 'unable to load root certificates: unable to parse bytes as PEM block',
    });
  });
});
