/** Completion as a user has it: the built program behind its link, the real kubectl, real shells at a terminal. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type ApiServer, dumpFiles, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { openTerminal, type Terminal } from '../rig/terminal.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LAUNCHER = path.join(ROOT, 'dist/kubectl-imagepull');
const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion';
/** A machine that is busy with other tests may miss the time limit: so often it is asked again. */
const TRIES = 5;

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;
const hasKubectl = spawnSync('kubectl', ['version', '--client']).error === undefined;

describe('completion in the shell', function () {
  this.timeout(60_000);
  this.slow(5000);
  let folder: TempFolder;
  let server: ApiServer;
  let env: NodeJS.ProcessEnv = {};

  before(async function () {
    // The launcher of Windows is a batch file; what it starts is tested everywhere.
    if (process.platform === 'win32') this.skip();
    folder = tempFolder();
    server = await startApiServer({ dumps: dumpFiles(path.join(ROOT, 'test/dumps'), 'modern') });
    const kubeconfig = path.join(folder.path, 'config');
    server.writeKubeconfig(kubeconfig);
    folder.write('work/manifest.yaml', '');
    const bin = path.join(folder.path, 'bin');
    mkdirSync(bin);
    symlinkSync(LAUNCHER, path.join(bin, 'kubectl-imagepull'));
    // As `completion` tells.
    symlinkSync('kubectl-imagepull', path.join(bin, 'kubectl_complete-imagepull'));
    env = {
      ...process.env,
      HOME: folder.path,
      KUBECONFIG: kubeconfig,
      PATH: `${bin}${path.delimiter}${process.env['PATH']}`,
    };
    delete env['NODE_OPTIONS'];
  });
  after(async () => {
    await server?.close();
    folder?.remove();
  });

  /** Not `spawnSync`: the API server answers from this very process. */
  async function answer(command: string, args: readonly string[]) {
    const child = spawn(command, args, { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const closed = once(child, 'close');
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = await closed;
    return { status, stdout, stderr };
  }

  /** Until names came: the limit is for a person, not for a machine that runs all tests at once. */
  async function answerWithNames(command: string, args: readonly string[], name: string) {
    let last = await answer(command, args);
    for (let i = 1; i < TRIES && !last.stdout.includes(name); i++)
      last = await answer(command, args);
    return last;
  }

  /** Milliseconds of the fastest of a few runs. */
  async function timed(command: string, args: readonly string[]): Promise<number> {
    let fastest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3; i++) {
      const began = performance.now();
      await answer(command, args);
      fastest = Math.min(fastest, performance.now() - began);
    }
    return Math.round(fastest);
  }

  describe('through the link', () => {
    it('offers the verbs', async () => {
      const { status, stdout, stderr } = await answer('kubectl_complete-imagepull', ['']);
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, /^describe\tShow .*\n/);
      assert.match(stdout, /\n:4\n$/);
    });

    it('offers the pods of the cluster', async () => {
      const args = ['describe', 'agent-'];
      const pods = await answerWithNames('kubectl_complete-imagepull', args, 'agent-onyx');
      assert.equal(pods.stderr, '');
      assert.match(pods.stdout, /^agent-amber\tImagePullBackOff\n.*\nagent-hazel\n:36\n$/s);
    });

    it('says the same when asked by its hidden word', async () => {
      assert.deepEqual(
        await answer('kubectl-imagepull', ['__complete', 'describe', '-o', 'j']),
        await answer('kubectl_complete-imagepull', ['describe', '-o', 'j']),
      );
    });

    it('ends with 0 and a word of its own in no case', async () => {
      for (const args of [[], ['x'], ['describe', '--context', 'nope', ''], ['-n', '']]) {
        const { status, stdout, stderr } = await answer('kubectl_complete-imagepull', args);
        assert.deepEqual([status, stderr], [0, '']);
        assert.match(stdout, /:\d+\n$/);
      }
    });

    it('keeps the prompt of a login plugin from the line that is typed', async () => {
      const exec = {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'sh',
        args: ['-c', 'echo Open this page >&2; sleep 2'],
        interactiveMode: 'IfAvailable',
      };
      const cluster = { server: server.url, 'insecure-skip-tls-verify': true };
      const config = {
        'current-context': 'x',
        clusters: [{ name: 'c', cluster }],
        users: [{ name: 'u', user: { exec } }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      };
      const file = folder.write('exec', JSON.stringify(config));
      const args = ['describe', '--kubeconfig', file, 'agent'];
      const { status, stdout, stderr } = await answer('kubectl_complete-imagepull', args);
      assert.deepEqual([status, stdout, stderr], [0, ':36\n', '']);
    });

    it('needs not more than 150 ms where the machine is free', async function () {
      this.retries(TRIES);
      const bare = await timed(process.execPath, ['-e', '0']);
      // A busy machine starts Node itself too slowly to tell anything.
      if (bare > 60) this.skip();
      const took = await timed('kubectl_complete-imagepull', ['describe', '']);
      assert.ok(took <= 150, `${took} ms`);
    });

    it('needs not much more where the server does not answer', async function () {
      this.retries(TRIES);
      server.faults.push({ fault: { kind: 'silence' } });
      try {
        const took = await timed('kubectl_complete-imagepull', ['describe', '']);
        assert.ok(took <= 400, `${took} ms`);
      } finally {
        server.faults.length = 0;
      }
    });
  });

  describe('through kubectl', () => {
    before(function () {
      if (!hasKubectl) this.skip();
    });

    const words = (...typed: string[]) => ['__complete', 'imagepull', ...typed];
    const complete = async (...typed: string[]) =>
      (await answer('kubectl', words(...typed))).stdout;

    it('offers verbs, flags and values', async () => {
      assert.match(await complete(''), /^describe\t.*\n:4\n$/s);
      assert.match(await complete('describe', '--all'), /^--all-namespaces\t.*\n:4\n$/);
      assert.equal(await complete('decode', '-o', 'd'), 'dockerconfigjson\n:4\n');
      assert.equal(await complete('describe', '--context', 't'), 'token\n:4\n');
    });

    it('leaves files to the shell', async () => {
      assert.equal(await complete('describe', '-f', ''), ':0\n');
    });

    it('offers names', async () => {
      const pods = await answerWithNames('kubectl', words('describe', 'agent-a'), 'agent-amber');
      assert.equal(pods.stdout, 'agent-amber\tImagePullBackOff\n:36\n');
      const secrets = await answerWithNames('kubectl', words('decode', 'pull-ag'), 'pull-agent');
      assert.equal(secrets.stdout, 'pull-agent-onyx\n:36\n');
    });
  });

  interface Row {
    readonly typed: string;
    readonly shown: RegExp;
  }
  /** What a shell makes of a Tab. */
  const rows = (program: string): readonly Row[] => [
    { typed: `${program} descr`, shown: /describe $/ },
    { typed: `${program} decode pull-ag`, shown: /decode pull-agent-onyx $/ },
    { typed: `${program} describe deploy/ren`, shown: /describe deploy\/renderer-opal $/ },
    { typed: `${program} decode -o dock`, shown: /-o dockerconfigjson $/ },
    { typed: `${program} decode --output=dock`, shown: /--output=dockerconfigjson $/ },
    { typed: `${program} describe -f mani`, shown: /-f manifest\.yaml $/ },
    { typed: `${program} verify statef`, shown: /verify statefulsets\/$/ },
    { typed: `${program} describe --context t`, shown: /--context token $/ },
  ];

  interface Shell {
    readonly name: string;
    readonly command: string;
    /** Why it cannot be tested here, or null. */
    readonly lacks: () => string | null;
    readonly setup: string;
    readonly program: string;
  }
  const script = () =>
    process.platform === 'linux' && has('script') ? null : 'script of util-linux';
  const shells: readonly Shell[] = [
    {
      name: 'bash with kubectl',
      command: 'bash --noprofile --norc -i',
      lacks: () =>
        script() ??
        (hasKubectl ? null : 'kubectl') ??
        (existsSync(BASH_COMPLETION) ? null : 'bash-completion'),
      setup: `. ${BASH_COMPLETION}; . <(kubectl completion bash)`,
      program: 'kubectl imagepull',
    },
    {
      name: 'zsh with kubectl',
      command: 'zsh -f -i',
      lacks: () => script() ?? (hasKubectl ? null : 'kubectl') ?? (has('zsh') ? null : 'zsh'),
      setup: 'autoload -Uz compinit; compinit -D; . <(kubectl completion zsh)',
      program: 'kubectl imagepull',
    },
    {
      name: 'bash alone',
      command: 'bash --noprofile --norc -i',
      lacks: () => script() ?? (has('bash') ? null : 'bash'),
      setup: '. <(kubectl-imagepull completion bash)',
      program: 'kubectl-imagepull',
    },
    {
      name: 'zsh alone',
      command: 'zsh -f -i',
      lacks: () => script() ?? (has('zsh') ? null : 'zsh'),
      setup: 'autoload -Uz compinit; compinit -D; . <(kubectl-imagepull completion zsh)',
      program: 'kubectl-imagepull',
    },
  ];
  for (const shell of shells) {
    describe(`in ${shell.name}`, () => {
      let terminal: Terminal | undefined;

      before(async function () {
        const lacking = shell.lacks();
        if (lacking !== null) {
          this.test?.parent?.tests.forEach((test) => {
            test.title += ` (skipped: no ${lacking})`;
          });
          this.skip();
        }
        terminal = openTerminal(shell.command, { ...env, PWD: folder.path });
        terminal.type(`cd ${folder.path}/work; PS1='> '; ${shell.setup}; echo rea''dy\n`);
        await terminal.shows(/\nready\r*\n/);
      });
      after(async () => terminal?.close());

      for (const { typed, shown } of rows(shell.program)) {
        it(`${typed}<Tab>`, async () => {
          assert.ok(terminal);
          // Ctrl-U and a new line: what stood there before is gone.
          const from = terminal.length;
          terminal.type('\x15\n');
          await terminal.shows(/> $/, from);
          const at = terminal.length;
          terminal.type(typed);
          for (let i = 1; ; i++) {
            terminal.type('\t');
            try {
              await terminal.shows(shown, at, 2000);
              return;
            } catch (error) {
              if (i === TRIES) throw error;
            }
          }
        });
      }
    });
  }

  describe('in fish alone', () => {
    it('offers names with what is said of them', async function () {
      if (!has('fish')) this.skip();
      const fish = (line: string) => [
        '--no-config',
        '-c',
        `kubectl-imagepull completion fish | source; complete -C '${line}'`,
      ];
      const pods = fish('kubectl-imagepull describe agent-');
      const { stdout } = await answerWithNames('fish', pods, 'agent-onyx');
      assert.match(stdout, /^agent-amber\tImagePullBackOff\n/);
      const value = await answer('fish', fish('kubectl-imagepull decode --output=d'));
      assert.equal(value.stdout, '--output=dockerconfigjson\n');
      const verbs = await answer('fish', fish('kubectl-imagepull '));
      assert.match(verbs.stdout, /^describe\tShow /);
      const files = await answer('fish', fish('kubectl-imagepull explain -f package.j'));
      assert.equal(files.stdout, 'package.json\n');
    });
  });

  describe('in PowerShell alone', () => {
    it('offers names', async function () {
      if (!has('pwsh')) this.skip();
      const line = 'kubectl-imagepull describe agent-';
      const command =
        'kubectl-imagepull completion powershell | Out-String | Invoke-Expression; ' +
        `(TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText`;
      const args = ['-NoProfile', '-Command', command];
      const { stdout } = await answerWithNames('pwsh', args, 'agent-onyx');
      assert.match(stdout, /^agent-amber\n/);
    });
  });
});
