import assert from 'node:assert/strict';
import { changeLine, tallyText } from '../../../src/print/changes.ts';
import type { FollowedPod, PullChange, PullState } from '../../../src/words/following.ts';
import type { Verdict } from '../../../src/words/verdict.ts';

const NOW = Date.parse('2026-11-21T07:30:00.500Z');
const verdict = (cause: string, more: object = {}) =>
  ({
    cause,
    title: 'the title',
    alternatives: [],
    certainty: 'certain',
    ...more,
  }) as unknown as Verdict;
const change = (more: Partial<PullChange>): PullChange => ({
  namespace: 'shop',
  pod: 'web',
  container: 'app',
  was: null,
  now: null,
  ended: null,
  ...more,
});

describe('lines of a watch', () => {
  const rows: readonly (readonly [change: PullChange, line: string])[] = [
    [change({ now: verdict('TagNotFound') }), 'web/app   TagNotFound: the title'],
    [
      change({ was: 'TagNotFound', now: verdict('Unauthorized') }),
      'web/app   TagNotFound -> Unauthorized: the title',
    ],
    [
      change({
        now: verdict('TagNotFound', {
          certainty: 'ambiguous',
          alternatives: ['RepositoryNotFound'],
        }),
      }),
      'web/app   TagNotFound|RepositoryNotFound: the title',
    ],
    [change({ was: 'TagNotFound', ended: 'pulled' }), 'web/app   pulled (was TagNotFound)'],
    [
      change({ container: null, was: 'TagNotFound', ended: 'deleted' }),
      'web   deleted (was TagNotFound)',
    ],
    [change({ pod: 'a\u001b[2Jb', ended: 'pulled' }), 'a^[[2Jb/app   pulled'],
  ];
  for (const [one, line] of rows) {
    it(line, () => assert.equal(changeLine(one, NOW, false), `2026-11-21T07:30:00Z   ${line}\n`));
  }

  it('name the namespace where there are several', () => {
    const line = changeLine(change({ ended: 'pulled' }), NOW, true);
    assert.equal(line, '2026-11-21T07:30:00Z   shop/web/app   pulled\n');
  });
});

describe('tally', () => {
  const pod = (name: string, state: PullState, ...causes: string[]): FollowedPod => {
    const verdicts = causes.map((cause) => verdict(cause));
    return { namespace: 'shop', name, state, verdicts, createdAt: null, workload: null };
  };
  const failing = (n: number) =>
    Array.from({ length: n }, (_, i) => pod(`p${i}`, 'failing', 'TagNotFound', 'TagNotFound'));
  const rows: readonly (readonly [
    pods: FollowedPod[],
    wanted: number | undefined,
    text: string,
  ])[] = [
    [[pod('a', 'pulled'), ...failing(1)], 3, '1 of 3 pods pulled; p0: TagNotFound'],
    [[pod('a', 'pulled'), pod('b', 'waiting')], 1, '1 of 2 pods pulled'],
    [[pod('a', 'pulled')], 1, '1 of 1 pod pulled'],
    [[], 0, '0 of 0 pods pulled'],
    [failing(1), undefined, '1 pod failing; p0: TagNotFound'],
    [
      failing(5),
      undefined,
      '5 pods failing; p0: TagNotFound; p1: TagNotFound; p2: TagNotFound; and 2 more',
    ],
  ];
  const none = { withNamespace: false, matched: false, failed: false };
  for (const [pods, wanted, text] of rows) {
    it(text, () => assert.equal(tallyText({ ...none, pods, wanted }), text));
  }

  const fine = [pod('a', 'pulled')];
  const young = [...fine, pod('b', 'waiting')];
  const quiet: readonly (readonly [Parameters<typeof tallyText>[0], string])[] = [
    [{ ...none, pods: [], wanted: undefined }, 'no pods match so far'],
    [{ ...none, pods: fine, wanted: undefined, matched: true }, 'no pod fails'],
    [{ ...none, pods: young, wanted: undefined, matched: true }, 'no pod fails, 1 pod waiting'],
    [
      { ...none, pods: fine, wanted: undefined, matched: true, failed: true },
      'no pod fails any more',
    ],
  ];
  for (const [tally, text] of quiet) {
    it(text, () => assert.equal(tallyText(tally), text));
  }
});
