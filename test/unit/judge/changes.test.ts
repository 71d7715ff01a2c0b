import assert from 'node:assert/strict';
import { changesBetween } from '../../../src/judge/changes.ts';
import type { FollowedPod, PullState } from '../../../src/words/following.ts';
import type { Verdict } from '../../../src/words/verdict.ts';

function pod(name: string, state: PullState, causes: Record<string, string> = {}): FollowedPod {
  const verdicts = Object.entries(causes).map(
    ([container, cause]) => ({ container, cause }) as unknown as Verdict,
  );
  return { namespace: 'shop', name, state, verdicts, createdAt: null, workload: null };
}

const pods = (...list: FollowedPod[]) => new Map(list.map((p) => [`shop/${p.name}`, p]));

describe('changes between two looks', () => {
  const rows: readonly (readonly [
    what: string,
    before: FollowedPod[],
    after: FollowedPod[],
    changes: string[],
  ])[] = [
    ['nothing new', [pod('a', 'failing', { x: 'T' })], [pod('a', 'failing', { x: 'T' })], []],
    ['a healthy pod comes and goes', [pod('a', 'pulled')], [pod('b', 'pulled')], []],
    ['begins to fail', [pod('a', 'waiting')], [pod('a', 'failing', { x: 'T' })], ['a/x null->T']],
    ['new and failing', [], [pod('a', 'failing', { x: 'T' })], ['a/x null->T']],
    [
      'another cause',
      [pod('a', 'failing', { x: 'T' })],
      [pod('a', 'failing', { x: 'U' })],
      ['a/x T->U'],
    ],
    [
      'one container of two recovers',
      [pod('a', 'failing', { x: 'T', y: 'T' })],
      [pod('a', 'failing', { y: 'T' })],
      ['a/x T->null pulled'],
    ],
    ['recovers', [pod('a', 'failing', { x: 'T' })], [pod('a', 'pulled')], ['a/x T->null pulled']],
    [
      'begins anew under its old name',
      [pod('a', 'failing', { x: 'T' })],
      [pod('a', 'waiting')],
      ['a/x T->null starting anew'],
    ],
    [
      'is deleted, told once for all its containers',
      [pod('a', 'failing', { x: 'T', y: 'U' })],
      [],
      ['a/null T->null deleted'],
    ],
    [
      'in the order of names',
      [],
      [pod('b', 'failing', { x: 'T' }), pod('a', 'failing', { x: 'T' })],
      ['a/x null->T', 'b/x null->T'],
    ],
  ];
  for (const [what, before, after, expected] of rows) {
    it(what, () => {
      const got = changesBetween(pods(...before), pods(...after)).map((c) =>
        `${c.pod}/${c.container} ${c.was}->${c.now?.cause ?? null} ${c.ended ?? ''}`.trim(),
      );
      assert.deepEqual(got, expected);
    });
  }
});
