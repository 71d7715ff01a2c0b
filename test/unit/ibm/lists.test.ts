/** Lists that are long, cut, or paged: what was left out must never become a no. */
import assert from 'node:assert/strict';
import type { IbmContext } from '../../../src/ibm/api.ts';
import { policiesOf } from '../../../src/ibm/policies.ts';
import { images, namespaces } from '../../../src/ibm/registry-api.ts';
import { HttpClient } from '../../../src/registry/client.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import { type IbmFault, type IbmServer, startIbmServer } from '../../rig/ibm-server.ts';
import { ACCOUNT, READER, SERVICE_ID } from '../../rig/ibm-world.ts';
import { settings } from '../../rig/registry-ask.ts';

const IAM_ID = `iam-${SERVICE_ID}`;
const IMAGE = {
  host: 'us.icr.io',
  apiHost: 'us.icr.io',
  region: 'us-south',
  isPrivate: false,
  namespace: 'shop',
  repository: 'shop/web',
  tag: '1',
  digest: null,
};

describe('a long list of IBM Cloud', () => {
  let ibm: IbmServer;
  let client: HttpClient;
  before(async () => {
    ibm = await startIbmServer();
    client = new HttpClient(settings());
  });
  after(async () => {
    client.close();
    await ibm.close();
  });
  beforeEach(() => ibm.reset());

  function context(): IbmContext {
    const signal = new AbortController().signal;
    const base = { client, noCredentialsTo: new Set<string>(), signal, now: Date.now };
    return { ...base, asked: new Map() };
  }

  const asked = () => ({ bases: [new URL(ibm.url)], token: new Hidden('a.b.c'), account: ACCOUNT });

  const page = (start: string | null, from: number, count: number, next?: unknown): IbmFault => ({
    path: `GET /v1/policies?account_id=${ACCOUNT}&iam_id=${IAM_ID}${start === null ? '' : `&start=${start}`}`,
    status: 200,
    body: {
      policies: Array.from({ length: count }, (_, i) => ({
        id: `p${from + i}`,
        type: 'access',
        state: 'active',
        roles: [{ role_id: READER }],
        resources: [{ attributes: [{ name: 'serviceName', value: 'kms' }] }],
      })),
      ...(next !== undefined && { next }),
    },
  });

  /** The newer form is not there, and there are no groups. */
  const REST: readonly IbmFault[] = [
    { path: 'GET /v2/policies', status: 404, body: {} },
    { path: 'GET /v2/groups', status: 200, body: { groups: [], total_count: 0 } },
  ];

  async function policies(...faults: readonly IbmFault[]) {
    ibm.faults = [...faults, ...REST];
    const answer = await policiesOf(ACCOUNT, IAM_ID, asked(), context());
    assert(answer.known);
    return answer.value;
  }

  it('of policies is read to its end', async () => {
    const all = await policies(page('b', 1000, 500), page(null, 0, 1000, { start: 'b' }));
    assert.deepEqual([all.policies.length, all.missing.length], [1500, 0]);
  });

  it('of policies that is cut on a later page says so', async () => {
    const last = page('c', 1600, 800);
    const all = await policies(
      last,
      page('b', 800, 800, { start: 'c' }),
      page(null, 0, 800, { start: 'b' }),
    );
    assert.equal(all.policies.length, 2000);
    assert.equal(all.missing[0]?.problem, 'too large');
  });

  it('of policies whose next page cannot be read says so', async () => {
    for (const next of [{ href: 7 }, { href: 'https://iam.cloud.ibm.com/v1/policies' }, 'more']) {
      const all = await policies(page(null, 0, 3, next));
      assert.equal(all.missing[0]?.problem, 'too large', JSON.stringify(next));
    }
  });

  it('of policies with one of another form says so', async () => {
    const body = page(null, 0, 1).body as { policies: object[] };
    body.policies.push({ id: 'a b', roles: 7 });
    const all = await policies({ ...page(null, 0, 1), body });
    assert.equal(all.missing[0]?.problem, 'unreadable');
  });

  it('of roles is read to its end', async () => {
    const body = page(null, 0, 1).body as { policies: { roles: object[] }[] };
    const viewer = { role_id: 'crn:v1:bluemix:public:iam::::role:Viewer' };
    body.policies[0]?.roles.unshift(...Array.from({ length: 80 }, () => viewer));
    const all = await policies({ ...page(null, 0, 1), body });
    assert.equal(all.policies[0]?.roles.at(-1), 'serviceRole:Reader');
  });

  it('of groups comes in pages that are shorter than asked for', async () => {
    const members = [IAM_ID];
    ibm.world.groups = Array.from({ length: 30 }, (_, i) => ({
      id: `g${i}`,
      name: `n${i}`,
      members,
    }));
    ibm.world.groupPage = 10;
    ibm.faults = [{ path: 'GET /v2/policies', status: 200, body: { policies: [] } }];
    const key = ibm.world.keys[0]?.value;
    const token = new Hidden(`a.b.${Buffer.from(JSON.stringify(key)).toString('base64url')}`);
    const answer = await policiesOf(ACCOUNT, IAM_ID, { ...asked(), token }, context());
    assert(answer.known);
    assert.deepEqual([answer.value.groups.length, answer.value.missing.length], [30, 0]);
  });

  it('of groups that ends before its own count says so', async () => {
    const body = { groups: [{ id: 'g', name: 'g' }], total_count: 3 };
    const groups: IbmFault[] = [
      {
        path: `GET /v2/groups?account_id=${ACCOUNT}&iam_id=${IAM_ID}&limit=100&offset=0`,
        status: 200,
        body,
      },
      { path: 'GET /v2/groups', status: 200, body: { groups: [], total_count: 3 } },
      { path: 'GET /v1/policies', status: 200, body: { policies: [] } },
    ];
    const all = await policies(...groups);
    assert.equal(all.missing[0]?.problem, 'too large');
  });

  it('of images is read to its last tag', async () => {
    const many = Array.from({ length: 25_000 }, (_, i) => ({
      RepoTags: [`us.icr.io/shop/x:${i}`],
    }));
    const tags = Array.from({ length: 3000 }, (_, i) => `us.icr.io/shop/web:${i}`);
    const body = [...many, { RepoTags: tags }];
    ibm.faults = [{ path: 'GET /api/v1/images', status: 200, body }];
    const answer = await images(IMAGE, asked(), context());
    assert(answer.known);
    assert.equal(answer.value.tags.at(-1), '2999');
  });

  it('of namespaces is read to its end', async () => {
    const body = Array.from({ length: 6000 }, (_, i) => ({ name: `n${i}`, account: ACCOUNT }));
    ibm.faults = [{ path: 'GET /api/v1/namespaces', status: 200, body }];
    const answer = await namespaces(asked(), context());
    assert(answer.known);
    assert.equal(answer.value.at(-1)?.name, 'n5999');
  });
});
