/** The packed binary before API servers that fail: a clear line, the right code, in time, and what lacks is said. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultRule } from '../rig/api-faults.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { failingPod } from '../rig/canary-objects.ts';
import { inTurns, type PackedRan, runPacked } from '../rig/packed.ts';
import { pullSecret } from '../rig/shop.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';

const REGISTRY = 'reg.test:5000';
/** Nobody listens there: what `verify` says of the registry is not what is tested. */
const NOWHERE = ['--registry-address', `${REGISTRY}=127.0.0.1:1`];
const COMMANDS: readonly (readonly string[])[] = [
  ['describe', 'web-a'],
  ['describe', '-A'],
  ['secrets'],
  ['decode', 'regcred'],
  ['verify', 'web-a', ...NOWHERE],
];
const LIMIT_MS = 2000;
/** For the start of the program and for a second round of requests, on a machine that does more than this. */
const SLACK_MS = 12_000;
/** Faults at a time; each has a server and a run of every command. */
const WIDTH = 3;

const PAGE: Fault = { kind: 'body', body: '<html>Log in</html>', type: 'text/html' };
const SLOW_DOWN = {
  kind: 'status',
  code: 429,
  reason: 'TooManyRequests',
  message: 'slow down',
} as const;
const UNAVAILABLE = /^Error from server \(ServiceUnavailable\): the server is currently unable/;
/** Before TLS stands, which takes its time on a busy machine, the words are others. */
const TIMEOUT =
  /^Unable to connect to the server: (?:\S+ did not answer within the time limit|dial tcp \S+: i\/o timeout)\n$/;
const CUT =
  /^Unable to connect to the server: \S+ cut the connection before the answer was complete/;
const NO_JSON = /answered with something that is not JSON\n$/;

/** Faults of every request, and the one line that each command ends with. */
const WHOLE: readonly (readonly [name: string, fault: Fault, line: RegExp])[] = [
  ['3 s before each answer', { kind: 'slow', ms: 3000 }, TIMEOUT],
  ['byte by byte', { kind: 'drip', bytes: 1, ms: 100 }, TIMEOUT],
  ['10 s of silence within a body', { kind: 'pause', ms: 10_000 }, TIMEOUT],
  ['no answer', { kind: 'silence' }, TIMEOUT],
  ['half of a page', { kind: 'half' }, CUT],
  ['half of a page, then RST', { kind: 'half', reset: true }, CUT],
  ['the end within a chunk', { kind: 'cut chunk' }, CUT],
  ['no answer but the end', { kind: 'cut' }, CUT],
  ['a chunk of no length', { kind: 'cut chunk', garbled: true }, /something that is not HTTP/],
  ['garbage', { kind: 'body', body: '\u0000\u001b[31m{{' }, NO_JSON],
  ['a login page with 200', PAGE, NO_JSON],
  ['an empty body', { kind: 'body', body: '' }, NO_JSON],
  [
    'JSON of another kind',
    { kind: 'body', body: '[7]' },
    /^error: .*something that is not (?:a list|this object|JSON) .*\n$/,
  ],
  [
    '429 again and again',
    { ...SLOW_DOWN, retryAfter: '1' },
    /^Error from server \(TooManyRequests\): slow down\n$/,
  ],
  [
    '429 for an hour',
    { ...SLOW_DOWN, retryAfter: '3600' },
    /^Error from server \(TooManyRequests\): slow down\n$/,
  ],
  [
    '500',
    { kind: 'status', code: 500, reason: 'InternalError', message: 'etcd: no leader' },
    /^Error from server \(InternalError\): etcd: no leader\n$/,
  ],
  ['503 of a proxy', { kind: 'body', code: 503, body: '<html>', type: 'text/html' }, UNAVAILABLE],
  ['503 again and again', { kind: 'status', code: 503, bare: true, retryAfter: '1' }, UNAVAILABLE],
  [
    'a redirect to another host',
    { kind: 'redirect', code: 307, to: 'https://127.0.0.2:1/' },
    /^Error from server: the server responded with the status code 307/,
  ],
  [
    'a body without end',
    { kind: 'endless' },
    /larger than 256 MiB\n$|within the time limit\n$|i\/o timeout\n$/,
  ],
];

