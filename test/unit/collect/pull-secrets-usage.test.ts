import assert from 'node:assert/strict';
import { PullSecretUsage } from '../../../src/collect/pull-secrets-usage.ts';
import { secretView } from '../../../src/collect/views.ts';

const pod = (name: string, phase: string, reason = '') => ({
  metadata: { namespace: 'shop', name },
  spec: {
    imagePullSecrets: [{ name: 'reg' }],
    containers: [{ name: 'app', image: 'a.example/b' }],
  },
  status: {
    phase,
    containerStatuses: [{ name: 'app', state: reason ? { waiting: { reason } } : {} }],
  },
});

describe('who uses a pull secret', () => {
  it('finished pods, too: the next pod of their Job will name it', () => {
    const usage = new PullSecretUsage(() => true);
    usage.addPod(pod('report-1', 'Succeeded'));
    usage.addPod(pod('report-2', 'Failed', 'ErrImagePull'));
    assert.equal(usage.refs.get('shop/reg')?.pods, 2);
    assert.deepEqual(usage.failing, []);
  });

  it('pods that fail are told with their images', () => {
    const usage = new PullSecretUsage(() => true);
    usage.addPod(pod('web', 'Pending', 'ErrImagePull'));
    assert.deepEqual(
      usage.failing.map(({ example, images }) => [example, images]),
      [['web', ['a.example/b']]],
    );
  });
});

describe('when a Secret was changed', () => {
  const changedAt = (...times: (string | undefined)[]) =>
    secretView({ metadata: { managedFields: times.map((time) => ({ time })) } }).changedAt;
  it('is not known where managedFields have no time', () => {
    assert.equal(changedAt(), null);
    assert.equal(changedAt(undefined), null);
  });
  it('is the newest time', () => {
    const time = '2026-11-21T04:00:00Z';
    assert.equal(changedAt(undefined, time, '2026-01-01T00:00:00Z'), Date.parse(time));
  });
});
