/** Which pods and templates `verify` means: workloads whose pods are old or ended, manifests by name, other kinds. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readArgv } from '../../../src/cli/argv.ts';
import { verifyOptions } from '../../../src/cli/options-verify.ts';
import { parseFlags } from '../../../src/cli/parser.ts';
import { verify } from '../../../src/commands/verify.ts';
import { type FakeOptions, fakeRegistries, type Said } from '../../rig/registries.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';
import { testWorld } from '../../rig/world.ts';

type Object = Readonly<Record<string, unknown>>;

const GONE: Said = { step: 'manifest', code: 'manifest-not-found', detail: 'no such tag' };

const template = (image: string, more: Object = {}, labels: Object = {}) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'c', image }], ...more },
});

function made(apiVersion: string, kind: string, name: string, more: Object): Object {
  return { apiVersion, kind, metadata: { namespace: 'shop', name, uid: `uid-${name}` }, ...more };
}

/** Of an object that `owner` made. */
function of(owner: Object, object: Object): Object {
  const { name, uid } = owner['metadata'] as { name: string; uid: string };
  const { apiVersion, kind } = owner;
  const ownerReferences = [{ apiVersion, kind, name, uid, controller: true }];
  return { ...object, metadata: { ...(object['metadata'] as Object), ownerReferences } };
}

function pod(name: string, image: string, phase = 'Running', more: Object = {}): Object {
  const { spec } = template(image, more);
  return made('v1', 'Pod', name, { spec, status: { phase } });
}

function node(architecture: string, more: Object = {}): Object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: architecture, uid: architecture, labels: { pool: architecture } },
    status: { nodeInfo: { operatingSystem: 'linux', architecture } },
    ...more,
  };
}

const ACCOUNT = made('v1', 'ServiceAccount', 'default', {});

