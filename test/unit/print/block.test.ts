import assert from 'node:assert/strict';
import { judgePod } from '../../../src/judge/judge.ts';
import { verdictBlock } from '../../../src/print/block.ts';
import type { TriedCredential, Verdict } from '../../../src/words/verdict.ts';
import { capturedPod } from '../../rig/dumps.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');

function block(tried: readonly TriedCredential[], more: Partial<Verdict> = {}): string {
  const [verdict] = judgePod(capturedPod('modern', 'worker-amber'), NOW).verdicts;
  assert.ok(verdict);
  const shown = { ...verdict, credentials: { tried, complete: true }, ...more };
  return verdictBlock(shown, {
    now: NOW,
    bold: (text) => text,
    pods: ['a'],
    nodes: [],
    width: Number.POSITIVE_INFINITY,
  });
}

const ALICE = { secret: 'regcred', key: 'quay.io', user: 'alice', expiresAt: null };

describe('the credentials of a block', () => {
  const cases: readonly [string, TriedCredential, RegExp][] = [
    ['secret, entry and user', ALICE, /Tried: {5}secret\/regcred entry quay\.io as alice\n/],
    ['no user name', { ...ALICE, user: '' }, /entry quay\.io\n/],
    ['one that is not shown', { ...ALICE, user: null }, /as a user name that is not shown\n/],
    ['an end behind', { ...ALICE, expiresAt: NOW - 7_200_000 }, /\(ended 120m ago\)/],
    ['an end ahead', { ...ALICE, expiresAt: NOW + 7_200_000 }, /\(ends in 120m\)/],
    ['control characters', { ...ALICE, key: 'quay.io\u001b[31m' }, /entry quay\.io\^\[\[31m as/],
  ];
  for (const [what, tried, said] of cases) {
    it(what, () => assert.match(block([tried]), said));
  }

  it('says what the next try uses where the secret is newer than the last', () => {
    const newer = { code: 'secret-newer', object: 'secret/regcred', text: 'newer' } as const;
    assert.match(block([ALICE], { contributing: [newer] }), /Next try: {2}secret\/regcred/);
  });

  it('is silent where nothing is tried or known', () => {
    assert.doesNotMatch(block([]), /Tried/);
    assert.doesNotMatch(block([], { credentials: null }), /Tried/);
  });
});
