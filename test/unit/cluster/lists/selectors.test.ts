import assert from 'node:assert/strict';
import { fieldSelector, labelSelector } from '../../../../src/cluster/lists/selectors.ts';
import { UsageError } from '../../../../src/words/errors.ts';

const pod = {
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    labels: { app: 'web', tier: 'front', 'example.com/stage': 'prod', weight: '12' },
  },
  spec: { nodeName: 'node1' },
  status: { phase: 'Pending' },
};

describe('label selectors', () => {
  for (const [selector, selected] of [
    ['', true],
    ['app=web', true],
    ['app==web', true],
    ['app = web', true],
    ['app=db', false],
    ['app!=db', true],
    ['app!=web', false],
    ['missing!=x', true],
    ['missing=x', false],
    ['app', true],
    ['missing', false],
    ['!missing', true],
    ['!app', false],
    ['! app', false],
    ['app in (web, db)', true],
    ['app in (db)', false],
    ['missing in (web)', false],
    ['app notin (db)', true],
    ['app notin (web,db)', false],
    ['missing notin (web)', true],
    ['example.com/stage=prod', true],
    ['app=web,tier=front,!missing,weight>10', true],
    ['app in (web,db),tier=back', false],
    ['weight<12', false],
    ['weight>11', true],
    ['app=', false],
    ['toString', false],
  ] as const) {
    it(`${selector || '(empty)'} is ${selected}`, () =>
      assert.equal(labelSelector(selector)(pod), selected));
  }

  for (const selector of [
    'a b c',
    'app in web',
    'app=web,,x',
    '=x',
    'app=(web',
    'app=w w',
    'a=b=c',
  ]) {
    it(`refuses ${selector}`, () => assert.throws(() => labelSelector(selector), UsageError));
  }

  it('refuses a hostile one quickly', () => {
    assert.throws(() => labelSelector(`a${'-'.repeat(1e7)}`), UsageError);
    assert.throws(() => labelSelector(`a in (${' '.repeat(16_000)}`), UsageError);
  });
});

describe('field selectors', () => {
  const event = {
    type: 'Warning',
    reason: 'Failed',
    source: { component: 'kubelet' },
    involvedObject: { kind: 'Pod', name: 'web-1', fieldPath: 'spec.containers{web}' },
  };
  for (const [selector, object, selected] of [
    ['', pod, true],
    ['metadata.name=web-1', pod, true],
    ['metadata.name==web-1,metadata.namespace=shop', pod, true],
    ['metadata.name!=web-1', pod, false],
    ['status.phase!=Running', pod, true],
    ['spec.nodeName=node2', pod, false],
    ['spec.nodeName=', { spec: {} }, true],
    ['spec.unschedulable=false', { spec: {} }, true],
    ['involvedObject.kind=Pod,involvedObject.name=web-1', event, true],
    ['involvedObject.fieldPath=spec.containers{web}', event, true],
    ['type=Normal', event, false],
    ['reason=Failed,source=kubelet', event, true],
  ] as const) {
    it(`${selector || '(empty)'} is ${selected}`, () =>
      assert.equal(fieldSelector(selector)(object), selected));
  }

  for (const selector of ['spec.image=x', 'name', 'metadata.labels=x', '=x']) {
    it(`refuses ${selector}`, () => assert.throws(() => fieldSelector(selector), UsageError));
  }
});
