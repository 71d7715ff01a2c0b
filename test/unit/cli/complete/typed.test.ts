import assert from 'node:assert/strict';
import { readTyped } from '../../../../src/cli/complete/typed.ts';

describe('a command line that is being typed', () => {
  interface Row {
    readonly words: readonly string[];
    readonly verb?: string;
    readonly args?: readonly string[];
    readonly given?: readonly string[];
    /** The flag whose value is at the cursor. */
    readonly flag?: string;
    readonly word: string;
  }
  const rows: readonly Row[] = [
    { words: [], word: '' },
    { words: [''], word: '' },
    { words: ['desc'], word: 'desc' },
    { words: ['describe', ''], verb: 'describe', word: '' },
    { words: ['describe', 'web', 'd'], verb: 'describe', args: ['web'], word: 'd' },
    { words: ['-n', 'prod', 'describe', 'w'], verb: 'describe', given: ['namespace'], word: 'w' },
    { words: ['describe', '-n', ''], verb: 'describe', flag: 'namespace', word: '' },
    { words: ['describe', '-n', '-x'], verb: 'describe', flag: 'namespace', word: '-x' },
    { words: ['describe', '--namespace=pr'], verb: 'describe', flag: 'namespace', word: 'pr' },
    { words: ['describe', '-n=pr'], verb: 'describe', flag: 'namespace', word: 'pr' },
    {
      words: ['describe', '-Aojson', ''],
      verb: 'describe',
      given: ['all-namespaces', 'output'],
      word: '',
    },
    {
      words: ['describe', '-Ao', 'js'],
      verb: 'describe',
      given: ['all-namespaces'],
      flag: 'output',
      word: 'js',
    },
    { words: ['describe', '--unknown', 'w'], verb: 'describe', word: 'w' },
    { words: ['describe', '-Z', 'w'], verb: 'describe', word: 'w' },
    { words: ['describe', '--', '-o', ''], verb: 'describe', args: ['-o'], word: '' },
    { words: ['describe', '--', '--output='], verb: 'describe', word: '--output=' },
    { words: ['describe', '-'], verb: 'describe', word: '-' },
    { words: ['describe', '-f', '-', 'w'], verb: 'describe', given: ['filename'], word: 'w' },
    { words: ['nonsense', 'w'], word: 'w' },
    { words: ['describe', '--x=\n'], verb: 'describe', word: '--x=\n' },
  ];
  for (const { words, verb, args = [], given = [], flag, word } of rows) {
    it(JSON.stringify(words), () => {
      const typed = readTyped(words);
      assert.deepEqual(
        {
          verb: typed.verb,
          args: typed.args,
          given: [...typed.given],
          flag: typed.flag?.name,
          word: typed.word,
        },
        { verb, args, given, flag, word },
      );
    });
  }

  it('keeps the values, of one that is not repeatable the last', () => {
    const { flags } = readTyped([
      'describe',
      '--context=a',
      '--context',
      'b',
      '-fx',
      '-f',
      'y',
      '',
    ]);
    assert.equal(flags.string('context'), 'b');
    assert.deepEqual(flags.strings('filename'), ['x', 'y']);
    assert.equal(flags.boolean('watch'), undefined);
  });
});
