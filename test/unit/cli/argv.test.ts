import assert from 'node:assert/strict';
import { readArgv } from '../../../src/cli/argv.ts';
import { FlagError } from '../../../src/cli/flag-error.ts';

describe('argv, as pflag reads it', () => {
  const describeCases: [string[], string[], string[]?][] = [
    [['-nprod'], ['--namespace=prod']],
    [['-n', 'prod'], ['--namespace=prod']],
    [['-n=prod'], ['--namespace=prod']],
    [['-n='], ['--namespace==']],
    [['-n', ''], ['--namespace=']],
    [['--namespace='], ['--namespace=']],
    [['--namespace', 'prod'], ['--namespace=prod']],
    [['--namespace=prod'], ['--namespace=prod']],
    [['-n', '-A'], ['--namespace=-A']],
    [['-ojson'], ['--output=json']],
    [['-Aowide'], ['--all-namespaces=true', '--output=wide']],
    [
      ['-Ao', 'wide'],
      ['--all-namespaces=true', '--output=wide'],
    ],
    [['-lapp=web'], ['--selector=app=web']],
    [['-l', 'app=web,tier!=db'], ['--selector=app=web,tier!=db']],
    [['-l=app=web'], ['--selector=app=web']],
    [['-fdump.json'], ['--filename=dump.json']],
    [['-f', '-'], ['--filename=-']],
    [['-f-'], ['--filename=-']],
    [['-A=false'], ['--all-namespaces=false']],
    [['-A', 'web'], ['--all-namespaces=true'], ['web']],
    [['--all-namespaces=F'], ['--all-namespaces=false']],
    [['--all-namespaces=1'], ['--all-namespaces=true']],
    [['--no-headers'], ['--no-headers=true']],
    [['--no-headers', 'false'], ['--no-headers=true'], ['false']],
    [['--since', '-5m'], ['--since=-5m']],
    [['--as-user-extra', 'a=b,c'], ['--as-user-extra=a=b,c']],
    [['--', '-n', '--help'], [], ['-n', '--help']],
    [['-'], [], ['-']],
    [['a', '-nx', 'b'], ['--namespace=x'], ['a', 'b']],
    [['-h'], ['--help=true']],
    [['-f', 'x\ny'], ['--filename=x\ny']],
    [['012', '1e3', 'a.b', '"q"'], [], ['012', '1e3', 'a.b', '"q"']],
  ];
  for (const [argv, flags, args = []] of describeCases) {
    it(`describe ${JSON.stringify(argv)}`, () => {
      assert.deepEqual(readArgv(['describe', ...argv]), { command: 'describe', args, flags });
    });
  }

  it('takes flags before the verb', () => {
    assert.deepEqual(readArgv(['-n', 'describe', '-A', 'describe', 'web']), {
      command: 'describe',
      args: ['web'],
      flags: ['--namespace=describe', '--all-namespaces=true'],
    });
  });

  const wrong: [string[], string, string | undefined][] = [
    [['describe', '--wrongly=secret'], 'unknown flag: --wrongly', 'describe'],
    [
      ['describe', '--namspace', 'x'],
      'unknown flag: --namspace, did you mean --namespace?',
      'describe',
    ],
    [['--wrongly'], 'unknown flag: --wrongly', undefined],
    [['describe', '-q'], "unknown shorthand flag: 'q' in -q", 'describe'],
    [['describe', '-Aq'], "unknown shorthand flag: 'q' in -Aq", 'describe'],
    [['describe', '-5'], "unknown shorthand flag: '5' in -5", 'describe'],
    [['describe', '-n'], "flag needs an argument: 'n' in -n", 'describe'],
    [['describe', '--namespace'], 'flag needs an argument: --namespace', 'describe'],
    [
      ['describe', '-A=foo'],
      'invalid argument "foo" for "-A, --all-namespaces" flag: must be true or false',
      'describe',
    ],
    [
      ['describe', '--no-headers='],
      'invalid argument "" for "--no-headers" flag: must be true or false',
      'describe',
    ],
    [['describe', '--=x'], 'bad flag syntax: --=x', 'describe'],
    [['describe', '---x'], 'bad flag syntax: ---x', 'describe'],
    [['describe', '--version'], 'unknown flag: --version', 'describe'],
    [['explain', '-n', 'x'], "unknown shorthand flag: 'n' in -n", 'explain'],
    [['-n', 'x', 'explain'], 'unknown flag: --namespace', 'explain'],
  ];
  for (const [argv, message, verb] of wrong) {
    it(`refuses ${JSON.stringify(argv)}`, () => {
      assert.throws(
        () => readArgv(argv),
        (error) => error instanceof FlagError && error.message === message && error.verb === verb,
      );
    });
  }
});
