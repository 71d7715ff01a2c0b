/** Expected values printed by Go 1.26's encoding/base64. */
import assert from 'node:assert/strict';
import { decodeBase64 } from '../../../src/credentials/go-base64.ts';

/** The text, then what `padded` and `raw` give: the bytes, or the offset of the fault. */
const CASES: readonly (readonly [string, string | number, string | number])[] = [
  ['', '', ''],
  ['YTpi', 'a:b', 'a:b'],
  ['YQ==', 'a', 2],
  ['YQ=', 3, 2],
  ['YQ', 0, 'a'],
  ['YWI=', 'ab', 3],
  ['YWI', 0, 'ab'],
  ['Y', 0, 0],
  ['YWJj\n', 'abc', 'abc'],
  ['YW\nJj', 'abc', 'abc'],
  ['YQ=\r\n=\n', 'a', 2],
  ['YQ== ', 4, 2],
  ['YQ==YQ==', 4, 2],
  ['Y=', 1, 1],
  ['=', 0, 0],
  ['====', 0, 0],
  ['YW*j', 2, 2],
  ['YWJjY\n', 5, 5],
  ['YQ=\nA', 3, 2],
  ['a\xc3\xa9b=', 1, 1],
  ['YR==', 'a', 2],
  ['YWJjYWJjYWJj-A==', 12, 12],
  ['/+8=', '\xff\xef', 3],
];

describe('decodeBase64', () => {
  for (const [source, padded, raw] of CASES) {
    for (const [form, expected] of [
      ['padded', padded],
      ['raw', raw],
    ] as const) {
      it(`${JSON.stringify(source)} ${form}`, () => {
        const decoded = decodeBase64(source, form);
        if (typeof expected === 'string') {
          assert.deepEqual(decoded, { ok: true, bytes: expected });
          return;
        }
        const error = `illegal base64 data at input byte ${expected}`;
        assert.deepEqual(decoded, { ok: false, error, offset: expected });
      });
    }
  }

  it('reads a megabyte with a line break every 76 letters', () => {
    const line = `${'QUJD'.repeat(19)}\n`;
    const decoded = decodeBase64(line.repeat(14_000), 'padded');
    assert.ok(decoded.ok);
    assert.equal(decoded.bytes.length, 57 * 14_000);
  });
});
