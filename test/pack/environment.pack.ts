/** The packed binary of this machine in environments that users have: none may break it. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type ApiServer, dumpFiles, startApiServer } from '../rig/api-server.ts';
import { HOST, plainEnv, type Ran, ROOT, unpacked } from './programs.ts';

const ALL = ['describe', '-A', '-o', 'json', '-f', path.join(ROOT, 'test/dumps/modern-pods.json')];
const POSIX = process.platform !== 'win32';

type Env = Readonly<Record<string, string | undefined>>;

describe('packed, in the environment of a user', function () {
  this.timeout(30_000);
  this.slow(3000);
  let binary = '';
  let folder = '';

  before(() => {
    assert.ok(HOST, `no binary for ${process.platform} ${process.arch}`);
    binary = unpacked(HOST);
    folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-env-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(args: readonly string[], env: Env = {}, cwd = ROOT): Ran {
    const { status, stdout, stderr } = spawnSync(binary, args, {
      cwd,
      env: { ...plainEnv(), ...env },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      timeout: 20_000,
    });
    return { status, stdout, stderr };
  }

  /** By a shell, for what cannot be said to spawn. `$0` is the binary. */
  function sh(script: string, env: Env = {}, ...args: string[]): Ran {
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', script, binary, ...args], {
      cwd: ROOT,
      env: { ...plainEnv(), ...env },
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, stdout, stderr };
  }

  const explains = (ran: Ran) => {
    assert.equal(ran.status, 0, ran.stderr);
    assert.match(ran.stdout, /^TagNotFound: /);
  };

  for (const options of [
    '--no-such-flag',
    '--max-old-space-size=4096',
    '--require=/no/such/file.js',
    '--inspect-brk=0',
  ]) {
    it(`takes no notice of NODE_OPTIONS=${options}`, () => {
      const ran = run(['explain', 'TagNotFound'], { NODE_OPTIONS: options });
      explains(ran);
      assert.equal(ran.stderr, '');
    });
  }

  it('works with NODE_EXTRA_CA_CERTS of a file that is gone', () => {
    explains(run(['explain', 'TagNotFound'], { NODE_EXTRA_CA_CERTS: '/no/such/ca.pem' }));
  });

  it('works without HOME, and writes nothing into one that is read-only', () => {
    const home = path.join(folder, 'home');
    mkdirSync(home);
    chmodSync(home, 0o555);
    const without = { HOME: undefined, USERPROFILE: undefined };
    for (const env of [without, { HOME: '/no/such/home' }, { HOME: home, USERPROFILE: home }]) {
      const ran = run(['explain', 'TagNotFound'], env);
      explains(ran);
      assert.equal(ran.stderr, '');
      const files = run(ALL, env);
      assert.equal(files.status, 0, files.stderr);
    }
    // root may write anywhere, so what was written counts.
    assert.deepEqual(readdirSync(home), []);
  });

  it('writes a long answer whole into a pipe that is read late', async () => {
    const child = spawn(binary, ALL, { env: plainEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const [stdout, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    assert.equal(status, 0);
    assert.ok(stdout.length > 200_000, `${stdout.length} characters are no test of a pipe`);
    assert.ok(JSON.parse(stdout).items.length > 50);
  });

  describe('on a system with a POSIX shell', () => {
    before(function () {
      if (!POSIX) this.skip();
    });

    it('says nothing when its reader goes away', () => {
      const { status, stdout, stderr } = sh('"$0" "$@" | head -n 1', {}, ...ALL);
      assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '{\n', stderr: '' });
    });

    it('works in a folder that was deleted', () => {
      const gone = path.join(folder, 'gone');
      const script = 'mkdir "$1" && cd "$1" && rmdir "$1" && shift && "$0" "$@"';
      const { status, stdout, stderr } = sh(script, {}, gone, ...ALL);
      assert.equal(status, 0, stderr);
      assert.ok(JSON.parse(stdout).items.length > 50);
      const missing = sh(script, {}, gone, 'describe', '-f', 'pods.json');
      assert.equal(missing.stderr, 'error: pods.json: no such file or folder\n');
      assert.equal(missing.status, 1);
    });

    it('works with a closed standard input', () => {
      explains(sh('"$0" explain TagNotFound <&-'));
      const { status, stderr } = sh('"$0" describe -f - <&-');
      assert.equal(status, 1);
      assert.match(stderr, /^error: [^\n]+\n$/);
    });

    it('works with a closed standard error', () => {
      explains(sh('"$0" explain TagNotFound 2>&-'));
    });

    it('opens no debugger on SIGUSR1', async () => {
      const child = spawn(binary, ['describe', '-f', '-'], {
        env: plainEnv(),
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const said = text(child.stderr);
      await new Promise((resolve) => setTimeout(resolve, 700));
      child.kill('SIGUSR1');
      await new Promise((resolve) => setTimeout(resolve, 500));
      child.stdin.destroy();
      child.kill('SIGKILL');
      assert.doesNotMatch(await said, /Debugger|127\.0\.0\.1:9229/);
    });
  });

  describe('with a server that has a certificate of its own CA', () => {
    let api: ApiServer;
    let kubeconfig = '';

    before(async () => {
      api = await startApiServer({ dumps: dumpFiles(path.join(ROOT, 'test/dumps'), 'modern') });
      kubeconfig = path.join(folder, 'kubeconfig');
      writeFileSync(
        kubeconfig,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [{ name: 'c', cluster: { server: api.url } }],
          users: [{ name: 'u', user: { token: 'test-token' } }],
          contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
          'current-context': 'x',
        }),
      );
    });

    after(() => api.close());

    it('sends no token to it untrusted, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
      const env = { ...plainEnv(), KUBECONFIG: kubeconfig, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
      const child = spawn(binary, ['describe', 'agent-onyx'], { env });
      const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      assert.equal(status, 1);
      assert.match(stderr, /certificate/);
      assert.doesNotMatch(stderr, /Warning/);
      assert.equal(api.requests.length, 0);
    });

    it("asks it without a word of Node's own where it is trusted", async () => {
      const trusted = path.join(folder, 'trusted');
      api.writeKubeconfig(trusted);
      const loud = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_USE_ENV_PROXY: '1' };
      const env = { ...plainEnv(), KUBECONFIG: trusted, ...loud };
      const child = spawn(binary, ['describe', 'agent-onyx', '-n', 'shop'], {
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      assert.equal(status, 0, stderr);
      assert.doesNotMatch(stderr, /Warning/);
      assert.notEqual(api.requests.length, 0);
    });
  });
});