describe('what verify means', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  async function run(objects: readonly Object[], args: readonly string[], options?: FakeOptions) {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    const path = folder.write('objects.json', JSON.stringify(list));
    const line = readArgv(['verify', '-f', path, ...args]);
    const world = testWorld({ env: { KUBECONFIG: join(folder.path, 'none') }, cwd: folder.path });
    const fake = fakeRegistries((image) => (image.includes('gone') ? GONE : 'ok'), options);
    const code = await verify(
      verifyOptions(parseFlags('verify', line), line.args),
      world,
      async () => fake,
    );
    return { code, out: world.outText(), err: world.errText(), asked: fake.asked };
  }

  describe('of a workload', () => {
    const cron = made('batch/v1', 'CronJob', 'bk', {
      spec: { jobTemplate: { spec: { template: template('ghcr.io/o/gone:1') } } },
    });
    const job = of(
      cron,
      made('batch/v1', 'Job', 'bk-1', { spec: { template: template('ghcr.io/o/app:1') } }),
    );
    const ended = of(job, pod('bk-1-x', 'ghcr.io/o/app:1', 'Succeeded'));

    for (const target of ['cronjob/bk', 'cronjobs']) {
      it(`${target}: the template, and not the pod that ended`, async () => {
        const got = await run([cron, job, ended, ACCOUNT], ['-n', 'shop', target]);
        assert.deepEqual(got.asked, ['ghcr.io/o/gone:1 -']);
        assert.equal(got.code, 3);
      });
    }

    it('who names a pod that ended means that one', async () => {
      const got = await run([cron, job, ended, ACCOUNT], ['-n', 'shop', 'bk-1-x']);
      assert.deepEqual(got.asked, ['ghcr.io/o/app:1 -']);
    });

    const deployment = (status: Object = {}) =>
      made('apps/v1', 'Deployment', 'web', {
        spec: { replicas: 1, template: template('ghcr.io/o/gone:2') },
        status,
      });
    const old = of(
      deployment(),
      made('apps/v1', 'ReplicaSet', 'web-1', { spec: { template: template('ghcr.io/o/app:1') } }),
    );
    const running = of(old, pod('web-1-x', 'ghcr.io/o/app:1'));

    it('a Deployment with old pods only: what the next pod pulls as well', async () => {
      const got = await run([deployment(), old, running, ACCOUNT], ['-n', 'shop', 'deploy/web']);
      assert.deepEqual(got.asked.toSorted(), ['ghcr.io/o/app:1 -', 'ghcr.io/o/gone:2 -']);
      assert.equal(got.code, 3);
    });

    it('a Deployment whose new pods are there: these, whatever an admission webhook made of them', async () => {
      const rolled = deployment({ updatedReplicas: 1 });
      const got = await run([rolled, old, running, ACCOUNT], ['-n', 'shop', 'deploy/web']);
      assert.deepEqual(got.asked, ['ghcr.io/o/app:1 -']);
    });

    it('all Deployments: not those that are scaled to none', async () => {
      const none = made('apps/v1', 'Deployment', 'off', {
        spec: { replicas: 0, template: template('ghcr.io/o/gone:off') },
      });
      const all = await run([none, deployment(), old, running, ACCOUNT], ['-n', 'shop', 'deploy']);
      assert.deepEqual(all.asked.toSorted(), ['ghcr.io/o/app:1 -', 'ghcr.io/o/gone:2 -']);
    });
  });

  describe('of manifests', () => {
    const manifest = (kind: string, name: string, labels: Object = {}): Object => ({
      apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1',
      kind,
      metadata: { name, labels },
      spec: { template: template(`ghcr.io/o/${name}:1`) },
    });
    const web = manifest('Deployment', 'web', { app: 'web' });
    const api = manifest('Deployment', 'api', { app: 'api' });

    it('takes whatever has a pod template', async () => {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
      const got = await run([manifest('Rollout', 'gone'), account], ['-o', 'json']);
      assert.deepEqual(got.asked, ['ghcr.io/o/gone:1 -']);
      assert.match(got.out, /"kind": "Rollout"/);
      assert.equal(got.code, 3);
    });

    for (const args of [['deploy/web'], ['-l', 'app=web'], ['deploy', '-l', 'app!=api']]) {
      it(`${args.join(' ')}: no other`, async () => {
        const got = await run([web, api], args);
        assert.deepEqual(got.asked, ['ghcr.io/o/web:1 -']);
        assert.equal(got.code, 0);
      });
    }

    it('says so where a name is not in the file', async () => {
      const got = await run([web, api], ['deploy/webb', 'deploy/api']);
      assert.deepEqual(got.asked, ['ghcr.io/o/api:1 -']);
      assert.match(
        got.err,
        /error: deployments\.apps "webb" is not in the file \(did you mean "web"\?\)/,
      );
      assert.equal(got.code, 1);
    });

    it('a pod that was never in a cluster is a manifest as well', async () => {
      const { spec } = template('ghcr.io/o/w:1');
      const bare = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'w' }, spec };
      assert.deepEqual((await run([web, bare], ['deploy/web'])).asked, ['ghcr.io/o/web:1 -']);
      assert.deepEqual((await run([web, bare], ['w'])).asked, ['ghcr.io/o/w:1 -']);
    });
  });

  describe('on nodes that fit', () => {
    const NODES = [node('amd64'), node('arm64'), node('s390x')];
    const affinity = (terms: readonly Object[]) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
        },
      },
    });
    const arch = (operator: string, ...values: string[]) => ({
      matchExpressions: [{ key: 'kubernetes.io/arch', operator, values }],
    });
    const platforms = async (spec: Object, nodes = NODES) => {
      const deploy = made('apps/v1', 'Deployment', 'web', {
        spec: { template: template('ghcr.io/o/app:1', spec) },
      });
      const got = await run([deploy, ACCOUNT, ...nodes], ['-o', 'json']);
      return (JSON.parse(got.out) as { items: { platforms: string[] }[] }).items[0]?.platforms;
    };

    for (const [title, spec, expected] of [
      ['all of them', {}, ['linux/amd64', 'linux/arm64', 'linux/s390x']],
      ['nodeSelector', { nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, ['linux/arm64']],
      ['another label', { nodeSelector: { pool: 's390x' } }, ['linux/s390x']],
      ['In', affinity([arch('In', 'arm64')]), ['linux/arm64']],
      ['NotIn', affinity([arch('NotIn', 'arm64')]), ['linux/amd64', 'linux/s390x']],
      [
        'terms are ORed',
        affinity([arch('In', 'arm64'), arch('In', 's390x')]),
        ['linux/arm64', 'linux/s390x'],
      ],
      [
        'expressions are ANDed',
        affinity([
          {
            matchExpressions: [
              ...arch('NotIn', 'arm64').matchExpressions,
              { key: 'pool', operator: 'In', values: ['arm64', 's390x'] },
            ],
          },
        ]),
        ['linux/s390x'],
      ],
      ['an empty term fits none', affinity([{}]), []],
    ] as const) {
      it(title, async () => assert.deepEqual(await platforms(spec), expected));
    }

    it('leaves out nodes whose taint the pod does not tolerate', async () => {
      const taint = (key: string) => ({
        spec: { taints: [{ key, value: 'x', effect: 'NoSchedule' }] },
      });
      const nodes = [
        node('amd64', taint('node.kubernetes.io/unschedulable')),
        node('arm64', taint('gpu')),
      ];
      assert.deepEqual(await platforms({}, nodes), ['linux/amd64']);
      const tolerations = [{ key: 'gpu', operator: 'Equal', value: 'x' }];
      assert.deepEqual(await platforms({ tolerations }, nodes), ['linux/amd64', 'linux/arm64']);
    });

    it('where other pods decide, a missing platform is a remark', async () => {
      const near = {
        affinity: {
          podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'x' }] },
        },
      };
      const deploy = made('apps/v1', 'Deployment', 'web', {
        spec: { template: template('ghcr.io/o/app:1', near) },
      });
      const got = await run([deploy, ACCOUNT, ...NODES], [], {
        platforms: ['linux/amd64', 'linux/arm64'],
      });
      assert.equal(got.code, 0);
      assert.match(got.out, /nothing for linux\/s390x, and whether the pod may go to such a node/);
    });
  });

  describe('with imagePullPolicy Never', () => {
    const never = made('v1', 'Pod', 'w', {
      spec: { containers: [{ name: 'c', image: 'ghcr.io/o/gone:1', imagePullPolicy: 'Never' }] },
    });

    it('tells the result, and fails for none of it', async () => {
      const got = await run([never, ACCOUNT], []);
      assert.equal(got.code, 0);
      assert.match(got.out, /not pullable/);
      assert.match(got.out, /imagePullPolicy is Never: the kubelet does not pull it/);
      assert.match(
        got.err,
        /0 of 0 images can be pulled, 1 more is not pulled by any kubelet \(imagePullPolicy Never\)\./,
      );
    });

    it('tells of several in the plural', async () => {
      const other = made('v1', 'Pod', 'v', {
        spec: { containers: [{ name: 'c', image: 'ghcr.io/o/off:1', imagePullPolicy: 'Never' }] },
      });
      const got = await run([never, other, ACCOUNT], []);
      assert.match(got.err, /2 more are not pulled by any kubelet \(imagePullPolicy Never\)\./);
    });

    it('is skipped in JUnit, and no name to act on', async () => {
      const junit = await run([never, ACCOUNT], ['-o', 'junit']);
      assert.match(junit.out, /tests="1" failures="0" errors="0" skipped="1"/);
      assert.match(junit.out, /<skipped message="imagePullPolicy is Never/);
      assert.equal((await run([never, ACCOUNT], ['-o', 'name'])).out, '');
    });

    it('counts with another policy', async () => {
      const other = pod('v', 'ghcr.io/o/gone:1');
      assert.equal((await run([never, other, ACCOUNT], [])).code, 3);
    });
  });
});
