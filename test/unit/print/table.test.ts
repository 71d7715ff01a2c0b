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
    assert.equal(formatTable(['A', 'B'], [['pod', 'y']], { noHeaders: true }), 'pod   y\n');
  });

  it('makes no column narrower than six, as kubectl’s tabwriter', () => {
    assert.equal(formatTable(['A', 'B'], [['x', 'y']]), 'A     B\nx     y\n');
  });

  it('has no trailing blanks where the last cells are empty or absent', () => {
    const text = formatTable(['A', 'B', 'C'], [['pod', '', ''], ['pod'], ['pod', '', 'z']]);
    assert.equal(text, 'A     B     C\npod\npod\npod         z\n');
  });

  it('puts headers in upper case', () => {
    assert.equal(formatTable(['Last seen'], [['1s']]), 'LAST SEEN\n1s\n');
  });

  it('lays out characters as wide as two in time that grows with their number', () => {
    const rows = Array.from({ length: 50 }, (_, i) => [`${i}`, '漢'.repeat(500), 'x']);
    const before = process.cpuUsage();
    const lines = formatTable(['A', 'B', 'C'], rows).trimEnd().split('\n');
    const { user, system } = process.cpuUsage(before);
    assert.equal(lines[50], `49    ${'漢'.repeat(500)}   x`);
    // 1 s before; some 30 ms now.
    assert.ok(user + system < 500_000, `${(user + system) / 1000} ms`);
  });

  it('gives back what looks like its own stand-ins', () => {
    const rows = [
      ['\ue000\ue000', '漢'],
      ['a', '\u0301'],
      ['漢\ue000', 'b\u0301'],
    ];
    const text = formatTable(['A', 'B'], rows);
    assert.equal(text, 'A     B\n\ue000\ue000    漢\na     \u0301\n漢\ue000   b\u0301\n');
  });

  it('lays out a long table as one', () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`pod-${10 ** (i % 7)}`, 'x']);
    const lines = formatTable(['POD', 'X'], rows).trimEnd().split('\n');
    assert.equal(lines.length, 501);
    for (const line of lines) assert.match(line, /^.{14}[xX]$/);
  });

  it('cuts a cell that is longer than any image name', () => {
    const text = formatTable(['A', 'B'], [['x'.repeat(1_000_000), 'y']], { noHeaders: true });
    assert.equal(text, `${'x'.repeat(512)}...   y\n`);
  });

  it('keeps a row a line whatever a cell holds', () => {
    const text = formatTable(
      ['A', 'B'],
      [
        ['x\ny', '\u001b[2J'],
        ['\r\n', 'z'.repeat(5000)],
      ],
    );
    assert.equal(text.split('\n').length, 4);
    assert.ok(text.includes('x...   ^[[2J'));
    assert.ok(!text.includes('\u001b'));
  });

  it('counts wide characters as two columns', () => {
    const lines = formatTable(
      ['A', 'B'],
      [
        ['日本', 'x'],
        ['abcd', 'y'],
      ],
    ).split('\n');
    assert.equal(lines[1], '日本   x');
    assert.equal(lines[2], 'abcd   y');
  });
});
