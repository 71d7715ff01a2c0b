import assert from 'node:assert/strict';
import { planOf } from '../../../../src/cli/complete/plan.ts';
import { readTyped } from '../../../../src/cli/complete/typed.ts';
import { FLAGS, flagsOf } from '../../../../src/cli/flags.ts';
import { VERBS } from '../../../../src/cli/verbs.ts';
import { CAUSE_NAMES } from '../../../../src/words/cause.ts';
import { DIRECTIVE } from '../../../../src/words/completion.ts';

const plan = (...words: string[]) => planOf(readTyped(words));
/** What fits the word at the cursor. */
const offered = (...words: string[]) => {
  const { candidates, before, word } = plan(...words);
  return candidates.filter(({ text }) => text.startsWith(word)).map(({ text }) => before + text);
};

describe('what can stand at the cursor', () => {
  it('first a verb, each with what it does', () => {
    const names = VERBS.map(({ name }) => name);
    assert.deepEqual(offered(''), [...names, 'help', 'options']);
    assert.ok(plan('').candidates.every(({ about }) => about));
    assert.deepEqual(offered('help', ''), [...names, 'options']);
  });

  for (const verb of VERBS) {
    it(`every flag of ${verb.name} and no other`, () => {
      const own = [...flagsOf(verb.name).map(({ name }) => `--${name}`), '--help'];
      assert.deepEqual(offered(verb.name, '--'), own);
    });
  }

  const texts: readonly [string[], string[]][] = [
    [['d'], ['describe', 'decode']],
    [['--v'], ['--version']],
    [['describe', '--out'], ['--output']],
    [['describe', '-w', '--wa'], []],
    [['describe', '-fx', '--filen'], ['--filename']],
    [
      ['describe', '-o', ''],
      ['json', 'name', 'wide', 'yaml'],
    ],
    [['decode', '-o', 'd'], ['dockerconfigjson']],
    [
      ['verify', '--output='],
      ['json', 'junit', 'name', 'wide', 'yaml'],
    ],
    [
      ['describe', '--color', 'a'],
      ['auto', 'always'],
    ],
    [['describe', '--cause', 'Tag'], ['TagNotFound']],
    [
      ['describe', '--cause=TagNotFound,Tls'],
      ['TagNotFound,TlsUntrusted', 'TagNotFound,TlsInvalid'],
    ],
    [['describe', '--cause', 'TagNotFound,Tag'], []],
    [
      ['secrets', '--status', 'expire'],
      ['expired', 'expires-soon'],
    ],
    [
      ['secrets', '--exit-code='],
      ['true', 'false'],
    ],
    [['explain', 'Tag'], ['TagNotFound']],
    [['explain', 'TagNotFound', 'T'], []],
    [['explain', '-f', 'x', 'T'], []],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['completion', 'bash', ''], []],
    [['nonsense', ''], []],
    [['describe', '--since', ''], []],
    [['describe', '--', '--out'], []],
  ];
  for (const [words, expected] of texts) {
    it(`${words.join(' ')}: ${expected.join(' ') || 'nothing'}`, () => {
      assert.deepEqual(offered(...words), expected);
    });
  }

  it('letters once a single dash is typed', () => {
    assert.ok(offered('describe', '-').includes('-n'));
    assert.ok(!offered('describe', '--').includes('-n'));
  });

  it('every cause by its name', () => {
    assert.deepEqual(offered('explain', ''), [...CAUSE_NAMES]);
  });

  for (const { name, value } of FLAGS) {
    const file = value === 'FILENAME';
    const expected = file
      ? DIRECTIVE.files
      : value === 'FOLDER'
        ? DIRECTIVE.folders
        : DIRECTIVE.noFiles;
    if (value === undefined) continue;
    it(`--${name} takes ${file ? 'files' : 'no files'}`, () => {
      assert.equal(plan(`--${name}`, '').directive, expected);
    });
  }

  const wanted: readonly [string[], string | undefined][] = [
    [['describe', '-n', ''], 'namespaces'],
    [['describe', '--context', 'k'], 'contexts'],
    [['describe', '--cluster=k'], 'clusters'],
    [['describe', '--user', ''], 'users'],
    [['verify', '--image', 'a', '--secret', ''], 'pull secrets'],
    [['describe', ''], 'targets'],
    [['verify', 'web', ''], 'targets'],
    [['secrets', 'deploy/'], 'targets'],
    [['decode', ''], 'targets'],
    [['describe', '--', '-'], 'targets'],
    [['describe', '-n', 'a,b', ''], undefined],
    [['describe', '-A', ''], undefined],
    [['describe', '--all-namespaces=false', ''], 'targets'],
    [['describe', '-l', 'a=b', ''], undefined],
    [['describe', '-f', 'x', ''], undefined],
    [['verify', '--image', 'a', ''], undefined],
    [['explain', ''], undefined],
    [['completion', ''], undefined],
    [['help', 'describe', ''], undefined],
  ];
  for (const [words, kind] of wanted) {
    it(`${words.join(' ')}: asks for ${kind ?? 'nothing'}`, () => {
      assert.equal(plan(...words).wanted?.kind, kind);
    });
  }

  it('of several namespaces the last', () => {
    const { before, word } = plan('describe', '-n', 'a,b');
    assert.deepEqual({ before, word }, { before: 'a,', word: 'b' });
  });
});
