import assert from 'node:assert/strict';
import {
  type Answer,
  type Judged,
  missedGoals,
  namedByDescribe,
  namedByVerify,
  score,
  wronglyCertain,
} from './judge.ts';

const CERTAIN: Answer = { cause: 'TagNotFound', alternatives: [], certainty: 'certain' };
const OPEN: Answer = {
  cause: 'TagNotFound',
  alternatives: ['RepositoryNotFound'],
  certainty: 'ambiguous',
};

function judged(more: Partial<Judged> = {}): Judged {
  return { name: 'a', cause: 'TagNotFound', describe: OPEN, verify: CERTAIN, ...more };
}

describe('judging a fault', () => {
  it('describe may leave it open, --verify may not', () => {
    const row = judged({ cause: 'RepositoryNotFound', verify: OPEN });
    assert.equal(namedByDescribe(row), true);
    assert.equal(namedByVerify(row), false);
  });

  it('what a registry hides may be left open, and not be denied', () => {
    const hidden = 'the registry says the same of both';
    const row = judged({ cause: 'RepositoryNotFound', verify: OPEN, hidden });
    assert.equal(namedByVerify(row), true);
    assert.equal(namedByVerify({ ...row, verify: CERTAIN }), false);
    assert.equal(namedByVerify({ ...row, verify: { ...OPEN, certainty: 'certain' } }), false);
  });

  it('an answer about something else, or none, names nothing', () => {
    for (const verify of [null, CERTAIN]) {
      const row = judged({ cause: 'DnsFailure', describe: null, verify });
      assert.equal(namedByDescribe(row), false);
      assert.equal(namedByVerify(row), false);
    }
  });

  it('either of both answers can be wrongly certain', () => {
    assert.equal(wronglyCertain(judged()), false);
    assert.equal(wronglyCertain(judged({ cause: 'DnsFailure' })), true);
    assert.equal(
      wronglyCertain(judged({ cause: 'DnsFailure', describe: CERTAIN, verify: OPEN })),
      true,
    );
    assert.equal(wronglyCertain(judged({ cause: 'RepositoryNotFound', verify: OPEN })), false);
  });
});

describe('the goals', () => {
  const many = (count: number, more: Partial<Judged> = {}) =>
    Array.from({ length: count }, () => judged(more));

  it('are reached where all is named', () => {
    const all = [...many(70, { describe: CERTAIN }), ...many(30)];
    assert.deepEqual(missedGoals(score(all)), []);
    assert.equal(score(all).meanAlternatives, 0.3);
  });

  it('bear two of a hundred that --verify does not name, and not three', () => {
    const unnamed = { verify: { ...OPEN, cause: 'Unknown' } } as const;
    assert.deepEqual(missedGoals(score([...many(98), ...many(2, unnamed)])), [
      '1.00 alternatives an answer, more than 0.8',
    ]);
    const missed = missedGoals(
      score([...many(97, { describe: CERTAIN }), ...many(3, { ...unnamed, describe: CERTAIN })]),
    );
    assert.match(missed.join(), /97\.0 %/);
    assert.equal(missed.length, 1);
  });

  it('miss with one truth that describe does not have, and one that is wrongly certain', () => {
    const wrong = judged({ cause: 'DnsFailure', describe: CERTAIN, verify: CERTAIN });
    const missed = missedGoals(score([...many(99, { describe: CERTAIN }), wrong]));
    assert.deepEqual(missed, [
      'the truth is in 99.0 % of the answers of describe, not in all',
      '1 certain answers are wrong',
    ]);
  });

  it('miss with four alternatives', () => {
    const alternatives = [
      'RepositoryNotFound',
      'Unauthorized',
      'Forbidden',
      'AccessBlocked',
    ] as const;
    const all = [
      ...many(99, { describe: CERTAIN }),
      judged({ describe: { ...OPEN, alternatives } }),
    ];
    assert.deepEqual(missedGoals(score(all)), ['an answer has 4 alternatives, more than 3']);
  });
});