/** Short where time is what ends it; else so long that a busy machine is not taken for a slow server. */
function limitOf(fault: Fault, line: RegExp): number {
  if (line === TIMEOUT || fault.kind === 'endless') return LIMIT_MS;
  return 'retryAfter' in fault ? 2 * LIMIT_MS : 15_000;
}

describe('packed, before an API server that fails', function () {
  this.timeout(120_000);
  this.slow(20_000);
  let folder: TempFolder;
  let objects = '';
  let runs = 0;

  before(() => {
    folder = tempFolder();
    const said = `failed to resolve reference "${REGISTRY}/team/app:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
    const pods = ['a', 'b', 'c', 'd', 'e'].flatMap((name) =>
      failingPod(`web-${name}`, `${REGISTRY}/team/app:1`, said, ['regcred']),
    );
    const metadata = { namespace: 'shop', name: 'default', uid: 'sa' };
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
    const items = [...pods, account, pullSecret('regcred', REGISTRY, 'password')];
    objects = folder.write(
      'objects.json',
      JSON.stringify({ kind: 'List', apiVersion: 'v1', items }),
    );
  });

  after(() => {
    process.stdout.write(`      (${runs} runs)\n`);
    folder.remove();
  });

  async function withServer(
    name: string,
    faults: readonly FaultRule[],
    use: (run: (...args: readonly string[]) => Promise<PackedRan>, api: ApiServer) => Promise<void>,
  ): Promise<void> {
    const api = await startApiServer({ dumps: [objects], pageSize: 2 });
    api.faults.push(...faults);
    const kubeconfig = join(folder.path, name.replaceAll(/\W/g, '-'));
    api.writeKubeconfig(kubeconfig);
    try {
      await use(async (...args) => {
        runs++;
        const ran = await runPacked([...args, '-n', 'shop', '--kubeconfig', kubeconfig], {
          limitMs: 30_000,
        });
        assertPlain(`${name}: ${args.join(' ')}`, ran);
        return ran;
      }, api);
    } finally {
      await api.close();
    }
  }

  /** No stack, no mistake of ours, nothing that moves a cursor. */
  function assertPlain(what: string, { stdout, stderr }: PackedRan): void {
    assert.doesNotMatch(stderr, /^\s+at |internal error|Warning:/m, what);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0008\u000b-\u001f\u007f]/, what);
  }

  it('in every request: one line, code 1, within the time limit', async () => {
    await inTurns(WHOLE, WIDTH, async ([name, fault, line]) => {
      await withServer(name, [{ fault }], async (run) => {
        await inTurns(COMMANDS, 3, async (args) => {
          const what = `${name}: ${args.join(' ')}`;
          const limit = limitOf(fault, line);
          const timed = ['--request-timeout', `${limit}ms`];
          const { status, stdout, stderr, ms } = await run(...args, ...timed);
          assert.match(stderr, line, `${what}: ${stderr}`);
          assert.deepEqual([status, stdout], [1, ''], what);
          assert.ok(ms < limit + SLACK_MS, `${what}: ${ms} ms`);
        });
      });
    });
  });

  const NO_SECRET = /Not seen:\s+(?:cannot get )?secret shop\/regcred/;
  const NO_EVENTS = /Not seen:\s+(?:cannot list )?events in namespace shop/;
  const PART: readonly (readonly [name: string, rule: FaultRule])[] = [
    ['half of the Secret', { resource: 'secrets', fault: { kind: 'half' } }],
    ['a page for Secrets', { resource: 'secrets', fault: PAGE }],
    ['Secrets too slow', { resource: 'secrets', fault: { kind: 'slow', ms: 5000 } }],
    ['500 for Secrets', { resource: 'secrets', fault: { kind: 'status', code: 500 } }],
    ['429 for events', { resource: 'events', fault: { ...SLOW_DOWN, retryAfter: '60' } }],
    ['events cut', { resource: 'events', fault: { kind: 'cut' } }],
    ['events without end', { resource: 'events', fault: { kind: 'endless' } }],
  ];

  for (const [name, rule] of PART) {
    it(`in a part of the requests: ${name}`, async () => {
      await withServer(name, [rule], async (run) => {
        const [pod, all, secrets, decode, verify] = await Promise.all(
          COMMANDS.map((args) =>
            run(...args, '--request-timeout', /slow|endless/.test(rule.fault.kind) ? '3s' : '15s'),
          ),
        );
        assert.ok(pod && all && secrets && decode && verify);
        const codes = [pod, all, secrets, decode, verify].map(({ status }) => status);
        if (rule.resource === 'events') {
          assert.deepEqual(codes, [0, 0, 0, 0, 4]);
          assert.match(pod.stdout, NO_EVENTS);
          return;
        }
        assert.deepEqual(codes, [0, 0, 0, 1, 4]);
        assert.match(pod.stdout, NO_SECRET);
        assert.match(all.stdout, NO_SECRET);
        assert.match(secrets.stderr, /^Not seen: (?:cannot list )?secrets in namespace shop/);
        assert.match(secrets.stderr, /not everything could be looked at/);
        assert.match(decode.stderr, /^[^\n]+\n$/);
        assert.equal(decode.stdout, '');
        assert.match(verify.stdout, /unverifiable/);
      });
    });
  }

  it('in the second page: no half of a list is taken for the whole', async () => {
    const rule: FaultRule = { continued: true, fault: { kind: 'half' } };
    await withServer('second page', [rule], async (run) => {
      const all = await run('describe', '-A');
      assert.match(all.stderr, CUT);
      assert.deepEqual([all.status, all.stdout], [1, '']);
      const secrets = await run('secrets');
      assert.match(secrets.stderr, /^Not seen: pods in namespace shop: \S+ cut the connection/);
      assert.match(secrets.stdout, /regcred .*<unknown>/);
      assert.equal(secrets.status, 0);
    });
  });

  it('waits for one that is slow where no time was set', async () => {
    await Promise.all(
      (
        [
          ['slow', { kind: 'slow', ms: 3000 }],
          ['paused', { kind: 'pause', ms: 10_000 }],
        ] as const
      ).map(([name, fault]) =>
        withServer(`patient ${name}`, [{ fault, resource: 'pods' }], async (run) => {
          const { status, stdout, stderr, ms } = await run('describe', 'web-a');
          assert.deepEqual([status, stderr], [0, '']);
          assert.match(stdout, /web-a/);
          assert.ok(ms >= fault.ms, `${ms} ms`);
        }),
      ),
    );
  });

  it('a certificate that changes between two requests', async () => {
    const certificates = [
      ['expired.crt', /^Unable to connect to the server: tls: [^\n]*x509: certificate has expired/],
      ['elsewhere.crt', /^Unable to connect to the server: tls: [^\n]*x509: cannot validate/],
    ] as const;
    for (const [certificate, line] of certificates) {
      for (const args of COMMANDS.filter(([verb]) => verb !== 'decode')) {
        let change = () => {};
        const rule: FaultRule = { fault: { kind: 'last of connection', after: () => change() } };
        await withServer(certificate, [rule], async (run, api) => {
          change = () => api.changeCertificate(certificate);
          const { status, stdout, stderr } = await run(...args, '--chunk-size', '1');
          assert.match(stderr, line);
          assert.match(stderr, /^[^\n]+\n$/);
          assert.deepEqual([status, stdout], [1, '']);
          assert.ok(api.requests.length > 0, 'refused before anything was asked');
        });
      }
    }
  });

  it('-w: a version that has expired, a watch cut off', async () => {
    await withServer('watch', [], async (run, { changes, requests }) => {
      const running = run('describe', 'web-a', '-w', '--timeout', '4s');
      const watched = async (times: number) => {
        const asked = () => requests.filter(({ path }) => path.includes('watch=true')).length;
        for (let i = 0; asked() < times || changes.watches === 0; i++) {
          assert.ok(i < 150, `${asked()} watches`);
          await sleep(20);
        }
      };
      await watched(1);
      changes.expire();
      changes.breakWatches(410);
      await watched(2);
      changes.endWatches(true);
      await watched(3);
      const { status, stdout, stderr } = await running;
      assert.equal(status, 1);
      assert.match(stdout, /web-a: RepositoryMissingOrPrivate\n$/);
      assert.match(stderr, /^error: timed out waiting for the images to be pulled: [^\n]+\n$/m);
      assert.match(stderr, /^(?:(?:warning|error): [^\n]+\n)+$/);
    });
  });
});
