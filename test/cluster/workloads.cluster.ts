/** Workloads as targets: their controllers make the pods, the plugin finds them. */
import assert from 'node:assert/strict';
import { kubectl, plugin } from './help/commands.ts';
import { describeJson } from './help/described.ts';
import { apply, type KubeObject, ownNamespace, podSpec, waitUntilFailing } from './help/objects.ts';
import { HOSTS } from './up/settings.ts';

const IMAGE = `${HOSTS.open.name}/public/app:nope`;

function template(app: string, more: object = {}): object {
  return { metadata: { labels: { app } }, spec: podSpec(IMAGE, more) };
}

function workload(apiVersion: string, kind: string, name: string, spec: object): KubeObject {
  return { apiVersion, kind, metadata: { name }, spec };
}

/** A workload of the apps group. */
function app(kind: string, name: string, spec: object = {}): KubeObject {
  const common = { selector: { matchLabels: { app: name } }, template: template(name) };
  return workload('apps/v1', kind, name, { ...common, ...spec });
}

const job = { template: template('report', { restartPolicy: 'Never' }) };
const WORKLOADS: readonly KubeObject[] = [
  app('Deployment', 'web', { replicas: 2 }),
  app('StatefulSet', 'db', { replicas: 2, serviceName: 'db' }),
  app('DaemonSet', 'agent'),
  workload('batch/v1', 'Job', 'import', job),
  workload('batch/v1', 'CronJob', 'report', { schedule: '0 0 1 1 *', jobTemplate: { spec: job } }),
];

interface Target {
  /** As typed. */
  readonly target: readonly string[];
  /** The pods it comes to. */
  readonly pods: RegExp;
  readonly count: number;
}

const TARGETS: readonly Target[] = [
  { target: ['deploy/web'], pods: /^web-[a-z0-9]+-[a-z0-9]+$/, count: 2 },
  { target: ['deployment.apps/web'], pods: /^web-/, count: 2 },
  { target: ['deployments', 'web'], pods: /^web-/, count: 2 },
  // Its second pod is made only when the first is ready.
  { target: ['sts/db'], pods: /^db-0$/, count: 1 },
  { target: ['ds/agent'], pods: /^agent-[a-z0-9]+$/, count: 1 },
  { target: ['job/import'], pods: /^import-[a-z0-9]+$/, count: 1 },
  { target: ['cronjob/report'], pods: /^report-now-[a-z0-9]+$/, count: 1 },
  { target: ['job/report-now'], pods: /^report-now-[a-z0-9]+$/, count: 1 },
];

describe('cluster: workloads', () => {
  const namespace = ownNamespace('workloads');

  before(async () => {
    await apply(namespace, ...WORKLOADS);
    await kubectl('create', 'job', 'report-now', '--from=cronjob/report', '-n', namespace);
    await waitUntilFailing(namespace, 6);
  });

  for (const { target, pods, count } of TARGETS) {
    it(target.join(' '), async () => {
      const { items, others, unavailable } = await describeJson(...target, '-n', namespace);
      assert.equal(items.length, count);
      for (const item of items) {
        assert.match(item.pod, pods);
        assert.equal(item.cause, 'TagNotFound');
        assert.equal(item.image, IMAGE);
      }
      assert.deepEqual([others, unavailable], [[], []]);
    });
  }

  it('each item names the workload that its pod belongs to', async () => {
    const { items } = await describeJson('-n', namespace);
    const workloads = new Set(
      items.map(({ workload }) => workload?.replace(/-[a-z0-9]+$/, '-HASH')),
    );
    assert.deepEqual([...workloads].sort(), [
      'DaemonSet/agent',
      'Deployment/web',
      'Job/import',
      'Job/report-HASH',
      'StatefulSet/db',
    ]);
  });

  it('several at once, in text', async () => {
    const { code, stdout } = await plugin('describe', 'deploy/web', 'ds/agent', '-n', namespace);
    assert.equal(code, 0);
    assert.match(stdout, /^web-/m);
    assert.match(stdout, /^agent-/m);
    assert.doesNotMatch(stdout, /^(db|import|report)-/m);
  });

  it('a selector', async () => {
    const { items } = await describeJson('-l', 'app=agent', '-n', namespace);
    assert.deepEqual(
      items.map(({ workload }) => workload),
      ['DaemonSet/agent'],
    );
  });

  it('one that is not there', async () => {
    const { code, stdout, stderr } = await plugin('describe', 'deploy/wbe', '-n', namespace);
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^Error from server \(NotFound\): deployments\.apps "wbe" not found/);
  });
});
