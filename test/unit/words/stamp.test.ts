import assert from 'node:assert/strict';
import { stamp, stampOrNull } from '../../../src/words/stamp.ts';

describe('stamp', () => {
  for (const [ms, text] of [
    [0, '1970-01-01T00:00:00Z'],
    [1_795_233_600_000, '2026-11-21T04:00:00Z'],
    [1_795_233_600_120, '2026-11-21T04:00:00.120Z'],
  ] as const) {
    it(text, () => assert.equal(stamp(ms), text));
  }

  it('null for what is not known, or beyond any date', () => {
    for (const ms of [null, 8.64e15 + 1, -1e300]) assert.equal(stampOrNull(ms), null);
    assert.equal(stampOrNull(0), stamp(0));
  });
});
