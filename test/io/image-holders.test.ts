/** `describe` and what nodes have: how many requests, and what comes of them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const IMAGE = 'registry.corp.test/public/app:gone';
/** A cause that the status alone does not settle: more is asked for anyway. */
const REFUSED =
  'failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
const NOT_FOUND = `failed to resolve reference "${IMAGE}": ${IMAGE}: not found`;

function pod(name: string, imagePullPolicy: string, message = REFUSED): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name, uid: name },
    spec: { nodeName: 'n1', containers: [{ name: 'web', image: IMAGE, imagePullPolicy }] },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'web', state: { waiting: { reason: 'ErrImagePull', message } } }],
    },
  };
}

function node(name: string, ...images: string[]): object {
  const status = { images: [{ names: images }] };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, uid: name }, status };
}

describe('describe and the images of nodes', () => {
  let folder: TempFolder;
  let server: ApiServer;

  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());
  afterEach(() => server.close());

  async function serve(pageSize?: number): Promise<void> {
    const pods = ['a', 'b', 'c', 'd'].map((name) => pod(name, 'IfNotPresent'));
    const nodes = [node('n1'), node('n2', IMAGE), node('n3', IMAGE), node('n4', 'x/app:1')];
    const settled = pod('settled', 'IfNotPresent', NOT_FOUND);
    const items = [...pods, settled, pod('always', 'Always'), ...nodes];
    const list = { apiVersion: 'v1', kind: 'List', items };
    const dumps = [folder.write('objects.json', JSON.stringify(list))];
    server = await startApiServer({ dumps, ...(pageSize && { pageSize }) });
    server.writeKubeconfig(join(folder.path, 'config'));
  }

  async function describePods(...names: string[]) {
    const env = { KUBECONFIG: join(folder.path, 'config') };
    const world = testWorld({ env, cwd: folder.path });
    const code = await run(['describe', '-n', 'shop', ...names], world);
    const asked = server.requests.filter(({ path }) => path.startsWith('/api/v1/nodes?'));
    return { code, out: world.outText(), err: world.errText(), asked: asked.length };
  }

  it('a named pod: one list, and one line', async () => {
    await serve();
    const { out, asked } = await describePods('a');
    assert.equal(asked, 1);
    assert.match(out.replace(/\s+/g, ' '), /nodes n2, n3 have this image already/);
  });

  it('three pods of one image: still one list', async () => {
    await serve();
    assert.equal((await describePods('a', 'b', 'c')).asked, 1);
  });

  it('a large cluster: one page', async () => {
    await serve(2);
    const { out, asked } = await describePods('a');
    assert.equal(asked, 1);
    assert.match(out.replace(/\s+/g, ' '), /node n2 has this image already/);
  });

  it('many pods, or one that always pulls: not asked', async () => {
    await serve();
    assert.equal((await describePods('a', 'b', 'c', 'd')).asked, 0);
    assert.equal((await describePods('always')).asked, 0);
  });

  it('a pod whose status says it all: worth no round trip of its own', async () => {
    await serve();
    assert.equal((await describePods('settled')).asked, 0);
  });

  it('nodes that may not be listed: nothing is said of it', async () => {
    await serve();
    server.faults.push({
      resource: 'nodes',
      fault: { kind: 'status', code: 403, reason: 'Forbidden', message: 'no' },
    });
    const { code, out, err } = await describePods('a');
    assert.deepEqual([code, err], [0, '']);
    assert.doesNotMatch(out, /this image already/);
  });
});
