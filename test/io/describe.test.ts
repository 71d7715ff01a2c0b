/** The whole command against a local API server: round trips, missing rights, faults of the server. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '..', 'dumps');
const NOW = Date.parse('2026-11-21T04:00:00Z');
const FILES = [
  'pods',
  'events',
  'secrets',
  'serviceaccounts',
  'nodes',
  'replicasets',
  'deployments',
  'jobs',
  'cronjobs',
].map((kind) => join(DUMPS, `modern-${kind}.json`));

describe('describe against an API server', () => {
  let server: ApiServer;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'imagepull-'));
    server = await startApiServer({ dumps: FILES });
    server.writeKubeconfig(join(folder, 'config'));
  });

  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    server.requests.length = 0;
    server.faults.length = 0;
  });

  async function command(...args: string[]) {
    const world = testWorld({ now: NOW, env: { KUBECONFIG: join(folder, 'config') } });
    const code = await run(args, world);
    return { code, out: world.outText(), err: world.errText() };
  }

  async function json(...args: string[]) {
    const { out } = await command(...args, '-o', 'json');
    return JSON.parse(out) as {
      items: { pod: string; cause: string; unavailable: { text: string }[] }[];
      unavailable: { text: string; check?: string }[];
    };
  }

  const paths = () => server.requests.map((r) => r.path.split('?')[0]);

  it('asks only for pod and events where they decide, both at once', async () => {
    const { code, out } = await command('describe', 'notifier-coral', '-n', 'search');
    assert.equal(code, 0);
    assert.match(out, /TagNotFound/);
    assert.deepEqual(paths().sort(), [
      '/api/v1/namespaces/search/events',
      '/api/v1/namespaces/search/pods/notifier-coral',
    ]);
  });

  it('asks for secrets and ServiceAccount in one second round', async () => {
    const { out } = await command('describe', 'cache-fern', '-n', 'edge');
    assert.match(out, /SecretMissing/);
    assert.deepEqual(
      new Set(paths().slice(0, 2)),
      new Set(['/api/v1/namespaces/edge/pods/cache-fern', '/api/v1/namespaces/edge/events']),
    );
    assert.ok(
      paths()
        .slice(2)
        .every((p) => /\/(secrets|serviceaccounts|externalsecrets|nodes)/.test(p ?? '')),
    );
  });

  it('takes two sequential round trips at most', async () => {
    // With every answer 150 ms late, more than two rounds (and the handshake) would show as more waves.
    server.faults.push({ fault: { kind: 'slow', ms: 150 } });
    const times: number[] = [];
    const start = performance.now();
    await command('describe', 'cache-fern', '-n', 'edge');
    times.push(performance.now() - start);
    assert.ok((times[0] ?? 0) < 150 * 3, `${times[0]} ms for rounds of 150 ms`);
  });

  it('never asks for Secrets with --no-secrets and says what that leaves open', async () => {
    const { out } = await command('describe', 'cache-fern', '-n', 'edge', '--no-secrets');
    assert.ok(!paths().some((p) => p?.includes('/secrets')));
    assert.match(out, /--no-secrets/);
  });

  for (const resource of ['events', 'secrets', 'serviceaccounts']) {
    it(`says that ${resource} may not be read, and goes on`, async () => {
      server.faults.push({ resource, fault: { kind: 'status', code: 403, reason: 'Forbidden' } });
      const { items } = await json('describe', 'agent-onyx', '-n', 'shop');
      assert.equal(items.length, 1);
      assert.ok(items[0]?.unavailable.some((u) => u.text.startsWith('not allowed to')));
      const { out } = await command('describe', 'agent-onyx', '-n', 'shop');
      assert.match(out, /kubectl auth can-i/);
      assert.doesNotMatch(out, /(?:secret|serviceaccount) \S+ does not exist/);
    });
  }

  it('keeps the server’s own words where pods may not be read', async () => {
    const message = 'pods is forbidden: User "x" cannot list resource "pods"';
    server.faults.push({
      resource: 'pods',
      fault: { kind: 'status', code: 403, reason: 'Forbidden', message },
    });
    const { code, err } = await command('describe', '-n', 'shop');
    assert.equal(code, 1);
    assert.ok(
      err.startsWith(
        `Error from server (Forbidden): ${message} (kubectl auth can-i list pods -n shop`,
      ),
      err,
    );
    assert.equal(err.trimEnd().split('\n').length, 1);
  });

  it('tells an expired token as kubectl does', async () => {
    const { code, err } = await command(
      'describe',
      '-n',
      'shop',
      '--context',
      'token',
      '--token',
      'old',
    );
    assert.equal(code, 1);
    assert.match(err, /^error: You must be logged in to the server \(.*\)\n$/);
  });

  const faults: [string, Parameters<typeof server.faults.push>[0]['fault']][] = [
    ['500', { kind: 'status', code: 500, reason: 'InternalError', message: 'boom' }],
    ['410', { kind: 'status', code: 410, reason: 'Expired', message: 'too old' }],
    ['429', { kind: 'status', code: 429, reason: 'TooManyRequests', retryAfter: '0' }],
    ['a cut connection', { kind: 'cut' }],
    ['half an answer', { kind: 'cut in half' }],
    ['garbage', { kind: 'body', body: '<html>login</html>', type: 'text/html' }],
    ['JSON of another kind', { kind: 'body', body: '[1,2]' }],
  ];
  for (const [name, fault] of faults) {
    it(`one line and code 1 when pods answer with ${name}`, async () => {
      server.faults.push({ resource: 'pods', fault });
      const { code, err, out } = await command('describe', '-n', 'shop');
      assert.equal(code, 1, err);
      assert.equal(out, '');
      assert.equal(err.trimEnd().split('\n').length, 1, err);
      assert.doesNotMatch(err, /\bat \S+:\d+/);
    });

    it(`goes on without events when they answer with ${name}`, async () => {
      server.faults.push({ resource: 'events', fault });
      const { items } = await json('describe', 'agent-onyx', '-n', 'shop');
      assert.equal(items[0]?.cause, 'Unauthorized');
      assert.ok((items[0]?.unavailable.length ?? 0) > 0);
    });
  }

  it('ends after --request-timeout when the server is silent', async () => {
    server.faults.push({ fault: { kind: 'silence' } });
    const { code, err } = await command('describe', '-n', 'shop', '--request-timeout', '300ms');
    assert.equal(code, 1);
    assert.equal(err.trimEnd().split('\n').length, 1, err);
  });

  it('exits with 4 where nothing was found and events could not be read', async () => {
    server.faults.push({
      resource: 'events',
      fault: { kind: 'status', code: 403, reason: 'Forbidden' },
    });
    const { code, err } = await command('describe', 'gateway-teal', '-n', 'shop', '--exit-code');
    assert.equal(code, 4, err);
  });

  it('finds the pods of workloads by their owners', async () => {
    const { items } = await json(
      'describe',
      'deploy/sync-nova',
      'cronjob/gateway-sorrel',
      '-n',
      'shop',
    );
    assert.deepEqual(
      items.map((i) => i.pod.replace(/-[^-]+$/, '')),
      ['sync-nova-66b6bd9fb8', 'sync-nova-66b6bd9fb8', 'sync-nova-66b6bd9fb8'],
    );
    const cron = await json('describe', 'cj/gateway-sorrel', '-n', 'billing');
    assert.equal(cron.items.length, 1);
  });

  it('never takes what it could not look at for nothing found', async () => {
    const forbidden = { kind: 'status', code: 403, reason: 'Forbidden' } as const;
    server.faults.push({ resource: 'replicasets', fault: forbidden });
    const hidden = await command('describe', 'deploy/sync-nova', '-n', 'shop', '--exit-code');
    assert.equal(hidden.code, 4, hidden.err);
    assert.match(hidden.err, /not allowed to (?:list|get) replicasets/);
    assert.match(hidden.err, /not everything could be looked at/);
  });

  it('says that a workload is not there', async () => {
    const { code, err } = await command('describe', 'deploy/sync-nov', '-n', 'shop');
    assert.equal(code, 1);
    assert.match(
      err,
      /deployments.apps "sync-nov" not found in namespace shop \(did you mean "sync-nova"\?\)/,
    );
  });

  it('names the workload whose name was given for a pod', async () => {
    const { err } = await command('describe', 'sync-nova', '-n', 'shop');
    assert.match(err, /did you mean "deploy\/sync-nova"\?/);
  });

  it('asks for names of pull secrets without their content', async () => {
    await command('describe', 'cache-fern', '-n', 'edge');
    const lists = server.requests.filter((r) => /\/secrets\?/.test(r.path));
    assert.ok(lists.length > 0);
    for (const { headers } of lists)
      assert.match(headers.accept ?? '', /PartialObjectMetadataList/);
  });

  it('gives advice that acts on the cluster of the flags', async () => {
    const config = join(folder, 'config');
    const { out } = await command(
      'describe',
      'cache-fern',
      '-n',
      'edge',
      '--context',
      'token',
      '--kubeconfig',
      config,
    );
    assert.match(
      out,
      new RegExp(`kubectl --kubeconfig ${config} --context token get secrets -n edge`),
    );
  });

  it('never prints a credential that a text quotes', async () => {
    const pod = {
      metadata: { name: 'x', namespace: 'shop', uid: 'u' },
      spec: { containers: [{ name: 'c', image: 'reg.example/a:1' }] },
      status: {
        phase: 'Pending',
        containerStatuses: [
          {
            name: 'c',
            state: {
              waiting: {
                reason: 'ErrImagePull',
                message:
                  'failed to do request: Head "https://bob:hunter2@reg.example/v2/a/manifests/1?X-Amz-Signature=abc": EOF',
              },
            },
          },
        ],
      },
    };
    server.faults.push({
      resource: 'pods',
      fault: { kind: 'body', code: 200, body: JSON.stringify(pod), type: 'application/json' },
    });
    const { out } = await command('describe', 'x', '-n', 'shop', '-o', 'json');
    assert.doesNotMatch(out, /hunter2|Signature=abc/);
    assert.match(out, /REDACTED/);
  });

  it('names the nearest pod and the namespace that has it', async () => {
    const typo = await command('describe', 'cache-furn', '-n', 'edge');
    assert.match(
      typo.err,
      /pods "cache-furn" not found in namespace edge \(did you mean "cache-fern"\?\)/,
    );
    const elsewhere = await command('describe', 'cache-fern', '-n', 'shop');
    assert.match(elsewhere.err, /namespace edge has a pod of this name/);
    assert.equal(elsewhere.code, 1);
  });

  it('says so where there is nothing', async () => {
    const { code, err, out } = await command('describe', '-n', 'empty');
    assert.deepEqual([code, out], [0, '']);
    assert.equal(err, 'No image pull failures found in empty namespace.\n');
  });
});
