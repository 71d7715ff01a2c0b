import assert from 'node:assert/strict';
import { cloudIdentityOf, hasOpenShiftMark, keeperOf } from '../../../src/collect/marks.ts';
import { goDuration } from '../../../src/collect/refreshers.ts';

const MARKS: readonly (readonly [object, boolean])[] = [
  [{ annotations: { 'openshift.io/scc': 'restricted-v2' } }, true],
  [{ labels: { 'node.openshift.io/os_id': 'rhcos' } }, true],
  [{ annotations: { 'machineconfiguration.openshift.io/state': 'Done' } }, true],
  [{ annotations: { 'example.com/openshift.io': 'x' } }, false],
  [{ annotations: { 'notopenshift.io/scc': 'x' } }, false],
  [{}, false],
  [{ annotations: 'openshift.io/scc', labels: null }, false],
];

const OWNER = { kind: 'ExternalSecret', apiVersion: 'external-secrets.io/v1', name: 'login' };
const KEPT: readonly (readonly [object, ReturnType<typeof keeperOf>])[] = [
  [{ ownerReferences: [OWNER] }, OWNER as ReturnType<typeof keeperOf>],
  [
    { labels: { 'reconcile.external-secrets.io/managed': 'true' } },
    { kind: 'ExternalSecret', apiVersion: '', name: '' },
  ],
  [
    { annotations: { 'reconcile.external-secrets.io/data-hash': '0221' } },
    { kind: 'ExternalSecret', apiVersion: '', name: '' },
  ],
  [
    { annotations: { 'reflector.v1.k8s.emberstack.com/reflects': 'base/regcred' } },
    { kind: 'Reflector', apiVersion: '', name: 'base/regcred' },
  ],
  [{ ownerReferences: [{ kind: 'Deployment', name: 'x' }] }, undefined],
  [{}, undefined],
];

const DURATIONS: readonly (readonly [string, number | null])[] = [
  ['1h', 3_600_000],
  ['1h0m0s', 3_600_000],
  ['1h30m', 5_400_000],
  ['1.5s', 1_500],
  ['90ms', 90],
  ['0', null],
  ['0s', null],
  ['', null],
  ['1 h', null],
  ['h'.repeat(1_000_000), null],
];

describe('marks of objects', () => {
  for (const [metadata, marked] of MARKS) {
    it(`${JSON.stringify(metadata)} ${marked ? 'is' : 'is not'} of OpenShift`, () => {
      assert.equal(hasOpenShiftMark({ metadata }), marked);
    });
  }

  for (const [metadata, keeper] of KEPT) {
    it(`${JSON.stringify(metadata)} is kept by ${keeper?.kind ?? 'nobody'}`, () => {
      assert.deepEqual(keeperOf({ ...metadata }), keeper);
    });
  }

  it('an empty annotation is no identity', () => {
    assert.equal(cloudIdentityOf({ annotations: { 'eks.amazonaws.com/role-arn': '' } }), undefined);
  });

  for (const [text, ms] of DURATIONS) {
    it(`${text.slice(0, 20)} is ${ms} ms`, () => assert.equal(goDuration(text), ms));
  }
});
