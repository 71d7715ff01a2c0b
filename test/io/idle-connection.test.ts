/** A kept connection that the server closes in the moment in which it is used again: nobody should notice. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { builtinKind } from '../../src/cluster/lists/builtin-kinds.ts';
import { openCluster } from '../../src/cluster/open.ts';
import type { ResourceKind } from '../../src/words/objects.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = [join(import.meta.dirname, '../dumps/kill-pods.json')];
const PODS = { resource: builtinKind('pods') as ResourceKind };

describe('a kept connection that the server has closed', () => {
  const folder = tempFolder();
  let server: ApiServer;
  before(async () => {
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

  async function opened<T>(
    work: (source: Awaited<ReturnType<typeof open>>['source']) => Promise<T>,
  ) {
    const cluster = await open();
    try {
      return await work(cluster.source);
    } finally {
      cluster.close();
    }
  }
  const open = () =>
    openCluster(
      { kubeconfig: join(folder.path, 'config'), asGroups: [], asUserExtra: [] },
      testWorld(),
    );

  it('is replaced by a new one, and the request is sent again', () =>
    opened(async (source) => {
      assert.ok((await source.list(PODS)).known);
      server.faults.push({ fault: { kind: 'cut' }, times: 1 });
      const answer = await source.list(PODS);
      assert.ok(answer.known, answer.known ? '' : answer.why.text);
      assert.equal(server.requests.length, 3);
    }));

  it('is replaced also where several were kept, none of which is left', () =>
    opened(async (source) => {
      const five = () => Promise.all(Array.from({ length: 5 }, () => source.list(PODS)));
      assert.ok((await five()).every(({ known }) => known));
      const kept = server.connections();
      server.faults.push({ fault: { kind: 'cut' }, times: 5 });
      const answer = await source.list(PODS);
      assert.ok(answer.known, answer.known ? '' : answer.why.text);
      assert.ok(server.connections() > kept);
    }));

  it('but a new connection that is cut is a failure, and asked for once', () =>
    opened(async (source) => {
      server.faults.push({ fault: { kind: 'cut' }, times: 1 });
      const answer = await source.list(PODS).catch((error: Error) => error);
      assert.ok(answer instanceof Error || !answer.known);
      assert.equal(server.requests.length, 1);
    }));

  it('but an answer that has begun is not asked for again', () =>
    opened(async (source) => {
      assert.ok((await source.list(PODS)).known);
      server.faults.push({ fault: { kind: 'cut in half' }, times: 1 });
      assert.ok(!(await source.list(PODS)).known);
      assert.equal(server.requests.length, 2);
    }));
});
