import assert from 'node:assert/strict';
import { bareEvidence } from '../../../src/collect/pods.ts';
import { podView } from '../../../src/collect/views.ts';
import { judgePod } from '../../../src/judge/judge.ts';
import type { Holder } from '../../../src/words/evidence.ts';

function texts(
  holders: readonly Holder[] | undefined,
  image = 'quay.io/a/b:1',
  policy = 'IfNotPresent',
) {
  const message = `failed to resolve reference "${image}": ${image}: not found`;
  const pod = podView({
    metadata: { name: 'web', namespace: 'shop' },
    spec: { nodeName: 'n0', containers: [{ name: 'c', image, imagePullPolicy: policy }] },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'c', state: { waiting: { reason: 'ErrImagePull', message } } }],
    },
  });
  const evidence = bareEvidence(pod, { known: true, value: [] });
  const { verdicts } = judgePod({ ...evidence, holders }, 0);
  const found = verdicts[0]?.contributing.filter(({ code }) => code === 'image-on-nodes') ?? [];
  return found.map(({ text }) => text.split(':')[0]);
}

describe('nodes that have the image', () => {
  const on = (node: string, ...images: string[]): Holder => ({ node, images });
  const rows: readonly (readonly [
    what: string,
    found: readonly unknown[],
    says: readonly string[],
  ])[] = [
    ['nobody asked', texts(undefined), []],
    ['none lists it', texts([]), []],
    ['one', texts([on('n1', 'quay.io/a/b:1')]), ['node n1 has this image already']],
    [
      'two',
      texts([on('n2', 'quay.io/a/b:1'), on('n1', 'quay.io/a/b:1')]),
      ['nodes n1, n2 have this image already'],
    ],
    [
      'many',
      texts(Array.from({ length: 9 }, (_, i) => on(`n${i + 1}`, 'quay.io/a/b:1'))),
      ['nodes n1, n2, n3, n4, n5 and 4 more have this image already'],
    ],
    ['its own node, which is told of elsewhere', texts([on('n0', 'quay.io/a/b:1')]), []],
    ['a like name of another repository', texts([on('n1', 'quay.io/x/b:1', 'quay.io/a/b:12')]), []],
    [
      'a name without host',
      texts([on('n1', 'docker.io/library/web:1')], 'web:1'),
      ['node n1 has this image already'],
    ],
    [
      'a policy that pulls all the same',
      texts([on('n1', 'quay.io/a/b:1')], 'quay.io/a/b:1', 'Always'),
      [],
    ],
  ];
  for (const [what, found, says] of rows) {
    it(what, () => assert.deepEqual(found, says));
  }
});
