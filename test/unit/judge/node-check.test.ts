import assert from 'node:assert/strict';
import { bareEvidence } from '../../../src/collect/pods.ts';
import { podView } from '../../../src/collect/views.ts';
import { nodesExitCode, readJobPod, withoutPod } from '../../../src/judge/node-check.ts';
import { nodesSummary } from '../../../src/judge/node-summary.ts';
import { notAsked } from '../../../src/words/known.ts';
import type { NodeAnswer, NodeCheck, NodeResult } from '../../../src/words/node-check.ts';

const CHECK: NodeCheck = {
  subject: {
    namespace: 'shop',
    pod: 'web',
    workload: 'Deployment/web',
    serviceAccount: 'web',
    pullSecrets: ['regcred'],
    images: ['quay.io/a/b:1'],
    tolerations: [],
    runAsUser: null,
    node: 'n1',
  },
  node: { name: 'n1', os: 'linux', taints: [], unfit: null },
};

function read(
  state: object | null,
  more: { phase?: string; reason?: string; secrets?: string[]; message?: string } = {},
) {
  const secrets = more.secrets ?? ['regcred'];
  const pod = podView({
    metadata: { name: 'job-x', namespace: 'shop' },
    spec: {
      nodeName: 'n1',
      imagePullSecrets: secrets.map((name) => ({ name })),
      containers: [{ name: 'image-1', image: 'quay.io/a/b:1', imagePullPolicy: 'Always' }],
    },
    status: {
      phase: more.phase ?? 'Pending',
      reason: more.reason,
      containerStatuses: state === null ? [] : [{ name: 'image-1', state }],
    },
  });
  const evidence = bareEvidence(pod, notAsked('', ''));
  const progress = readJobPod(CHECK, { evidence, message: more.message ?? '' }, 0, 4000);
  const [answer] = progress.answers;
  assert(answer);
  return { ...progress, answer };
}

const waiting = (reason: string, message = '') => ({ waiting: { reason, message } });

describe("a Job's pod", () => {
  const pulled: readonly (readonly [what: string, state: object])[] = [
    ['the program is not there', { terminated: { reason: 'StartError', exitCode: 128 } }],
    ['it ran', { terminated: { reason: 'Completed', exitCode: 0 } }],
    ['it runs', { running: {} }],
    ['the container cannot be made', waiting('CreateContainerError', 'no command')],
    ['the image wants to be root', waiting('CreateContainerConfigError', 'runAsNonRoot')],
    ['a plugin of the node refuses it', waiting('PreCreateHookError')],
    ['its resources are not given', waiting('PreStartHookError')],
    ['it cannot be started', waiting('RunContainerError')],
    ['its hook fails', waiting('PostStartHookError')],
    ['it ends again and again', waiting('CrashLoopBackOff', 'back-off 10s')],
  ];
  for (const [what, state] of pulled) {
    it(`${what}: the image was pulled`, () => {
      const { settled, answer } = read(state);
      assert.deepEqual([settled, answer.result, answer.detail], [true, 'pullable', '']);
    });
  }

  const open: readonly (readonly [what: string, state: object | null])[] = [
    ['no status yet', null],
    ['being created', waiting('ContainerCreating')],
  ];
  for (const [what, state] of open) {
    it(`${what}: not settled, and no yes`, () => {
      const { settled, answer } = read(state);
      assert.deepEqual([settled, answer.result], [false, 'unverifiable']);
      assert.match(answer.detail, /after 4 s/);
    });
  }

  const unknown: readonly (readonly [reason: string, message: string, quoted: string])[] = [
    ['PullImageTimeout', 'pulling took too long', 'PullImageTimeout: pulling took too long'],
    ['SomethingNew', '', 'SomethingNew'],
    ['SomethingNew', 'see https://me:pw@host/', 'SomethingNew: see https://REDACTED@host/'],
  ];
  for (const [reason, message, quoted] of unknown) {
    it(`a reason that is not known proves nothing and is quoted: ${quoted}`, () => {
      const { settled, answer } = read(waiting(reason, message));
      assert.deepEqual([settled, answer.result, answer.cause], [false, 'unverifiable', null]);
      assert.equal(
        answer.detail,
        `after 4 s the container waits with ${quoted}; this does not tell whether the image was pulled`,
      );
    });
  }

  it('a pod that ended while it waited: both are told', () => {
    const { settled, answer } = read(waiting('SomethingNew'), {
      ...{ phase: 'Failed', reason: 'DeadlineExceeded' },
    });
    assert.deepEqual([settled, answer.result], [true, 'unverifiable']);
    assert.match(answer.detail, /SomethingNew.*; the pod is Failed \(DeadlineExceeded\)/);
  });

  it('a failed pull: the cause, told of the own pod', () => {
    const { settled, failing, answer } = read(
      waiting(
        'ErrImagePull',
        'failed to resolve reference "quay.io/a/b:1": quay.io/a/b:1: not found',
      ),
    );
    assert.deepEqual([settled, failing, answer.result], [true, true, 'not pullable']);
    assert.equal(answer.cause, 'TagNotFound');
    assert.doesNotMatch(JSON.stringify(answer.nextSteps), /job-x/);
    assert.match(JSON.stringify(answer.nextSteps), /verify web -n shop/);
  });

  it('refused by the node: settled, the reason, no verdict on the image', () => {
    const { settled, answer } = read(null, {
      ...{ phase: 'Failed', reason: 'OutOfpods', message: 'Node did not have enough resource' },
    });
    assert.deepEqual([settled, answer.result], [true, 'unverifiable']);
    assert.match(answer.detail, /OutOfpods: Node did not have enough resource/);
  });

  it('lost sight of by the kubelet: proves nothing', () => {
    const state = { terminated: { reason: 'ContainerStatusUnknown', exitCode: 137 } };
    assert.equal(read(state, { phase: 'Failed' }).answer.result, 'unverifiable');
  });

  it('a pull secret that only a new pod gets is named', () => {
    const { answer } = read({ running: {} }, { secrets: ['regcred', 'late'] });
    assert.deepEqual(answer.findings, [
      'a new pod gets late from ServiceAccount web, pod web does not have it: recreate that pod',
    ]);
  });
});

