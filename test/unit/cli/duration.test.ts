import assert from 'node:assert/strict';
import { parseDuration } from '../../../src/cli/duration.ts';

describe('durations, as Go reads them', () => {
  const cases: [string, number | string][] = [
    ['0', 0],
    ['0s', 0],
    ['1h30m', 5_400_000],
    ['1.5s', 1500],
    ['.5s', 500],
    ['1.s', 1000],
    ['250ms', 250],
    ['1us', 0.001],
    ['1µs', 0.001],
    ['-2m', -120_000],
    ['+2m', 120_000],
    ['', 'invalid duration ""'],
    ['abc', 'invalid duration "abc"'],
    ['-', 'invalid duration "-"'],
    ['.s', 'invalid duration ".s"'],
    ['1h-30m', 'unknown unit "h-" in duration "1h-30m"'],
    ['90', 'missing unit in duration "90"'],
    ['1h30', 'missing unit in duration "1h30"'],
    ['1d', 'unknown unit "d" in duration "1d"'],
    ['1toString', 'unknown unit "toString" in duration "1toString"'],
    ['9999999999h', 'invalid duration "9999999999h"'],
  ];
  for (const [text, want] of cases) {
    it(JSON.stringify(text), () => {
      const got = parseDuration(text);
      assert.equal(got.ok ? got.ms : got.problem, want);
    });
  }

  it('refuses a text of a megabyte at once', () => {
    assert.equal(parseDuration('1s'.repeat(500_000)).ok, false);
  });
});
