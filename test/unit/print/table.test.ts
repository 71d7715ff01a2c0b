import assert from 'node:assert/strict';
import { formatTable } from '../../../src/print/table.ts';

describe('tables by kubectl’s rules', () => {
  it('has three blanks between columns and none at the end of a line', () => {
    const text = formatTable(
      ['POD', 'IMAGE'],
      [
        ['web', 'a'],
        ['longer-name', 'bb'],
      ],
    );
    assert.equal(text, 'POD           IMAGE\nweb           a\nlonger-name   bb\n');
  });

  it('prints nothing without rows, and no header when told so', () => {
    assert.equal(formatTable(['A'], []), '');
    assert.equal(formatTable(['A', 'B'], [['x', 'y']], { noHeaders: true }), 'x   y\n');
  });

  it('keeps a row a line whatever a cell holds', () => {
    const text = formatTable(['A', 'B'], [['x\ny', '\u001b[2J'], ['\r\n', 'z'.repeat(5000)]]);
    assert.equal(text.split('\n').length, 4);
    assert.ok(text.includes('x...   ^[[2J'));
    assert.ok(!text.includes('\u001b'));
  });

  it('counts wide characters as two columns', () => {
    const lines = formatTable(['A', 'B'], [['日本', 'x'], ['abcd', 'y']]).split('\n');
    assert.equal(lines[1], '日本   x');
    assert.equal(lines[2], 'abcd   y');
  });
});
