import assert from 'node:assert/strict';
import { EXIT_CODES } from '../../../src/cli/exit-codes.ts';
import { FLAGS, flagsOf } from '../../../src/cli/flags.ts';
import { run } from '../../../src/cli/run.ts';
import { VERBS } from '../../../src/cli/verbs.ts';
import { SHELLS } from '../../../src/words/completion.ts';
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
    assert.equal(
      out,
      'kubectl-imagepull v0.0.0-source (commit unknown, linux/amd64, Node 22.23.2)\n',
    );
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
      [verb.name, 'x', '-h', ...(verb.name === 'completion' ? [] : ['--color=nonsense'])],
      ['--help', verb.name],
      ['help', verb.name],
    ]) {
      it(`shows the help of ${verb.name} for ${argv.join(' ')}`, async () => {
        const { code, out, err } = await result(...argv);
        assert.deepEqual([code, err], [0, '']);
        assert.ok(out.startsWith(`${verb.summary}.\n`));
        for (const form of verb.usage) assert.ok(out.includes(`kubectl imagepull ${form}\n`), form);
        for (const { name, group } of flagsOf(verb.name)) {
          // Those that say how the cluster is reached are listed once, as kubectl does it.
          const listed = new RegExp(`^ {2}(?:-\\w, | {4})--${name}(?![\\w-])`, 'm').test(out);
          assert.equal(listed, group !== 'Cluster', name);
        }
        const asksCluster = flagsOf(verb.name).some(({ group }) => group === 'Cluster');
        assert.equal(out.includes('"kubectl imagepull options"'), asksCluster);
        for (const { comment, command } of verb.examples) {
          assert.ok(out.includes(`  # ${comment}\n  ${command}\n`), command);
        }
        assert.doesNotMatch(out, /[ \t]\n/);
      });
    }
  }

  for (const argv of [
    ['options'],
    ['options', '--help'],
    ['--help', 'options'],
    ['help', 'options'],
  ]) {
    it(`lists the flags of every cluster for ${argv.join(' ')}`, async () => {
      const { code, out, err } = await result(...argv);
      assert.deepEqual([code, err], [0, '']);
      assert.match(
        out,
        /^The following options can be passed to describe, verify, secrets, decode:\n/,
      );
      const listed = [...out.matchAll(/^ {2}(?:-\w,| {3}) --([\w-]+)/gm)].map((match) => match[1]);
      const own = FLAGS.filter(({ group }) => group === 'Cluster').map(({ name }) => name);
      assert.deepEqual(listed, own);
    });
  }

  describe('called by another name', () => {
    const texts = async (program: string, ...argv: string[]) => {
      const world = testWorld();
      await run(argv, world, program);
      return world.outText() + world.errText();
    };

    it('begins its usage lines with it', async () => {
      assert.match(
        await texts('imagepull', '--help'),
        /\nUsage:\n {2}imagepull COMMAND \[flags\]\n/,
      );
      const help = await texts('kubectl ip', 'describe', '--help');
      assert.match(help, /\nUsage:\n {2}kubectl ip describe /);
      assert.match(help, /Use "kubectl ip options" for a list/);
    });

    it('names it where the command line is wrong', async () => {
      assert.equal(
        await texts('imagepull', 'nope'),
        'error: unknown command "nope" for "imagepull"\nSee \'imagepull --help\' for usage.\n',
      );
      assert.match(
        await texts('imagepull', 'describe', '--nope'),
        /See 'imagepull describe --help'/,
      );
    });
  });

  describe('completion', () => {
    it('tells which link to make, of this system first', async () => {
      const link = `ln -s kubectl-imagepull \\\n    "$\{KREW_ROOT:-$HOME/.krew}/bin/kubectl_complete-imagepull"`;
      const linux = await result('completion');
      assert.equal(linux.code, 0);
      assert.ok(linux.out.includes(`\n  ${link}\n`));
      const windows = await runIn(testWorld({ platform: 'win32' }), 'completion');
      const file = windows.out.indexOf('kubectl_complete-imagepull.cmd');
      assert.ok(file > 0 && file < windows.out.indexOf(link));
      assert.ok(linux.out.includes('kubectl_complete-imagepull.cmd'));
    });

    for (const shell of SHELLS) {
      it(`prints a script for ${shell}`, async () => {
        const { code, out, err } = await result('completion', shell);
        assert.deepEqual([code, err], [0, '']);
        assert.ok(out.includes('kubectl-imagepull __complete'));
      });
    }

    for (const args of [['tcsh'], ['bash', 'zsh']]) {
      it(`knows no ${args.join(' ')}`, async () => {
        assert.deepEqual(await result('completion', ...args), {
          code: 2,
          out: '',
          err: 'error: completion takes one of bash, zsh, fish, powershell\n',
        });
      });
    }
  });

  const wrong: [string[], string][] = [
    [['options', 'x'], 'error: options takes no arguments\n'],
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
      [Buffer.from('{"auths":{"quay.io":{"auth":"YWxpY2U6czNjcjN0"}}}').toString('base64')],
      'error: unknown command "********" for "kubectl imagepull"\n' +
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

  describe('a word that is no command', () => {
    for (const [word, meant] of [
      ['desc', 'describe'],
      ['explian', 'explain'],
      ['secret', 'secrets'],
      ['version', '--version'],
      ['web-7d4b9c6f5-x2x9k', 'describe web-7d4b9c6f5-x2x9k'],
      ['deploy/web', 'describe deploy/web'],
    ] as const) {
      it(`${word}: did you mean ${meant}?`, async () => {
        const { code, err } = await result(word);
        assert.equal(code, 2);
        assert.ok(err.includes(`, did you mean "${meant}"?\n`), err);
      });
    }

    for (const word of ['get', 'd', 'nonsense', '../etc', 'a b-1']) {
      it(`${word}: nothing is near`, async () => {
        assert.doesNotMatch((await result(word)).err, /did you mean/);
      });
    }
  });
});
