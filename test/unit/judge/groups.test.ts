import assert from 'node:assert/strict';
import { groupVerdicts } from '../../../src/judge/groups.ts';
import { judgePod } from '../../../src/judge/judge.ts';
import { capturedPod, capturedPods } from '../../rig/dumps.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');

describe('groups', () => {
  const verdicts = capturedPods('modern').flatMap((p) => judgePod(p, NOW).verdicts);
  const groups = groupVerdicts(verdicts);

  it('lose no verdict and come largest first', () => {
    assert.equal(
      groups.reduce((n, g) => n + g.verdicts.length, 0),
      verdicts.length,
    );
    const sizes = groups.map((g) => g.pods);
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => b - a),
    );
  });

  it('take the pods of one Deployment as one', () => {
    const never = groups.find((g) => g.cause === 'ImageNeverPull' && g.pods === 3);
    assert.ok(never?.verdicts.every((v) => v.pod.startsWith('sync-nova-')));
  });

  it('put 400 pods of one refusing registry into one group, whatever their namespaces', () => {
    const [one] = judgePod(capturedPod('modern', 'portal-topaz'), NOW).verdicts;
    assert.ok(one && one.cause === 'ConnectionRefused');
    const many = Array.from({ length: 400 }, (_, i) => ({
      ...one,
      namespace: `ns-${i % 7}`,
      pod: `pod-${i}`,
    }));
    const [group, ...rest] = groupVerdicts(many);
    assert.equal(rest.length, 0);
    assert.equal(group?.pods, 400);
  });

  it('count a pod with two failing containers once', () => {
    const { verdicts: two } = judgePod(capturedPod('modern', 'gateway-oak'), NOW);
    const same = two.map((v) => ({ ...v, cause: 'TlsUntrusted' as const, guilty: two[0]!.guilty }));
    assert.equal(groupVerdicts(same)[0]?.pods, 1);
  });
});
