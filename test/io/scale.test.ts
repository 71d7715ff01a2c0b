/** How much describe asks for: pages, events, namespaces. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import type { FaultRule } from '../rig/api-faults.ts';
import {
  type ApiServer,
  type ApiServerOptions,
  dumpFiles,
  startApiServer,
} from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '../dumps');
const NOW = Date.parse('2026-11-21T04:00:00Z');

describe('how much describe asks for', () => {
  let folder: TempFolder;
  let server: ApiServer;

  before(() => {
    folder = tempFolder();
  });
  afterEach(() => server.close());
  after(() => folder.remove());

  async function serve(prefix: string, options: Partial<ApiServerOptions> = {}): Promise<void> {
    server = await startApiServer({ dumps: dumpFiles(DUMPS, prefix), ...options });
    server.writeKubeconfig(join(folder.path, 'config'));
  }

  async function command(...args: string[]) {
    const world = testWorld({ now: NOW, env: { KUBECONFIG: join(folder.path, 'config') } });
    const code = await run(args, world);
    return { code, out: world.outText(), err: world.errText() };
  }

  const asked = (plural: string) =>
    server.requests.map((r) => r.path).filter((path) => path.split('?')[0]?.endsWith(plural));

  async function causes(...args: string[]): Promise<string[]> {
    const { out } = await command('describe', '-A', '-o', 'json', ...args);
    return (JSON.parse(out) as { items: Item[] }).items
      .map((v) => {
        const others = v.alternatives.map((a) => a.cause).join();
        // What nodes had for other pods is asked of a live cluster for few pods only.
        const codes = v.contributing
          .map((c) => c.code)
          .filter((code) => code !== 'present-but-not-verified')
          .join();
        return `${v.namespace}/${v.pod}/${v.container} ${v.cause} ${v.certainty} ${others} ${codes}`;
      })
      .sort();
  }

  for (const prefix of ['modern', 'extra', 'kill', 'modern-node-01', 'modern-node-12']) {
    it(`the cluster ${prefix} is told as with every event at hand`, async () => {
      await serve(prefix);
      const files = dumpFiles(DUMPS, prefix).flatMap((file) => ['-f', file]);
      assert.deepEqual(await causes(), await causes(...files));
    });
  }

  it('events only of pods whose status does not tell', async () => {
    await serve('modern');
    await command('describe', '-A');
    assert.deepEqual(asked('/pods'), ['/api/v1/pods?limit=500']);
    const selector = 'limit=500&fieldSelector=involvedObject.kind=Pod,involvedObject.name';
    assert.deepEqual(asked('/events').sort(), [
      `/api/v1/namespaces/billing/events?${selector}=proxy-pearl`,
      `/api/v1/namespaces/edge/events?${selector}=proxy-river`,
    ]);
  });

  /** Pods of an older kubelet, which says only that it backs off: one a namespace, or several. */
  function addBareBackOffs(namespaces: number, pods: number): void {
    for (let n = 0; n < namespaces; n++) {
      for (let i = 0; i < pods; i++) {
        const namespace = `team-${n}`;
        const name = `web-${i}`;
        const state = {
          waiting: {
            reason: 'ImagePullBackOff',
            message: 'Back-off pulling image "registry.example/web:1"',
          },
        };
        server.changes.set('pods', {
          metadata: { namespace, name, uid: `${namespace}-${name}` },
          spec: { nodeName: 'n1', containers: [{ name: 'web', image: 'registry.example/web:1' }] },
          status: { phase: 'Pending', containerStatuses: [{ name: 'web', state }] },
        });
        server.changes.set('events', {
          metadata: { namespace, name: `${name}.1` },
          involvedObject: {
            kind: 'Pod',
            namespace,
            name,
            uid: `${namespace}-${name}`,
            fieldPath: 'spec.containers{web}',
          },
          reason: 'Failed',
          type: 'Warning',
          message:
            'Failed to pull image "registry.example/web:1": rpc error: code = Unknown desc = toomanyrequests: You have reached your pull rate limit.',
          lastTimestamp: '2026-11-21T03:59:00Z',
          count: 3,
        });
      }
    }
  }

  const eventLists: readonly (readonly [
    namespaces: number,
    pods: number,
    requests: number,
    path: RegExp,
  ])[] = [
    [3, 2, 6, /^\/api\/v1\/namespaces\/team-\d+\/events\?.*involvedObject\.name=web-\d$/],
    [2, 6, 2, /^\/api\/v1\/namespaces\/team-\d+\/events\?.*=involvedObject\.kind=Pod$/],
    // With the one of the dump these are twenty, and twenty-one.
    [19, 1, 19, /^\/api\/v1\/namespaces\/team-\d+\/events\?/],
    [20, 1, 1, /^\/api\/v1\/events\?.*involvedObject\.kind=Pod,type=Warning$/],
  ];
  for (const [namespaces, pods, requests, path] of eventLists) {
    it(`${pods} such pods in each of ${namespaces} namespaces: ${requests} lists of events`, async () => {
      await serve('kill');
      addBareBackOffs(namespaces, pods);
      const found = await causes();
      const own = found.filter((line) => line.includes('RateLimited'));
      assert.equal(own.length, namespaces * pods);
      const lists = asked('/events').filter((p) => !p.includes('runtime-killed'));
      assert.equal(lists.length, requests);
      for (const list of lists) assert.match(list, path);
    });
  }

  it('the next page while this one arrives, each once', async () => {
    await serve('modern', { pageSize: 20, delayMs: 5 });
    const { out } = await command('describe', '-A', '-o', 'name');
    assert.ok(out.split('\n').length > 100);
    const pages = asked('/pods');
    assert.equal(new Set(pages).size, pages.length);
    assert.equal(pages.length, 8);
  });

  it('as many objects at a time as --chunk-size says', async () => {
    await serve('kill');
    await command('describe', '-A', '--chunk-size', '7');
    await command('describe', '-A', '--chunk-size', '0');
    assert.deepEqual(asked('/pods'), ['/api/v1/pods?limit=7', '/api/v1/pods']);
  });

  describe('without the right to list across the cluster', () => {
    const refuse = (more: Partial<FaultRule>): FaultRule => ({
      fault: { kind: 'status', code: 403, reason: 'Forbidden', message: 'not for you' },
      ...more,
    });
    const everywhere = refuse({ resource: 'pods', namespace: '' });

    async function serveNamespaces(): Promise<void> {
      await serve('modern');
      for (const name of ['billing', 'edge', 'shop', 'search', 'platform']) {
        server.changes.set('namespaces', { metadata: { name } });
      }
    }

    it('every namespace is asked and the refused ones are named', async () => {
      await serveNamespaces();
      server.faults.push(
        everywhere,
        refuse({ resource: 'pods', namespace: 'edge' }),
        refuse({ resource: 'pods', namespace: 'shop' }),
      );
      const { code, out, err } = await command('describe', '-A', '-o', 'wide');
      assert.equal(code, 0);
      assert.match(out, /^search\s+notifier-coral/m);
      assert.doesNotMatch(out, /^(?:edge|shop)\s/m);
      assert.match(err, /^Not seen: not allowed to list pods in namespaces edge, shop \(kubectl/m);
    });

    it('where namespaces may not be listed either, the line says what to give', async () => {
      await serveNamespaces();
      server.faults.push(everywhere, refuse({ resource: 'namespaces' }));
      const { code, out, err } = await command('describe', '-A');
      assert.deepEqual([code, out], [1, '']);
      assert.equal(
        err,
        'Error from server (Forbidden): not for you (kubectl auth can-i list pods -A; name the namespaces you may look at: -n a,b,c)\n',
      );
    });

    it('-n a,b asks those', async () => {
      await serveNamespaces();
      const { code, out } = await command('describe', '-n', 'search,billing', '-o', 'wide');
      assert.equal(code, 0);
      assert.match(out, /^search\s+notifier-coral/m);
      assert.match(out, /^billing\s/m);
      assert.deepEqual(
        new Set(asked('/pods')),
        new Set([
          '/api/v1/namespaces/search/pods?limit=500',
          '/api/v1/namespaces/billing/pods?limit=500',
        ]),
      );
    });

    it('-n a,b where all are refused is the error of the first', async () => {
      await serveNamespaces();
      server.faults.push(refuse({ resource: 'pods' }));
      const { code, err } = await command('describe', '-n', 'search,billing');
      assert.equal(code, 1);
      assert.match(err, /^Error from server \(Forbidden\): not for you/);
    });

    it('-n a,b takes no name', async () => {
      await serveNamespaces();
      const { code, err } = await command('describe', 'web', '-n', 'search,billing');
      assert.equal(code, 2);
      assert.match(err, /cannot be retrieved by name across several namespaces/);
    });

    it('nothing found says where it looked', async () => {
      await serveNamespaces();
      const { err } = await command('describe', '-n', 'a,b');
      assert.equal(err, 'No image pull failures found in namespaces a, b.\n');
    });
  });

  describe('-v', () => {
    it('6 tells of each request', async () => {
      await serve('modern');
      const { err } = await command('describe', 'notifier-coral', '-n', 'search', '-v6');
      const url = `https://127.0.0.1:${server.port}/api/v1/namespaces/search/pods/notifier-coral`;
      assert.match(err, /^I1121 \d\d:\d\d:\d\d\.\d{3}\] GET https:/m);
      assert.ok(err.includes(`] GET ${url} 200 OK in 0 milliseconds\n`), err);
      assert.equal(err.trim().split('\n').length, server.requests.length);
    });

    it('8 tells of headers, never of credentials', async () => {
      await serve('modern', { tokens: ['s3cret-token'] });
      const { err } = await command('describe', '-n', 'search', '-v=8', '--token', 's3cret-token');
      assert.match(err, /Authorization: <masked>/);
      assert.match(err, /Response Headers:/);
      assert.doesNotMatch(err, /s3cret/);
    });

    it('5 is silent', async () => {
      await serve('modern');
      const { err } = await command('describe', 'notifier-coral', '-n', 'search', '--v', '5');
      assert.equal(err, '');
    });
  });
});

interface Item {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly cause: string;
  readonly certainty: string;
  readonly alternatives: readonly { readonly cause: string }[];
  readonly contributing: readonly { readonly code: string }[];
}
