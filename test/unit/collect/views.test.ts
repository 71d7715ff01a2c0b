import assert from 'node:assert/strict';
import { eventView, nodeView, podView, serviceAccountView } from '../../../src/collect/views.ts';
import { captured } from '../../rig/dumps.ts';

describe('views', () => {
  it('reads a captured pod with an image volume', () => {
    const raw = captured('modern-pods').find(
      (p) => (p['metadata'] as { name: string }).name === 'notifier-coral',
    );
    const pod = podView(raw);
    assert.equal(pod.imageVolumes[0]?.image, 'quay.rubydale.example/orders/proxy-eu:v1.26');
    assert.equal(pod.containers[0]?.state.kind, 'waiting');
    assert.ok(pod.containers[0]?.mounts.includes('assets'));
    assert.equal(pod.node, 'node1');
  });

  it('reads the same event from both APIs alike', () => {
    // The two lists were captured one after the other: only unchanged events are the same.
    const core = new Map(captured('modern-events').map((e) => [version(e), eventView(e)]));
    const modern = captured('modern-events.k8s.io').map((e) => [version(e), eventView(e)] as const);
    let compared = 0;
    for (const [id, view] of modern) {
      const twin = core.get(id);
      if (!twin) continue;
      assert.deepEqual(view, twin);
      compared++;
    }
    assert.ok(compared > 500, `${compared} compared`);
  });

  it('takes count and time of a series', () => {
    const view = eventView({
      metadata: { namespace: 'shop' },
      regarding: { kind: 'Pod', name: 'web', fieldPath: 'spec.initContainers{setup}' },
      note: 'x',
      eventTime: '2026-11-21T03:00:00.000000Z',
      series: { count: 7, lastObservedTime: '2026-11-21T03:05:00.000000Z' },
    });
    assert.equal(view.count, 7);
    assert.equal(view.container, 'setup');
    assert.equal(view.last, Date.parse('2026-11-21T03:05:00Z'));
    assert.equal(view.first, Date.parse('2026-11-21T03:00:00Z'));
  });

  it('hides what a condition quotes, as of every other text of strangers', () => {
    const message = 'Post "https://bob:s3cret@hook.example/?token=t0psecret": EOF';
    const object = { status: { conditions: [{ type: 'PodScheduled', status: 'False', message }] } };
    for (const { conditions } of [podView(object), nodeView(object)]) {
      assert.doesNotMatch(conditions[0]?.message ?? '', /s3cret|t0psecret/);
      assert.match(conditions[0]?.message ?? '', /hook\.example.*EOF$/);
    }
  });

  it('never throws on objects of a wrong shape', () => {
    const wrong = [
      null,
      1,
      'x',
      [],
      { metadata: 'x', spec: [1], status: { containerStatuses: {} } },
    ];
    for (const value of wrong) {
      assert.equal(podView(value).name, '');
      assert.equal(eventView(value).text, '');
      assert.equal(nodeView(value).name, '');
      assert.deepEqual(serviceAccountView(value).pullSecrets, []);
    }
  });
});

function version(object: Record<string, unknown>): string {
  const { uid, resourceVersion } = object['metadata'] as { uid: string; resourceVersion: string };
  return `${uid}@${resourceVersion}`;
}
