/** The built program as a user starts it: the launcher in dist/, a process of its own, real pipes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import vm from 'node:vm';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LAUNCHER = path.join(ROOT, 'dist/kubectl-imagepull');
const DUMP = ['extra-pods', 'extra-events'].flatMap((name) => ['-f', `test/dumps/${name}.json`]);
const VERSION = new RegExp(
  `^kubectl-imagepull v${JSON.parse(readText('package.json')).version} \\(commit \\S+, \\w+/\\w+, Node ${process.versions.node}\\)\\n$`,
);

function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], input: string | Buffer = ''): Result {
  const env = { ...process.env, KUBECONFIG: path.join(ROOT, 'no-such-kubeconfig'), NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env,
    input,
    timeout: 15_000,
  });
  return { status, stdout, stderr };
}

/** One line for a person, and nothing of our insides. */
function assertOneClearLine({ stderr }: Result): void {
  // kubectl has no `error:` before this one either.
  assert.match(stderr, /^(?:error: \S|The connection to the server \S)/);
  assert.doesNotMatch(stderr, /^\s+at /m);
  assert.doesNotMatch(stderr, /node:internal|\.cjs:\d/);
}

describe('the built program', function () {
  this.slow(2000);
  let folder = '';

  before(function () {
    // The launcher of Windows is a batch file; it is checked where Windows is.
    if (process.platform === 'win32') this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-'));
  });

  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  it('shows its help and its version', () => {
    const help = run(LAUNCHER, ['--help']);
    assert.equal(help.status, 0, help.stderr);
    assert.match(help.stdout, /kubectl imagepull describe/);
    assert.equal(help.stderr, '');
    assert.match(run(LAUNCHER, ['--version']).stdout, VERSION);
  });

  it('describes saved objects', () => {
    const { status, stdout, stderr } = run(LAUNCHER, ['describe', '-A', ...DUMP]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /RateLimited/);
    assert.match(stdout, /ConnectionRefused/);
    assert.match(stdout, /TlsUntrusted/);
  });

  it('reads saved objects from a pipe, and writes JSON', () => {
    const pods = readText('test/dumps/extra-pods.json');
    const { status, stdout, stderr } = run(LAUNCHER, ['describe', '-f', '-', '-o', 'json'], pods);
    assert.equal(status, 0, stderr);
    const list = JSON.parse(stdout);
    assert.equal(list.kind, 'PullFailureList');
    assert.ok(list.items.length > 0);
  });

  it('explains a message', () => {
    const { status, stdout, stderr } = run(LAUNCHER, [
      'explain',
      'Failed to pull image "a.test/b:1": no match for platform in manifest: not found',
    ]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /PlatformMismatch/);
  });

  it('starts through a symbolic link, and through a link to that', () => {
    const link = path.join(folder, 'kubectl-imagepull');
    symlinkSync(LAUNCHER, link);
    mkdirSync(path.join(folder, 'bin'));
    const second = path.join(folder, 'bin/kubectl-imagepull');
    symlinkSync('../kubectl-imagepull', second);
    for (const command of [link, second]) {
      const { status, stderr } = run(command, ['--version']);
      assert.equal(status, 0, stderr);
    }
  });

  it('starts without its code cache, and with one of another V8', () => {
    for (const name of ['kubectl-imagepull.cjs', 'start.cjs']) {
      copyFileSync(path.join(ROOT, 'dist', name), path.join(folder, name));
    }
    const start = path.join(folder, 'start.cjs');
    const without = run(process.execPath, [start, '--version']);
    writeFileSync(path.join(folder, 'start.help.codecache'), Buffer.alloc(1000, 7));
    const foreign = run(process.execPath, [start, '--version']);
    for (const { status, stdout, stderr } of [without, foreign]) {
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      assert.match(stdout, VERSION);
    }
  });

  for (const name of ['help', 'describe', 'cluster', 'explain', 'complete']) {
    it(`has a code cache for ${name} that its Node takes`, () => {
      const dist = path.join(ROOT, 'dist');
      const script = new vm.Script(
        Module.wrap(readFileSync(path.join(dist, 'kubectl-imagepull.cjs'), 'latin1')),
        { cachedData: readFileSync(path.join(dist, `start.${name}.codecache`)) },
      );
      assert.equal(script.cachedDataRejected, false);
      assert.match(readText('dist/start.cjs'), new RegExp(`'${name}'`), 'nothing asks for it');
    });
  }

  it('says nothing when its reader goes away', () => {
    const command = `"$0" describe -A -o yaml ${DUMP.join(' ')} | head -n 1`;
    const { status, stdout, stderr } = run('/bin/sh', ['-c', command, LAUNCHER]);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.equal(stdout.split('\n').length, 2);
  });

  it('writes a long answer whole into a pipe', () => {
    const all = ['describe', '-A', '-o', 'json', '-f', 'test/dumps/modern-pods.json'];
    const { status, stdout, stderr } = run(LAUNCHER, all);
    assert.equal(status, 0, stderr);
    assert.ok(stdout.length > 65_536, `${stdout.length} characters are no test of a pipe`);
    assert.ok(JSON.parse(stdout).items.length > 50);
  });

  /** What is wrong, the arguments, standard input, the exit code. */
  const faults: readonly (readonly [string, readonly string[], string | Buffer, number])[] = [
    ['an unknown flag', ['describe', '--colour-me'], '', 2],
    ['an unknown verb', ['decsribe'], '', 2],
    ['a missing file', ['describe', '-f', 'no-such-file.json'], '', 1],
    ['truncated JSON', ['describe', '-f', '-'], '{"kind": "Pod", "metadata": {', 1],
    ['a binary file', ['describe', '-f', '-'], Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 255]), 1],
    ['no kubeconfig', ['describe', 'web'], '', 1],
  ];
  for (const [what, args, input, code] of faults) {
    it(`answers ${what} with one clear line and ${code}`, () => {
      const result = run(LAUNCHER, args, input);
      assert.equal(result.status, code, result.stderr);
      assertOneClearLine(result);
      assert.equal(result.stdout, '');
    });
  }

  describe('without the Node of the checkout', () => {
    const dist = () => path.join(folder, 'alone');
    const launch = (...nodes: string[]) => {
      mkdirSync(dist(), { recursive: true });
      const bin = path.join(folder, 'path');
      rmSync(bin, { recursive: true, force: true });
      mkdirSync(bin);
      for (const name of ['kubectl-imagepull', 'kubectl-imagepull.cjs', 'start.cjs']) {
        copyFileSync(path.join(ROOT, 'dist', name), path.join(dist(), name));
      }
      for (const script of nodes) writeFileSync(path.join(bin, 'node'), script, { mode: 0o755 });
      return spawnSync('/bin/sh', [path.join(dist(), 'kubectl-imagepull'), '--version'], {
        encoding: 'utf8',
        env: { PATH: bin },
      });
    };

    it('takes the node on PATH', () => {
      const { status, stdout, stderr } = launch(`#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
      assert.equal(status, 0, stderr);
      assert.match(stdout, VERSION);
    });

    for (const old of ['v20.20.2', 'v22.18.0', 'v8.17.0']) {
      it(`refuses ${old} in one line`, () => {
        const { status, stderr } = launch(`#!/bin/sh\necho ${old}\n`);
        assert.equal(status, 1);
        assert.match(stderr, new RegExp(`^error: .*Node 22\\.19 or newer, found ${old}: .*\\n$`));
      });
    }

    it('says so where there is none', () => {
      const { status, stderr } = launch();
      assert.equal(status, 1);
      assert.match(stderr, /^error: .*needs Node 22\.19 or newer: run 'npm ci' in the checkout\n$/);
    });
  });
});
