import assert from 'node:assert/strict';
import { FLAGS, flagsOf } from '../../../src/cli/flags.ts';
import { describeOptions, explainOptions } from '../../../src/cli/options.ts';
import { parseCommandLine } from '../../../src/cli/parse.ts';
import { UsageError } from '../../../src/words/errors.ts';

function flags(...argv: string[]) {
  const parsed = parseCommandLine(['describe', ...argv]);
  assert.equal(parsed.kind, 'verb');
  return parsed.kind === 'verb' ? parsed : assert.fail();
}

function options(...argv: string[]) {
  const parsed = flags(...argv);
  return describeOptions(parsed.args, parsed.flags);
}

describe('command line', () => {
  for (const flag of flagsOf('describe').filter((f) => f.type === 'string' && !f.choices)) {
    const verb = flag.repeatable ? 'collects every value' : 'takes the last value';
    it(`--${flag.name} ${verb}`, () => {
      const parsed = flags(`--${flag.name}=one,1`, `--${flag.name}`, 'two');
      const want = flag.repeatable ? ['one,1', 'two'] : 'two';
      assert.deepEqual(parsed.flags[flag.name], want);
    });
  }

  it('repeats only what the issue names', () => {
    const repeatable = FLAGS.filter((f) => f.repeatable).map((f) => f.name);
    assert.deepEqual(repeatable, ['filename', 'cause', 'as-group', 'as-user-extra']);
  });

  it('takes the last of a repeated switch and choice', () => {
    assert.equal(options('-A', '-A=false', 'web').allNamespaces, false);
    assert.equal(options('-ojson', '-o', 'wide').output, 'wide');
    assert.equal(options('--no-headers', '--no-headers=false').noHeaders, false);
  });

  it('takes flags before the verb and between names', () => {
    const parsed = parseCommandLine(['-A', 'describe']);
    assert.equal(parsed.kind === 'verb' && parsed.flags['all-namespaces'], true);
    assert.deepEqual(options('a', '-n', 'x', 'b').targets, ['a', 'b']);
  });

  it('keeps numbers, dots and dashes as they are written', () => {
    const got = options('007', '-l', 'a.b/c=1.0', '--', '-x');
    assert.deepEqual(got.targets, ['007', '-x']);
  });

  it('reads durations and causes', () => {
    assert.equal(options('--since', '1h30m').sinceMs, 5_400_000);
    assert.equal(options('--request-timeout', '90').connection.requestTimeoutMs, 90_000);
    assert.deepEqual(options('--cause', 'tagnotfound,Forbidden').causes, ['TagNotFound', 'Forbidden']);
  });

  const wrong: [string[], RegExp][] = [
    [['--nope'], /^unknown flag: --nope/],
    [['-x'], /^unknown shorthand flag: 'x' in -x/],
    [['--namespace'], /^flag needs an argument: --namespace/],
    [['-o', 'xml'], /one of wide, json, yaml, name/],
    [['--all-namespaces=maybe'], /true or false/],
    [['--since', 'yesterday'], /a duration such as/],
    [['--cause', 'TagNotFund'], /did you mean TagNotFound/],
    [['-A', 'web'], /^a resource cannot be retrieved by name across all namespaces$/],
    [['web', '-l', 'a=b'], /a name and a selector/],
  ];
  for (const [argv, text] of wrong) {
    it(`refuses ${argv.join(' ')}`, () => {
      assert.throws(() => options(...argv), (e) => e instanceof UsageError && text.test(e.message));
    });
  }

  it('asks for help and version without a verb, and with one', () => {
    assert.deepEqual(parseCommandLine([]), { kind: 'help', verb: null });
    assert.deepEqual(parseCommandLine(['--help']), { kind: 'help', verb: null });
    assert.deepEqual(parseCommandLine(['describe', 'x', '-h']), { kind: 'help', verb: 'describe' });
    assert.deepEqual(parseCommandLine(['help', 'explain']), { kind: 'help', verb: 'explain' });
    assert.deepEqual(parseCommandLine(['--version']), { kind: 'version' });
    assert.throws(() => parseCommandLine(['descrbe']), /did you mean "describe"/);
    assert.throws(() => parseCommandLine(['--nope']), /unknown flag: --nope/);
  });

  it('joins the words of a message that was not quoted', () => {
    const parsed = parseCommandLine(['explain', 'pull', 'QPS', 'exceeded']);
    assert.equal(parsed.kind, 'verb');
    if (parsed.kind === 'verb') {
      assert.equal(explainOptions(parsed.args, parsed.flags).text, 'pull QPS exceeded');
    }
  });
});
