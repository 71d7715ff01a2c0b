/** How long IBM Cloud is waited for. */
import assert from 'node:assert/strict';
import type { IbmContext } from '../../../src/ibm/api.ts';
import { askAll } from '../../../src/ibm/ask.ts';
import { HttpClient } from '../../../src/registry/client.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import { type IbmServer, startIbmServer } from '../../rig/ibm-server.ts';
import { KEY, SERVICE_ID } from '../../rig/ibm-world.ts';
import { settings } from '../../rig/registry-ask.ts';

const IMAGE = {
  host: 'us.icr.io',
  apiHost: 'us.icr.io',
  region: 'us-south',
  isPrivate: false,
  namespace: 'shop',
  repository: 'shop/web',
  tag: '1.0',
  digest: null,
};

describe('asking IBM Cloud', () => {
  let ibm: IbmServer;
  before(async () => {
    ibm = await startIbmServer();
  });
  after(() => ibm.close());
  beforeEach(() => {
    ibm.reset();
    const members = [`iam-${SERVICE_ID}`];
    ibm.world.groups = Array.from({ length: 30 }, (_, i) => ({
      id: `g${i}`,
      name: `n${i}`,
      members,
    }));
  });

  /** `silenceMs`: for one answer; `patienceMs`: for all of them. */
  async function ask(silenceMs: number, patienceMs: number, stop = new AbortController()) {
    const timeouts = { connectMs: 5000, silenceMs, ladderMs: 5000 };
    const client = new HttpClient(settings({ timeouts }));
    const { signal } = stop;
    const base = { client, noCredentialsTo: new Set<string>(), signal, now: Date.now };
    const context: IbmContext = { ...base, asked: new Map(), patienceMs };
    const url = new URL(ibm.url);
    const question = { label: 'x', username: 'iamapikey', password: new Hidden(KEY), image: IMAGE };
    const started = performance.now();
    try {
      const all = await askAll(question, { iam: url, registry: url }, context);
      return { all, took: performance.now() - started };
    } finally {
      client.close();
    }
  }

  const ofGroups = () => ibm.calls.filter(({ path }) => path.includes('access_group_id'));

  it('goes through all groups, some at a time', async () => {
    const { all } = await ask(5000, 20_000);
    assert.equal(all.policies?.known && all.policies.value.missing.length, 0);
    assert.equal(ofGroups().length, 60);
  });

  it('leaves the groups be where one is not answered', async () => {
    ibm.faults = [...'12'].map((v) => ({
      path: `GET /v${v}/policies?account_id=${ibm.world.keys[0]?.account}&access_group_id`,
      status: 200,
      body: '',
      silent: true,
    }));
    const { all } = await ask(150, 20_000);
    assert.equal(ofGroups().length, 8, 'four groups, both forms');
    assert(all.policies?.known);
    assert.match(all.policies.value.missing.at(-1)?.detail ?? '', /of 26 more access groups/);
  });

  it('ends when the time for all is over, with what is known by then', async () => {
    ibm.faults = ['GET /v1/policies', 'GET /v2/policies', 'GET /v2/groups', 'GET /api/'].map(
      (path) => ({ path, status: 200, body: '', silent: true }),
    );
    const { all, took } = await ask(5000, 300);
    assert.ok(took < 2500, `${took} ms`);
    assert.ok(all.token?.known && all.serviceId?.known);
    for (const one of [all.policies, all.quota, all.images, all.namespaces]) {
      assert.equal(one?.known === false && one.why.problem, 'unreachable');
    }
  });

  it('ends at once where no time is left before the next request', async () => {
    ibm.faults = [{ path: 'POST /identity', status: 200, body: '', silent: true }];
    const { all } = await ask(5000, 0);
    assert.equal(all.token?.known === false && all.token.why.problem, 'unreachable');
  });

  it('ends with the run all the same', async () => {
    ibm.faults = [{ path: 'POST /identity', status: 200, body: '', silent: true }];
    const stop = new AbortController();
    const asked = ask(5000, 5000, stop);
    stop.abort(new Error('Ctrl-C'));
    await assert.rejects(asked, /Ctrl-C/);
  });
});