describe('nodes together', () => {
  const answer = (node: string, result: NodeResult, cause: NodeAnswer['cause'] = null) => {
    const [one] = withoutPod(
      { ...CHECK, node: { ...CHECK.node, name: node } },
      'skipped',
      '',
      null,
    );
    assert(one);
    return { ...one, result, cause };
  };
  const yes = (node: string) => answer(node, 'pullable');
  const no = (node: string, cause: NodeAnswer['cause']) => answer(node, 'not pullable', cause);

  const rows: readonly (readonly [NodeAnswer[], code: number, says: string])[] = [
    [[yes('a')], 0, '1 of 1 node can pull.'],
    [[yes('a'), yes('b')], 0, '2 of 2 nodes can pull.'],
    [
      [yes('a'), no('b', 'TlsUntrusted')],
      3,
      '1 of 2 nodes cannot reach the registry. Others can: compare firewall, proxy, DNS and CAs of the nodes.',
    ],
    [[no('a', 'DnsFailure'), no('b', 'DnsFailure')], 3, '2 of 2 nodes cannot reach the registry.'],
    [[yes('a'), no('b', 'TagNotFound')], 3, '1 of 2 nodes cannot pull.'],
    [[yes('a'), answer('b', 'skipped')], 0, '1 of 1 node can pull, 1 skipped.'],
    [[yes('a'), answer('b', 'unverifiable')], 4, '1 of 2 nodes can pull, 1 could not tell.'],
    [[answer('a', 'skipped')], 4, '0 of 0 nodes can pull, 1 skipped.'],
    [[yes('a'), no('a', 'TagNotFound')], 3, '1 of 1 node cannot pull.'],
  ];
  for (const [answers, code, says] of rows) {
    it(`${says} ${code}`, () => {
      assert.equal(nodesExitCode(answers), code);
      assert.ok(
        nodesSummary(answers).startsWith(`${says} imagePullPolicy Always`),
        nodesSummary(answers),
      );
    });
  }
});
