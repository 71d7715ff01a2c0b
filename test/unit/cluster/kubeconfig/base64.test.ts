import assert from 'node:assert/strict';
import { base64Problem } from '../../../../src/cluster/kubeconfig/base64.ts';

describe('base64', () => {
  // What Go 1.26 gives for each.
  for (const [data, problem] of [
    ['', null],
    ['QUJD', null],
    ['QUI=', null],
    ['QQ==', null],
    ['QU\nJD\r\n', null],
    ['QQ=\n=\n', null],
    ['QQ', 0],
    ['QUI', 0],
    ['QUJDQ', 4],
    ['QQ=', 3],
    ['QQ==x', 4],
    ['QQ==QQ==', 4],
    ['QQ=x', 2],
    ['QUI=x', 4],
    ['Q===', 1],
    ['=', 0],
    ['not base64!', 3],
    ['QUJ-', 3],
    ['QUJD\nR', 5],
  ] as const) {
    it(JSON.stringify(data), () => assert.equal(base64Problem(data), problem));
  }

  it('of a megabyte takes no time', () => {
    assert.equal(base64Problem('A'.repeat(1_000_000)), null);
  });
});
