import assert from 'node:assert/strict';
import { bareEvidence } from '../../../src/collect/pods.ts';
import { podView } from '../../../src/collect/views.ts';
import { judgePod } from '../../../src/judge/judge.ts';
import { mendedOf } from '../../../src/judge/mended.ts';
import type { PodEvidence } from '../../../src/words/evidence.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');

interface Owner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** A pod whose image volume cannot be mounted: the reference is none. */
function withVolume(owner: Owner | null, labels: object = {}): PodEvidence {
  const pod = podView({
    metadata: {
      name: 'web-1',
      namespace: 'shop',
      labels,
      ...(owner && { ownerReferences: [{ ...owner, uid: 'u', controller: true }] }),
    },
    spec: {
      containers: [
        { name: 'web', image: 'nginx:1.27', volumeMounts: [{ name: 'model', mountPath: '/m' }] },
      ],
      volumes: [{ name: 'model', image: { reference: 'Quay.io/A/model:9' } }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'web',
          state: {
            waiting: {
              reason: 'InvalidImageName',
              message:
                'Failed to apply default image tag "Quay.io/A/model:9": couldn\'t parse image name "Quay.io/A/model:9": invalid reference format: repository name (Quay.io/A/model) must be lowercase',
            },
          },
        },
      ],
    },
  });
  return bareEvidence(pod, { known: true, value: [] });
}

function commandsOf(evidence: PodEvidence): string {
  const [verdict] = judgePod(evidence, NOW).verdicts;
  assert.equal(verdict?.cause, 'InvalidImageName');
  assert.equal(verdict.image, 'Quay.io/A/model:9');
  return verdict.nextSteps.map(({ command }) => command ?? '').join('\n');
}

const HASH = { 'pod-template-hash': '6d4' };
const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-6d4' };

describe('what is to be mended', () => {
  it('the image of an image volume is changed there, never that of the container', () => {
    const commands = commandsOf(withVolume(REPLICA_SET, HASH));
    assert.doesNotMatch(commands, /set image|web=/);
    assert.match(
      commands,
      /kubectl patch deployment\/web .*\{name: model, image: \{reference: "quay\.io\/a\/model:9"\}\}/,
    );
  });

  for (const [what, owner, labels, named, expected] of [
    ['a Deployment by the hash', REPLICA_SET, HASH, {}, ['Deployment/web', 'apps']],
    ['a ReplicaSet without the hash', REPLICA_SET, {}, {}, ['ReplicaSet/web-6d4', 'apps']],
    [
      'a Deployment whose ReplicaSet was asked about',
      REPLICA_SET,
      HASH,
      { workload: 'ReplicaSet/web-6d4', workloadGroup: 'apps' },
      ['Deployment/web', 'apps'],
    ],
    [
      'a Rollout that was asked about',
      REPLICA_SET,
      {},
      { workload: 'Rollout/web', workloadGroup: 'argoproj.io' },
      ['Rollout/web', 'argoproj.io'],
    ],
    [
      'a StatefulSet of another group',
      { apiVersion: 'apps.kruise.io/v1beta1', kind: 'StatefulSet', name: 'web' },
      {},
      {},
      ['StatefulSet/web', 'apps.kruise.io'],
    ],
    [
      'a ReplicaSet of another group',
      { ...REPLICA_SET, apiVersion: 'acme.example/v1' },
      HASH,
      {},
      ['ReplicaSet/web-6d4', 'acme.example'],
    ],
    ['nothing', null, {}, {}, [null, undefined]],
  ] as const) {
    it(`what makes the pod: ${what}`, () => {
      const evidence = { ...withVolume(owner, labels), ...named };
      const [container] = evidence.pod.containers;
      assert.ok(container);
      const { workload, group } = mendedOf(evidence, { container, volume: undefined });
      assert.deepEqual([workload, group], expected);
    });
  }
});
