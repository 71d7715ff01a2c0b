/** The npm package: one package, nothing else comes along, and the command starts the bundle. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { npmCommand } from '../../scripts/pack/npm.ts';
import { dumpFiles, startApiServer } from '../rig/api-server.ts';
import { PACK, plainEnv, ROOT, VERSION } from './programs.ts';

const NAME = 'kubectl-imagepull';
const MAX_INSTALLED = 5_000_000;

function npm(words: readonly string[], cwd: string) {
  const flags = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const { command, args, shell } = npmCommand([...words, ...flags]);
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    shell,
    encoding: 'utf8',
    env: { ...plainEnv(), npm_config_cache: path.join(cwd, 'npm-cache') },
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(path.join(folder, name)))
    .filter((found) => found.isFile())
    .reduce((total, { size }) => total + size, 0);
}

describe('the npm package', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let folder = '';
  let installed = '';

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-npm-'));
    writeFileSync(path.join(folder, 'package.json'), '{"private": true}\n');
    npm(['install', path.join(PACK, `${NAME}-${VERSION}.tgz`)], folder);
    installed = path.join(folder, 'node_modules', NAME);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const entry = () => path.join(installed, `${NAME}.cjs`);
  const runNode = (args: readonly string[]) =>
    spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', env: plainEnv() });

  it('is one package, and small', () => {
    const { packages } = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8'));
    assert.deepEqual(Object.keys(packages), ['', `node_modules/${NAME}`]);
    const entries = readdirSync(path.join(folder, 'node_modules')).filter(
      (n) => !n.startsWith('.'),
    );
    assert.deepEqual(entries, [NAME]);
    const size = sizeOf(installed);
    assert.ok(size < MAX_INSTALLED, `${size} bytes`);
  });

  it('has no dependency and no script', () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    for (const field of Object.keys(manifest)) {
      assert.doesNotMatch(field, /dependencies|scripts|private/i);
    }
    assert.equal(manifest.version, VERSION);
    assert.deepEqual(manifest.bin, { [NAME]: `${NAME}.cjs` });
    assert.deepEqual(readdirSync(installed).toSorted(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES',
      'bundle.cjs',
      `${NAME}.cjs`,
      'package.json',
    ]);
  });

  it('brings the command', () => {
    const command = path.join(folder, 'node_modules/.bin', NAME);
    const { status, stdout, stderr } = spawnSync(command, ['--version'], {
      encoding: 'utf8',
      env: { ...plainEnv(), PATH: path.dirname(process.execPath) },
      shell: process.platform === 'win32',
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, new RegExp(`^${NAME} v${VERSION} `));
  });

  it('describes saved objects', () => {
    const { status, stdout } = runNode([
      entry(),
      'describe',
      '-A',
      ...['extra-pods', 'extra-events'].flatMap((n) => ['-f', `test/dumps/${n}.json`]),
    ]);
    assert.equal(status, 0);
    assert.match(stdout, /RateLimited/);
  });

  it("asks a cluster without a word of Node's own, whatever the environment says", async () => {
    const api = await startApiServer({ dumps: dumpFiles(path.join(ROOT, 'test/dumps'), 'modern') });
    try {
      const kubeconfig = path.join(folder, 'kubeconfig');
      api.writeKubeconfig(kubeconfig);
      const asked = ['describe', 'agent-onyx', '-n', 'shop', '--kubeconfig', kubeconfig];
      const child = spawn(process.execPath, [entry(), ...asked], {
        env: { ...plainEnv(), NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_USE_ENV_PROXY: '1' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
      assert.equal(status, 0, stderr);
      assert.doesNotMatch(stderr, /Warning/);
      assert.notEqual(api.requests.length, 0);
    } finally {
      await api.close();
    }
  });

  it('can be installed for all users of a machine', () => {
    const prefix = path.join(folder, 'global');
    mkdirSync(prefix);
    npm(
      ['install', '--global', '--prefix', prefix, path.join(PACK, `${NAME}-${VERSION}.tgz`)],
      folder,
    );
    const command = path.join(prefix, process.platform === 'win32' ? '' : 'bin', NAME);
    const { status, stderr } = spawnSync(command, ['--help'], {
      encoding: 'utf8',
      env: { ...plainEnv(), PATH: path.dirname(process.execPath) },
      shell: process.platform === 'win32',
    });
    assert.equal(status, 0, stderr);
  });

  for (const old of ['22.18.0', '12.22.12']) {
    it(`refuses Node ${old} in one line`, () => {
      const script = `Object.defineProperty(process.versions, 'node', { value: '${old}' });
        process.argv.splice(1, 1);
        require(${JSON.stringify(entry())});`;
      const { status, stdout, stderr } = runNode(['-e', script, 'x', '--version']);
      assert.equal(stderr, `error: kubectl-imagepull needs Node 22.19 or later, this is ${old}\n`);
      assert.equal(status, 1);
      assert.equal(stdout, '');
    });
  }
});
