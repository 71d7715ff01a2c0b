/** `verify` of workloads: what they had before a tag that is not there, and what running pods have of one that is. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readArgv } from '../../../src/cli/argv.ts';
import { verifyOptions } from '../../../src/cli/options-verify.ts';
import { parseFlags } from '../../../src/cli/parser.ts';
import { verify } from '../../../src/commands/verify.ts';
import { type FakeRegistries, fakeRegistries, type Said } from '../../rig/registries.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';
import { testWorld } from '../../rig/world.ts';

const GONE: Said = { step: 'manifest', code: 'manifest-not-found', detail: 'no such tag' };
const MISSING = 'ghcr.io/o/app:2';
const BEFORE = 'ghcr.io/o/app:1';

type Object = Readonly<Record<string, unknown>>;

const meta = (name: string, owner?: readonly [kind: string, name: string], more: Object = {}) => ({
  namespace: 'shop',
  name,
  uid: `uid-${name}`,
  ...(owner && {
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: owner[0],
        name: owner[1],
        uid: `uid-${owner[1]}`,
        controller: true,
      },
    ],
  }),
  ...more,
});

const template = (image: string) => ({
  spec: {
    containers: [
      { name: 'side', image: 'ghcr.io/o/side:1' },
      { name: 'app', image },
    ],
  },
});

function workload(kind: string, image: string, spec: Object = {}): Object {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: meta('web'),
    spec: { ...spec, template: template(image) },
  };
}

function replicaSet(name: string, revision: number, image: string): Object {
  const annotations = { 'deployment.kubernetes.io/revision': String(revision) };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: meta(name, ['Deployment', 'web'], { annotations }),
    spec: { template: template(image) },
  };
}

function pod(name: string, owner: readonly [string, string], image: string, id?: string): Object {
  const state = id === undefined ? { waiting: { reason: 'ErrImagePull' } } : { running: {} };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, owner),
    spec: template(image).spec,
    status: { phase: 'Running', containerStatuses: [{ name: 'app', imageID: id ?? '', state }] },
  };
}

const ACCOUNT = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { namespace: 'shop', name: 'default', uid: 'default' },
};

/** Files without any pod cannot say which pods a workload has. */
const OTHER = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'else', name: 'other', uid: 'o' },
};

