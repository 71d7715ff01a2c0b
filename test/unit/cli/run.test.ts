import assert from 'node:assert/strict';
import { EXIT_CODES } from '../../../src/cli/exit-codes.ts';
import { flagsOf } from '../../../src/cli/flags.ts';
import { run } from '../../../src/cli/run.ts';
import { VERBS } from '../../../src/cli/verbs.ts';
import { testWorld } from '../../rig/world.ts';

async function runIn(world: ReturnType<typeof testWorld>, ...argv: string[]) {
  const code = await run(argv, world);
  return { code, out: world.outText(), err: world.errText() };
}

const result = (...argv: string[]) => runIn(testWorld(), ...argv);

describe('the command', () => {
  it('says its version', async () => {
    const { code, out, err } = await result('--version');
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^kubectl-imagepull v\d+\.\d+\.\d+\S*\n$/);
  });

  for (const argv of [[], ['--help'], ['-h'], ['help'], ['-n', 'x'], ['help', '--help']]) {
    it(`shows its help for ${JSON.stringify(argv)}`, async () => {
      const { code, out, err } = await result(...argv);
      assert.deepEqual([code, err], [0, '']);
      for (const verb of VERBS) assert.ok(out.includes(`\n  ${verb.name} `), verb.name);
      for (const exit of EXIT_CODES) assert.ok(out.includes(exit.meaning), exit.meaning);
      assert.match(out, /\nUsage:\n {2}kubectl imagepull COMMAND \[flags\]\n/);
    });
  }

  for (const verb of VERBS) {
    for (const argv of [
      [verb.name, '--help'],
      [verb.name, 'x', '-h', '--color=nonsense'],
      ['--help', verb.name],
      ['help', verb.name],
    ]) {
      it(`shows the help of ${verb.name} for ${argv.join(' ')}`, async () => {
        const { code, out, err } = await result(...argv);
        assert.deepEqual([code, err], [0, '']);
        assert.ok(out.startsWith(`${verb.summary}.\n`));
        assert.ok(out.includes(`kubectl imagepull ${verb.usage}\n`));
        for (const flag of flagsOf(verb.name)) assert.ok(out.includes(`--${flag.name}`), flag.name);
        for (const { comment, command } of verb.examples) {
          assert.ok(out.includes(`  # ${comment}\n  ${command}\n`), command);
        }
        assert.doesNotMatch(out, /[ \t]\n/);
      });
    }
  }

  const wrong: [string[], string][] = [
    [
      ['descrbe'],
      'error: unknown command "descrbe" for "kubectl imagepull", did you mean "describe"?\n' +
        "See 'kubectl imagepull --help' for usage.\n",
    ],
    [
      ['x\x1b[2J'],
      'error: unknown command "x^[[2J" for "kubectl imagepull"\n' +
        "See 'kubectl imagepull --help' for usage.\n",
    ],
    [
      ['describe', '--nope'],
      'error: unknown flag: --nope\n' + "See 'kubectl imagepull describe --help' for usage.\n",
    ],
    [
      ['describe', 'web', '-A'],
      'error: a resource cannot be retrieved by name across all namespaces\n',
    ],
    [
      ['describe', 'web', '-l', 'a=b'],
      'error: name cannot be provided when a selector is specified\n',
    ],
    [
      ['describe', '-n'],
      "error: flag needs an argument: 'n' in -n\nSee 'kubectl imagepull describe --help' for usage.\n",
    ],
  ];
  for (const [argv, text] of wrong) {
    it(`refuses ${JSON.stringify(argv)} with 2`, async () => {
      assert.deepEqual(await result(...argv), { code: 2, out: '', err: text });
    });
  }

  it('ends with 130 and in silence when it was stopped', async () => {
    const world = testWorld({ signal: AbortSignal.abort() });
    assert.deepEqual(await runIn(world, 'describe'), { code: 130, out: '', err: '' });
  });

  it('does not wait for a verb that hangs once it is stopped', async () => {
    const stop = new AbortController();
    const world = {
      ...testWorld({ signal: stop.signal }),
      stdin: { isTTY: false, read: () => new Promise<Buffer>(() => {}), line: async () => '' },
    };
    setTimeout(() => stop.abort(), 20);
    assert.equal(await run(['describe', '-f', '-'], world), 130);
  });
});

describe('exit codes', () => {
  it('are each in the table once', () => {
    assert.deepEqual(
      EXIT_CODES.map((exit) => exit.code),
      [0, 1, 2, 3, 4, 130],
    );
  });
});
