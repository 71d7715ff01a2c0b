/** What else a cluster says of pulls: what is asked of the API server, and that others are asked nothing more. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const TEST = join(import.meta.dirname, '..');
const CLUSTER = join(TEST, 'fixtures/sources/cluster.yaml');
const DENIED = join(TEST, 'dumps/denied.json');
const KINDS = ['pods', 'events', 'secrets', 'serviceaccounts', 'nodes', 'replicasets'];
const MODERN = KINDS.map((kind) => join(TEST, `dumps/modern-${kind}.json`));
const NOW = Date.parse('2026-11-21T04:00:00Z');

const RULES = [
  '/apis/config.openshift.io/v1/imagedigestmirrorsets',
  '/apis/config.openshift.io/v1/images/cluster',
  '/apis/config.openshift.io/v1/imagetagmirrorsets',
  '/apis/operator.openshift.io/v1alpha1/imagecontentsourcepolicies',
];
const NODE_SECRET = '/api/v1/namespaces/openshift-config/secrets/pull-secret';
const OPERATOR = '/apis/external-secrets.io/v1/namespaces/shop/externalsecrets/registry-login';

const REFUSED_IMAGE = 'ghcr.io/team/app:1';
/** A pod whose pull secret an operator never wrote, as it is when its events have expired. */
const MISSING = [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', uid: 'web' },
    spec: {
      nodeName: 'n1',
      serviceAccountName: 'default',
      imagePullSecrets: [{ name: 'regcred' }],
      containers: [{ name: 'web', image: REFUSED_IMAGE }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'web',
          image: REFUSED_IMAGE,
          imageID: '',
          ready: false,
          restartCount: 0,
          state: {
            waiting: {
              reason: 'ErrImagePull',
              message: `failed to pull and unpack image "${REFUSED_IMAGE}": failed to resolve reference "${REFUSED_IMAGE}": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token: 401 Unauthorized`,
            },
          },
        },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'shop', uid: 'sa' },
  },
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'login', namespace: 'shop', uid: 'es' },
    spec: { target: { name: 'regcred' }, refreshInterval: '1h' },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'SecretSyncedError',
          message: 'no provider client',
        },
      ],
    },
  },
];

