import assert from 'node:assert/strict';
import { secretsUnderContainers } from '../../../src/collect/misplaced-secrets.ts';
import { podView } from '../../../src/collect/views.ts';

const wrong = {
  containers: [{ name: 'web', imagePullSecrets: [{ name: 'regcred' }] }, { name: 'side' }],
};

function applied(text: string) {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': text };
  return { metadata: { name: 'web', annotations }, spec: { containers: [{ name: 'web' }] } };
}

describe('imagePullSecrets under a container', () => {
  const cases: readonly [string, unknown, string[]][] = [
    ['a manifest', { spec: wrong }, ['web']],
    ['what was last applied', applied(JSON.stringify({ spec: wrong })), ['web']],
    [
      'an init container',
      { spec: { initContainers: [{ name: 'init', imagePullSecrets: [{ name: 'x' }] }] } },
      ['init'],
    ],
    [
      'the right place',
      applied(JSON.stringify({ spec: { imagePullSecrets: [{ name: 'regcred' }] } })),
      [],
    ],
    ['an empty list', { spec: { containers: [{ name: 'web', imagePullSecrets: [] }] } }, []],
    ['an annotation that is no JSON', applied('{"imagePullSecrets":'), []],
    ['one of the wrong shape', applied('["imagePullSecrets"]'), []],
    [
      'one that is longer than any',
      applied(JSON.stringify({ spec: wrong, x: 'x'.repeat(300_000) })),
      [],
    ],
    ['nothing', null, []],
  ];
  for (const [what, pod, names] of cases) {
    it(what, () => assert.deepEqual(secretsUnderContainers(pod), names));
  }

  it('of the annotation nothing but container names is kept', () => {
    const text = JSON.stringify({ spec: wrong, data: 'hunter2' });
    const view = podView(applied(text));
    assert.deepEqual(view.secretsUnderContainers, ['web']);
    assert.ok(!JSON.stringify(view).includes('hunter2'));
  });
});