describe('verify and what was before', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  async function run(objects: readonly Object[], fake: FakeRegistries, ...args: string[]) {
    const list = { apiVersion: 'v1', kind: 'List', items: [...objects, OTHER, ACCOUNT] };
    const path = folder.write('objects.json', JSON.stringify(list));
    const line = readArgv(['verify', '-n', 'shop', '-f', path, ...args]);
    const world = testWorld({ env: { KUBECONFIG: join(folder.path, 'none') }, cwd: folder.path });
    const options = verifyOptions(parseFlags('verify', line), line.args);
    const code = await verify(options, world, async () => fake);
    return { code, out: world.outText(), err: world.errText() };
  }

  const missing = (...others: string[]) =>
    fakeRegistries((image) => ([MISSING, ...others].includes(image) ? GONE : 'ok'));

  const DEPLOYMENT = [
    workload('Deployment', MISSING),
    replicaSet('web-a', 3, 'ghcr.io/o/app:0'),
    replicaSet('web-b', 10, BEFORE),
    replicaSet('web-c', 11, MISSING),
  ];

  for (const [title, target] of [
    ['a Deployment', 'deploy/web'],
    ['a pod of a Deployment', 'pod/web-c-1'],
  ] as const) {
    it(`${title}: the image of the revision before, which can still be pulled`, async () => {
      const fake = missing();
      const { code, out } = await run(
        [...DEPLOYMENT, pod('web-c-1', ['ReplicaSet', 'web-c'], MISSING)],
        fake,
        target,
      );
      assert.equal(code, 3);
      assert.match(
        out,
        /Deployment shop\/web had ghcr\.io\/o\/app:1 before \(revision 10\), and that can still be pulled/,
      );
      assert.match(out, /kubectl rollout undo deployment\/web -n shop\n/);
      assert.equal(fake.asked.filter((one) => one.startsWith(BEFORE)).length, 1);
    });
  }

  it('offers no way back to an image that is gone as well', async () => {
    const { out } = await run(DEPLOYMENT, missing(BEFORE), 'deploy/web');
    assert.match(out, /and that cannot be pulled either: no such tag/);
    assert.doesNotMatch(out, /rollout undo/);
  });

  it('says nothing where the revision before had the same image', async () => {
    const { out } = await run(
      [workload('Deployment', MISSING), replicaSet('a', 1, MISSING), replicaSet('b', 2, MISSING)],
      missing(),
      'deploy/web',
    );
    assert.doesNotMatch(out, /before|undo/);
  });

  it('says nothing for a manifest, or where no ReplicaSet is in the file', async () => {
    for (const target of [['deploy/web'], []]) {
      const { out } = await run([workload('Deployment', MISSING)], missing(), ...target);
      assert.doesNotMatch(out, /before|undo/);
    }
  });

  it('asks for what was before with the credentials of that workload', async () => {
    const auth = { username: 'bob', password: 'bobs-pass' };
    const config = JSON.stringify({ auths: { 'quay.io/private': auth } });
    const regcred = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: meta('regcred'),
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
    };
    const spec = (image: string) => ({
      containers: [{ name: 'app', image }],
      imagePullSecrets: [{ name: 'regcred' }],
    });
    const made = (object: Object, image: string) => ({
      ...object,
      spec: { template: { spec: spec(image) } },
    });
    const stranger = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'first', name: 'a', uid: 'a' },
      spec: { containers: [{ name: 'x', image: MISSING }] },
      status: { phase: 'Pending' },
    };
    const fake = fakeRegistries((image, user) =>
      image === MISSING || (image.startsWith('quay.io/private') && user !== 'bob') ? GONE : 'ok',
    );
    const objects = [
      stranger,
      made(workload('Deployment', MISSING), MISSING),
      made(replicaSet('web-b', 10, BEFORE), 'quay.io/private/app:1'),
      made(replicaSet('web-c', 11, MISSING), MISSING),
      { ...pod('web-c-1', ['ReplicaSet', 'web-c'], MISSING), spec: spec(MISSING) },
      regcred,
    ];
    const { out } = await run(objects, fake, '-n', 'first,shop');
    assert.match(out, /had quay\.io\/private\/app:1 before \(revision 10\), and that can still/);
  });

  it('says that a paused Deployment is to be resumed first', async () => {
    const [, ...rest] = DEPLOYMENT;
    const { out } = await run(
      [workload('Deployment', MISSING, { paused: true }), ...rest],
      missing(),
      'deploy/web',
    );
    assert.match(out, /first kubectl rollout resume deployment\/web -n shop/);
  });

  it('tells what running pods have of a tag that was moved', async () => {
    const [now, old] = ['a', 'b'].map((char) => `sha256:${char.repeat(64)}`);
    const fake = fakeRegistries(() => 'ok', { digest: now ?? '' });
    const { code, out } = await run(
      [
        pod('web-1', ['ReplicaSet', 'web-b'], BEFORE, `ghcr.io/o/app@${old}`),
        pod('web-2', ['ReplicaSet', 'web-b'], BEFORE, `ghcr.io/o/app@${old}`),
        pod('web-3', ['ReplicaSet', 'web-b'], BEFORE, `ghcr.io/o/app@${now}`),
      ],
      fake,
      'pods',
    );
    assert.equal(code, 0);
    assert.match(
      out,
      /the tag points to sha256:a{12}… now; 2 of 3 running pods have sha256:b{12}…, pulled/,
    );
  });

  for (const host of ['localhost:5000', '127.0.0.1:5000', '[::1]:5000', 'localhost']) {
    it(`${host}: on a node that is the node itself`, async () => {
      const image = `${host}/app:1`;
      const objects = [pod('web-1', ['ReplicaSet', 'x'], image)];
      const alone = objects.map((one) => ({
        ...one,
        spec: { containers: [{ name: 'app', image }] },
      }));
      const fake = fakeRegistries(() => 'ok');
      const got = await run(alone, fake, 'web-1');
      assert.equal(got.code, 4);
      assert.deepEqual(fake.asked, []);
      assert.match(
        got.out,
        /anonymous +unverifiable +connect +\S+ is this machine here, and on a node the node itself: not asked/,
      );
      assert.match(got.out, /--registry-address \S+=127\.0\.0\.1:/);
      const flag = ['--registry-address', `${host}=127.0.0.1:5000`];
      assert.equal(
        (
          await run(
            alone,
            fakeRegistries(() => 'ok'),
            'web-1',
            ...flag,
          )
        ).code,
        0,
      );
    });
  }
});
