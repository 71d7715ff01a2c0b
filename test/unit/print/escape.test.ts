import assert from 'node:assert/strict';
import { cut, visible, visibleJson, visibleLines } from '../../../src/print/escape.ts';

describe('strangers’ texts', () => {
  const cases: [string, string][] = [
    ['plain é 日本', 'plain é 日本'],
    ['\u001b[31mred', '^[[31mred'],
    ['\u009b31m', '\\u009b31m'],
    ['a\u0007b\u0000', 'a\\u0007b\\u0000'],
    ['a\rb\tc', 'a\\rb\\tc'],
    ['\u202etxt.exe\u2066', '\\u202etxt.exe\\u2066'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['a\u2028b', 'a\\u2028b'],
    ['soft\u00adhyphen \u007f', 'soft\\u00adhyphen \\u007f'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['half \ud800', 'half \\ud800'],
  ];
  for (const [text, want] of cases) {
    it(JSON.stringify(text), () => assert.equal(visible(text), want));
  }

  it('keeps line breaks only where asked', () => {
    assert.equal(visible('a\nb'), 'a\\nb');
    assert.equal(visibleLines('a\nb'), 'a\nb');
  });

  it('reads Windows line ends as line ends, and other carriage returns not', () => {
    assert.equal(visibleLines('a\r\nb\rc'), 'a\nb\\rc');
  });

  it('makes JSON fit for a terminal without changing what it says', () => {
    const value = { a: 'x\u009b31m\u202e\u007f\u{e0041}\n', b: 'é日本' };
    const json = visibleJson(JSON.stringify(value, null, 4));
    assert.doesNotMatch(json, /[\u007f-\u009f\u202e]|\u{e0041}/u);
    assert.deepEqual(JSON.parse(json), value);
  });

  it('cuts long texts, never through a surrogate pair', () => {
    assert.equal(cut('abcdef', 3), 'abc... (3 more characters)');
    assert.equal(cut('ab😀cd', 3), 'ab... (4 more characters)');
    assert.equal(cut('abc', 3), 'abc');
  });

  it('is quick with a text of 100 MB', () => {
    const huge = '\u001b'.repeat(100_000_000);
    assert.ok(visible(huge).length < 200_000);
  });
});
