import assert from 'node:assert/strict';
import { deadlineSeconds, nodeJob, TTL_SECONDS } from '../../../src/judge/node-job.ts';
import type { CheckNode, CheckSubject, Taint, Toleration } from '../../../src/words/node-check.ts';

const NAMING = { name: 'job-1', run: 'r1', timeoutMs: 120_000 };

function job(subject: Partial<CheckSubject> = {}, node: Partial<CheckNode> = {}) {
  return nodeJob(
    {
      subject: {
        namespace: 'shop',
        pod: 'web',
        workload: 'Deployment/web',
        serviceAccount: 'web',
        pullSecrets: ['b', 'a'],
        images: ['x/app:1', 'x/side:2'],
        tolerations: [],
        runAsUser: null,
        node: 'n1',
        ...subject,
      },
      node: { name: 'n1', os: 'linux', taints: [], unfit: null, ...node },
    },
    NAMING,
  );
}

const podSpec = (...args: Parameters<typeof job>) => job(...args).spec.template.spec;

describe('the Job for a node', () => {
  it('ends and goes by itself', () => {
    const { spec, metadata } = job();
    assert.deepEqual([metadata.name, metadata.namespace], ['job-1', 'shop']);
    assert.equal(spec.backoffLimit, 0);
    assert.equal(spec.activeDeadlineSeconds, 135);
    assert.ok(spec.ttlSecondsAfterFinished <= 60);
    assert.equal(spec.template.spec.restartPolicy, 'Never');
    assert.equal(deadlineSeconds(1), 16);
    assert.equal(TTL_SECONDS, spec.ttlSecondsAfterFinished);
  });

  it('is where the pod is, as the pod is', () => {
    const spec = podSpec();
    assert.equal(spec.nodeName, 'n1');
    assert.equal(spec.serviceAccountName, 'web');
    assert.deepEqual(spec.imagePullSecrets, [{ name: 'b' }, { name: 'a' }]);
    assert.deepEqual(
      spec.containers.map(({ image, imagePullPolicy }) => [image, imagePullPolicy]),
      [
        ['x/app:1', 'Always'],
        ['x/side:2', 'Always'],
      ],
    );
    assert.equal('imagePullSecrets' in podSpec({ pullSecrets: [] }), false);
  });

  it('has nothing of the host, no token, and no program to run', () => {
    const spec = podSpec();
    const text = JSON.stringify(spec);
    for (const word of ['hostNetwork', 'hostPID', 'hostIPC', 'hostPath', 'privileged', 'volumes']) {
      assert.ok(!text.includes(word), word);
    }
    assert.equal(spec.automountServiceAccountToken, false);
    for (const { command, resources } of spec.containers) {
      assert.deepEqual(command, ['/kubectl-imagepull-never-runs']);
      assert.deepEqual(Object.keys(resources), ['requests', 'limits']);
    }
  });

  it('carries labels of its own only', () => {
    const { metadata, spec } = job();
    for (const labels of [metadata.labels, spec.template.metadata.labels]) {
      assert.equal(labels['app.kubernetes.io/managed-by'], 'kubectl-imagepull');
      assert.equal(labels['kubectl-imagepull/run'], 'r1');
      assert.ok(!('app' in labels) && !('app.kubernetes.io/name' in labels));
    }
  });

  it('passes the restricted Pod Security level', () => {
    const spec = podSpec();
    assert.deepEqual(spec.securityContext, {
      runAsNonRoot: true,
      runAsUser: 65_534,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const { securityContext } of spec.containers) {
      assert.deepEqual(securityContext, {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('keeps the user that OpenShift gave the pod', () => {
    assert.equal(podSpec({ runAsUser: 1000650000 }).securityContext.runAsUser, 1000650000);
  });

  it('says nothing on Windows that Windows does not take', () => {
    const spec = podSpec({}, { os: 'windows' });
    assert.deepEqual(spec.os, { name: 'windows' });
    assert.deepEqual(spec.securityContext, { runAsNonRoot: true });
    assert.ok(spec.containers.every((one) => !('securityContext' in one)));
  });

  const taint = (key: string, effect: string, value = ''): Taint => ({ key, value, effect });
  const equal = (key: string, effect: string, value = '') => ({
    ...{ key, operator: 'Equal', value, effect },
  });
  const tolerated: readonly (readonly [
    what: string,
    own: readonly Toleration[],
    taints: readonly Taint[],
    more: readonly Toleration[],
  ])[] = [
    ['no taint', [], [], []],
    [
      'one that keeps pods away',
      [],
      [taint('gpu', 'NoSchedule', 'a')],
      [equal('gpu', 'NoSchedule', 'a')],
    ],
    ['one that drives them off', [], [taint('x', 'NoExecute')], [equal('x', 'NoExecute')]],
    ['one that only prefers others', [], [taint('x', 'PreferNoSchedule')], []],
    ['Exists of the key', [{ key: 'gpu', operator: 'Exists' }], [taint('gpu', 'NoSchedule')], []],
    ['Exists of everything', [{ operator: 'Exists' }], [taint('gpu', 'NoExecute')], []],
    [
      'another effect',
      [{ key: 'g', operator: 'Exists', effect: 'NoExecute' }],
      [taint('g', 'NoSchedule')],
      [equal('g', 'NoSchedule')],
    ],
    ['the value', [{ key: 'g', value: 'a' }], [taint('g', 'NoSchedule', 'a')], []],
    [
      'another value',
      [{ key: 'g', value: 'b' }],
      [taint('g', 'NoSchedule', 'a')],
      [equal('g', 'NoSchedule', 'a')],
    ],
    ['no value on both sides', [{ key: 'g', operator: 'Equal' }], [taint('g', 'NoSchedule')], []],
  ];
  for (const [what, own, taints, more] of tolerated) {
    it(`tolerations: ${what}`, () => {
      const spec = podSpec({ tolerations: own }, { taints });
      assert.deepEqual(spec.tolerations ?? [], [...own, ...more]);
    });
  }
});
