/** The live source against the local API server: what goes right. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { openCluster } from '../../src/cluster/open.ts';
import type { OpenedSource } from '../../src/cluster/opened.ts';
import type { ResourceKind } from '../../src/words/objects.ts';
import type { ConnectionOptions } from '../../src/words/options.ts';
import {
  type ApiServer,
  type ApiServerOptions,
  dumpFiles,
  startApiServer,
} from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = dumpFiles(join(import.meta.dirname, '../dumps'), 'extra');
const kind = (plural: string) => builtinKind(plural) as ResourceKind;

interface Named {
  readonly metadata: { readonly name: string; readonly namespace: string };
}

describe('live source', () => {
  const folder: TempFolder = tempFolder();
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  after(() => folder.remove());

  async function serve(options: Partial<ApiServerOptions> = {}): Promise<ApiServer> {
    const server = await startApiServer({ dumps: DUMPS, ...options });
    open.push(server);
    server.writeKubeconfig(join(folder.path, 'config'));
    return server;
  }

  async function connect(
    options: Partial<ConnectionOptions> = {},
    env = {},
  ): Promise<OpenedSource> {
    const world = testWorld({ env: { KUBECONFIG: join(folder.path, 'config'), ...env } });
    const opened = await openCluster({ asGroups: [], asUserExtra: [], ...options }, world);
    open.push(opened);
    return opened;
  }

  async function podNames(opened: OpenedSource, more: object = {}): Promise<readonly string[]> {
    const answer = await opened.source.list<Named>({ resource: kind('pods'), ...more });
    assert.ok(answer.known, 'pods are not known');
    return answer.value.map((pod) => pod.metadata.name);
  }

  it('lists and gets with a client certificate', async () => {
    const server = await serve();
    const opened = await connect();
    assert.equal(opened.namespace, 'shop');
    const pods = await opened.source.list<Named>({ resource: kind('pods') });
    assert.ok(pods.known && pods.value.length > 10);
    const { name, namespace } = pods.value[0]!.metadata;
    const pod = await opened.source.get<Named>({ resource: kind('pods'), namespace, name });
    assert.deepEqual(pod.known && pod.value.metadata.name, name);
    assert.deepEqual(
      server.requests.map((r) => [r.user, r.method, r.path]),
      [
        ['tester', 'GET', '/api/v1/pods?limit=500'],
        ['tester', 'GET', `/api/v1/namespaces/${namespace}/pods/${name}`],
      ],
    );
    const { headers } = server.requests[0]!;
    assert.match(headers['user-agent'] ?? '', /^kubectl-imagepull\//);
    assert.equal(headers['accept-encoding'], undefined);
  });

  it('uses one connection for requests in turn, several for requests at once', async () => {
    const server = await serve({ delayMs: 20 });
    const opened = await connect();
    for (let i = 0; i < 4; i++) await podNames(opened);
    assert.equal(server.connections(), 1);
    const started = performance.now();
    await Promise.all([1, 2, 3, 4, 5].map(() => podNames(opened)));
    assert.ok(server.connections() >= 4);
    assert.ok(performance.now() - started < 1000);
  });

  it('follows pages and keeps page by page', async () => {
    const server = await serve({ pageSize: 7 });
    const opened = await connect();
    const all = await podNames(opened);
    assert.equal(server.requests.length, Math.ceil(all.length / 7));
    assert.equal(new Set(all).size, all.length);
    const kept = await podNames(opened, { keep: (pod: Named) => pod.metadata.name === all.at(-1) });
    assert.deepEqual(kept, [all.at(-1)]);
  });

  it('reads an expired list once more', async () => {
    const server = await serve({ pageSize: 7 });
    const all = await podNames(await connect());
    server.faults.push({
      fault: { kind: 'status', code: 410, reason: 'Expired' },
      continued: true,
      times: 1,
    });
    assert.deepEqual(await podNames(await connect()), all);
  });

  it('hands selectors to the server', async () => {
    const server = await serve();
    const opened = await connect();
    const [first] = await podNames(opened);
    assert.deepEqual(await podNames(opened, { fieldSelector: `metadata.name=${first}` }), [first]);
    await podNames(opened, { namespace: 'shop', labelSelector: 'app in (a,b),!c' });
    assert.equal(
      server.requests.at(-1)?.path,
      '/api/v1/namespaces/shop/pods?limit=500&labelSelector=app in (a,b),!c',
    );
  });

  it('logs in with a token, by context or by flag', async () => {
    const server = await serve({ tokens: ['test-token', 'flag-token'] });
    await podNames(await connect({ context: 'token' }));
    await podNames(await connect({ token: 'flag-token' }));
    assert.deepEqual(
      server.requests.map((r) => r.user),
      ['test-token', 'flag-token'],
    );
  });

  it('sends every group it impersonates', async () => {
    const server = await serve();
    await podNames(
      await connect({ as: 'jane', asGroups: ['dev', 'ops'], asUserExtra: ['k=a', 'k=b'] }),
    );
    const raw = server.requests[0]!.rawHeaders;
    const pairs = raw.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${raw[i + 1]}`] : []));
    assert.deepEqual(
      pairs.filter((p) => p.startsWith('Impersonate-')),
      [
        'Impersonate-User: jane',
        'Impersonate-Group: dev',
        'Impersonate-Group: ops',
        'Impersonate-Extra-k: a',
        'Impersonate-Extra-k: b',
      ],
    );
  });

  it('speaks to a plain server and below a prefix', async () => {
    const server = await serve({ plain: true, prefix: '/k8s/clusters/c-1' });
    await podNames(await connect());
    assert.equal(server.requests[0]!.path, '/k8s/clusters/c-1/api/v1/pods?limit=500');
  });

  it('reads packed answers', async () => {
    await serve({ gzip: true });
    assert.ok((await podNames(await connect())).length > 10);
  });

  it('asks the name it is told to expect', async () => {
    await serve({ certificate: 'elsewhere.crt' });
    await podNames(await connect({ tlsServerName: 'elsewhere.test' }));
  });

  it('skips verification where told', async () => {
    await serve({ certificate: 'expired.crt' });
    await podNames(await connect({ insecureSkipTlsVerify: true }));
  });

  describe('kinds', () => {
    for (const aggregated of [true, false]) {
      it(`custom ones are found by discovery, ${aggregated ? 'aggregated' : 'group by group'}`, async () => {
        const server = await serve({ aggregated });
        const { source } = await connect();
        for (const type of [
          'rollout',
          'rollouts',
          'ro',
          'rollouts.argoproj.io',
          'rollouts.v1alpha1.argoproj.io',
        ]) {
          const found = await source.findKind(type);
          assert.deepEqual(
            [found?.kind, found?.group, found?.namespaced],
            ['Rollout', 'argoproj.io', true],
            type,
          );
        }
        const asked = server.requests.length;
        assert.equal(await source.findKind('widgets'), null);
        assert.equal(server.requests.length, asked);
        assert.ok(asked <= (aggregated ? 2 : 6));
        const kind = await source.findKind('rollout');
        const canary = await source.get<Named>({
          resource: kind!,
          namespace: 'shop',
          name: 'canary',
        });
        assert.ok(canary.known);
      });
    }

    it('built-in ones cost no request', async () => {
      const server = await serve();
      const { source } = await connect();
      assert.equal((await source.findKind('sts'))?.kind, 'StatefulSet');
      assert.equal((await source.findOwnerKind('apps/v1', 'ReplicaSet'))?.plural, 'replicasets');
      assert.equal(server.requests.length, 0);
    });

    it('owners of a custom kind cost one', async () => {
      const server = await serve();
      const { source } = await connect();
      const found = await Promise.all(
        [1, 2].map(() => source.findOwnerKind('argoproj.io/v1alpha1', 'Rollout')),
      );
      assert.deepEqual(
        found.map((f) => f?.plural),
        ['rollouts', 'rollouts'],
      );
      assert.equal(await source.findOwnerKind('nobody.example/v1', 'Widget'), null);
      assert.equal(await source.findOwnerKind('../../x/v1', 'Widget'), null);
      assert.deepEqual(
        server.requests.map((r) => r.path),
        ['/apis/argoproj.io/v1alpha1', '/apis/nobody.example/v1'],
      );
    });
  });

  it('asks a plugin once for requests at once, and again after a 401', async () => {
    const server = await serve({ tokens: ['fresh-2'] });
    const counter = join(folder.path, 'calls');
    const script = `const fs=require('fs');fs.appendFileSync(${JSON.stringify(counter)},'x');const n=fs.readFileSync(${JSON.stringify(counter)},'utf8').length;process.stdout.write(JSON.stringify({apiVersion:'client.authentication.k8s.io/v1',kind:'ExecCredential',status:{token:'fresh-'+n}}))`;
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', script],
      interactiveMode: 'Never',
    };
    const cluster = { server: server.url, 'insecure-skip-tls-verify': true };
    folder.write(
      'config',
      JSON.stringify({
        'current-context': 'x',
        clusters: [{ name: 'x', cluster }],
        users: [{ name: 'x', user: { exec } }],
        contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
      }),
    );
    const opened = await connect();
    await Promise.all([podNames(opened), podNames(opened), podNames(opened)]);
    assert.deepEqual(server.requests.map((r) => r.user).sort(), [
      'fresh-2',
      'fresh-2',
      'fresh-2',
      null,
      null,
      null,
    ]);
  });
});
