import assert from 'node:assert/strict';
import { foldLine, wrapIndented, wrapText } from '../../../src/print/wrap.ts';

describe('wrapping', () => {
  const cases: [string, number, string[]][] = [
    ['', 10, []],
    ['one two', 10, ['one two']],
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 6, ['one', 'two', 'three']],
    ['a-very-long-command x', 5, ['a-very-long-command', 'x']],
    ['  one \n two ', 10, ['one two']],
    ['not seen (kubectl auth can-i), or', 12, ['not seen', '(kubectl auth can-i),', 'or']],
    ['run "kubectl imagepull explain" once', 9, ['run', '"kubectl imagepull explain"', 'once']],
    ['(a b c) "d e"', 5, ['(a b', 'c) "d', 'e"']],
  ];
  for (const [text, width, want] of cases) {
    it(`${JSON.stringify(text)} at ${width}`, () => assert.deepEqual(wrapText(text, width), want));
  }

  it('counts the indent', () => assert.equal(wrapIndented('one two', 2, 8), '  one\n  two\n'));

  it('a hanging indent as asked for', () =>
    assert.deepEqual(foldLine('1. two three', 6, 4), ['1. two', '    three']));

  describe('folding', () => {
    const folds: [string, number, string[]][] = [
      ['one two three', 13, ['one two three']],
      ['one two three', 8, ['one two', '  three']],
      ['1. one two three', 10, ['1. one two', '   three']],
      ['12. one two', 8, ['12. one', '    two']],
      ['   kubectl get pods -o json', 8, ['   kubectl get pods -o json']],
      ['one  two', Number.POSITIVE_INFINITY, ['one  two']],
    ];
    for (const [line, width, want] of folds) {
      it(`${JSON.stringify(line)} at ${width}`, () =>
        assert.deepEqual(foldLine(line, width), want));
    }
  });
});
