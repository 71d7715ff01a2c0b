import assert from 'node:assert/strict';
import { OwnerChain } from '../../../src/collect/owners.ts';
import { bareEvidence } from '../../../src/collect/pods.ts';
import { podView } from '../../../src/collect/views.ts';
import { workloadOf } from '../../../src/collect/workloads.ts';
import { notAsked } from '../../../src/words/known.ts';
import type { ObjectSource, ResourceKind } from '../../../src/words/objects.ts';

const NOTHING: ObjectSource = {
  live: true,
  get: async () => notAsked('', ''),
  list: async () => notAsked('', ''),
  findKind: async () => null,
  findOwnerKind: async () => null,
};

const statefulSet = (group: string): ResourceKind => ({
  kind: 'StatefulSet',
  plural: 'statefulsets',
  group,
  version: 'v1',
  namespaced: true,
});

function ownedBy(apiVersion: string, kind: string, name: string, labels: object = {}) {
  const ownerReferences = [{ apiVersion, kind, name, uid: 'u', controller: true }];
  const metadata = { name: 'web-0', namespace: 'shop', labels, ownerReferences };
  return bareEvidence(podView({ metadata }), { known: true, value: [] });
}

describe('workload of a pod', () => {
  it('comes with the group of the one that was asked about', async () => {
    const pod = {
      ...ownedBy('apps.kruise.io/v1beta1', 'StatefulSet', 'web'),
      workloadGroup: undefined,
    };
    const chain = new OwnerChain(NOTHING);
    const [own, other] = [statefulSet('apps.kruise.io'), statefulSet('apps')];
    const found = await workloadOf(pod, [{ resource: own, name: 'web' }], chain);
    assert.deepEqual(
      [found?.workload, found?.workloadGroup],
      ['StatefulSet/web', 'apps.kruise.io'],
    );
    assert.equal(await workloadOf(pod, [{ resource: other, name: 'web' }], chain), null);
  });

  const hash = { 'pod-template-hash': '6d4' };
  for (const [apiVersion, kind, name, labels, expected] of [
    ['apps/v1', 'ReplicaSet', 'web-6d4', hash, ['Deployment/web', 'apps']],
    ['apps/v1', 'ReplicaSet', 'web-6d4', {}, ['ReplicaSet/web-6d4', 'apps']],
    ['acme.example/v1', 'ReplicaSet', 'web-6d4', hash, ['ReplicaSet/web-6d4', 'acme.example']],
    ['v1', 'ReplicationController', 'web', {}, ['ReplicationController/web', '']],
    ['', 'StatefulSet', 'web', {}, ['StatefulSet/web', undefined]],
  ] as const) {
    it(`${apiVersion} ${kind} ${name} is ${expected[0]}`, () => {
      const { workload, workloadGroup } = ownedBy(apiVersion, kind, name, labels);
      assert.deepEqual([workload, workloadGroup], expected);
    });
  }
});