describe('other sources, by request', () => {
  let folder: TempFolder;
  let marked: ApiServer;
  let plain: ApiServer;

  before(async () => {
    folder = tempFolder();
    [marked, plain] = await Promise.all([
      startApiServer({ dumps: [CLUSTER, DENIED] }),
      startApiServer({ dumps: MODERN }),
    ]);
  });

  after(async () => {
    await Promise.all([marked.close(), plain.close()]);
    folder.remove();
  });

  beforeEach(() => {
    for (const server of [marked, plain]) {
      server.requests.length = 0;
      server.faults.length = 0;
    }
  });

  async function describeOn(server: ApiServer, ...args: readonly string[]) {
    const kubeconfig = join(folder.path, 'config');
    server.writeKubeconfig(kubeconfig);
    const world = testWorld({ now: NOW, env: { KUBECONFIG: kubeconfig } });
    const code = await run(['describe', ...args], world);
    return { code, out: world.outText(), err: world.errText() };
  }

  /** Requests for kinds that are not built in, and for the nodes' secret. */
  const special = (server: ApiServer) =>
    server.requests
      .map(({ path }) => path.split('?')[0] ?? '')
      .filter((path) => /openshift|external-secrets|bitnami|^\/apis$/.test(path))
      .sort();

  it('a pod of OpenShift with a kept secret: each object once', async () => {
    const { out, code } = await describeOn(marked, 'web', '-n', 'shop');
    assert.equal(code, 0);
    assert.match(out, /NeverContactSource in imagetagmirrorset\/team-mirror/);
    assert.match(out, /stopped on 2026-11-18T22:14:05Z/);
    assert.deepEqual(special(marked), [NODE_SECRET, ...RULES, OPERATOR].sort());
  });

  it('--no-secrets: neither the nodes’ secret nor the operator of one', async () => {
    await describeOn(marked, 'web', '-n', 'shop', '--no-secrets');
    assert.deepEqual(special(marked), RULES);
  });

  it('they are asked for together with secrets and ServiceAccount', async () => {
    marked.faults.push({ fault: { kind: 'slow', ms: 150 } });
    const start = performance.now();
    await describeOn(marked, 'web', '-n', 'shop');
    // Pod and events; the rest; the operator that the secret names.
    const ms = performance.now() - start;
    assert.ok(ms < 150 * 4, `${ms} ms for rounds of 150 ms`);
  });

  const ORDINARY: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a refused pod', ['agent-onyx', '-n', 'shop'], []],
    ['a missing tag', ['notifier-coral', '-n', 'search'], []],
    [
      'a missing secret: its namespace is searched, in the same round',
      ['cache-fern', '-n', 'edge'],
      ['/apis/external-secrets.io/v1/namespaces/edge/externalsecrets'],
    ],
  ];
  for (const [what, args, asked] of ORDINARY) {
    it(`no sign of either, ${what}`, async () => {
      const { out, err } = await describeOn(plain, ...args);
      assert.deepEqual(special(plain), asked);
      assert.doesNotMatch(out + err, /OpenShift|externalsecret/i);
    });
  }

  it('a missing secret of which no event tells: its namespace is searched afterwards', async () => {
    const shop = join(folder.path, 'missing.json');
    folder.write(
      'missing.json',
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: MISSING }),
    );
    const server = await startApiServer({ dumps: [shop] });
    try {
      const { out } = await describeOn(server, 'web', '-n', 'shop');
      const list = '/apis/external-secrets.io/v1/namespaces/shop/externalsecrets';
      assert.deepEqual(special(server), [list]);
      assert.match(out, /externalsecret\/login says SecretSyncedError: no provider client/);
      assert.match(out, /create secret generic regcred -n shop/);
      assert.doesNotMatch(out, /Add pull-/);
      server.requests.length = 0;
      await describeOn(server, 'web', '-n', 'shop', '--no-secrets');
      assert.deepEqual(special(server), []);
    } finally {
      await server.close();
    }
  });

  it('no sign of either, the whole cluster: three namespaces are searched at most', async () => {
    const { out, err } = await describeOn(plain, '-A');
    assert.ok(special(plain).length <= 3, special(plain).join());
    assert.doesNotMatch(out + err, /externalsecret/i);
  });

  for (const [code, reason] of [
    [403, 'Forbidden'],
    [500, 'InternalError'],
  ] as const) {
    it(`${code} on all of them: one line, and nothing that reads as missing`, async () => {
      for (const resource of ['imagedigestmirrorsets', 'imagetagmirrorsets', 'images']) {
        marked.faults.push({ resource, fault: { kind: 'status', code, reason } });
      }
      const resource = 'imagecontentsourcepolicies';
      marked.faults.push({ resource, fault: { kind: 'status', code, reason } });
      const { out } = await describeOn(marked, 'web', '-n', 'shop');
      const lines = out.split('\n').filter((line) => line.includes('tells its nodes'));
      assert.equal(lines.length, 1, out);
      assert.match(out, code === 403 ? /not allowed to read/ : /cannot read/);
      assert.doesNotMatch(out, /NeverContactSource|imagetagmirrorset\//);
    });
  }

  it('403 on the operator: one line where the secret names it', async () => {
    const fault = { kind: 'status', code: 403, reason: 'Forbidden' } as const;
    for (const server of [marked, plain]) {
      server.faults.push({ resource: 'externalsecrets', fault });
    }
    const { out } = await describeOn(marked, 'web', '-n', 'shop');
    assert.match(out, /not allowed to get externalsecret shop\/registry-login/);
    const ordinary = await describeOn(plain, 'cache-fern', '-n', 'edge');
    assert.doesNotMatch(ordinary.out + ordinary.err, /externalsecret/);
  });

  it('a workload whose pods are refused: the condition tells, else its events', async () => {
    const deployment = await describeOn(marked, 'deploy/strange', '-n', 'shop');
    assert.match(
      deployment.out,
      /^Deployment\/strange: it may not make a pod.*policy images-of-ours/,
    );
    assert.ok(!marked.requests.some(({ path }) => path.includes('/events')));
    const job = await describeOn(marked, 'job/strange', '-n', 'shop');
    assert.match(job.out, /^Job\/strange: it may not make a pod.*policy images-of-ours/);
    const asked = marked.requests.filter(({ path }) => path.includes('/events'));
    assert.equal(asked.length, 1);
    assert.match(asked[0]?.path ?? '', /involvedObject\.name=strange,reason=FailedCreate/);
  });
});
