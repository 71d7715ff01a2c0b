import assert from 'node:assert/strict';
import { humanAge, humanDuration } from '../../../src/print/age.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

describe('ages by kubectl’s rules', () => {
  // k8s.io/apimachinery/pkg/util/duration: boundaries and examples.
  const cases: [number, string][] = [
    [-2 * S, '<invalid>'],
    [-1999, '0s'],
    [-1 * S, '0s'],
    [0, '0s'],
    [999, '0s'],
    [90 * S, '90s'],
    [119 * S, '119s'],
    [120 * S, '2m'],
    [150 * S, '2m30s'],
    [10 * M - S, '9m59s'],
    [10 * M, '10m'],
    [3 * H - S, '179m'],
    [3 * H, '3h'],
    [3 * H + 5 * M, '3h5m'],
    [8 * H, '8h'],
    [47 * H, '47h'],
    [48 * H, '2d'],
    [5 * D + 12 * H, '5d12h'],
    [8 * D - H, '7d23h'],
    [8 * D + H, '8d'],
    [30 * D, '30d'],
    [2 * 365 * D - S, '729d'],
    [2 * 365 * D, '2y'],
    [3 * 365 * D + 10 * D, '3y10d'],
    [3 * 365 * D, '3y'],
    [8 * 365 * D - D, '7y364d'],
    [8 * 365 * D, '8y'],
    [20 * 365 * D + 300 * D, '20y'],
    [Number.NaN, '<unknown>'],
  ];
  for (const [ms, text] of cases) {
    it(`${ms} ms is ${text}`, () => assert.equal(humanDuration(ms), text));
  }

  it('knows no age of a missing time', () => assert.equal(humanAge(null, 5), '<unknown>'));

  it('counts from a moment to now', () => {
    assert.equal(humanAge(1000, 91_000), '90s');
    assert.equal(humanAge(10_000, 0), '<invalid>');
  });
});
