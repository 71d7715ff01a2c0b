/**
 * The real krew with the archives of `npm run pack`: installing, running through kubectl, a whole life from a local
 * index, every platform, krew's own validator. Nothing reaches the network.
 */
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { krewProblems } from '../../scripts/krew.ts';
import {
  archiveName,
  binaryName,
  isHost,
  platformName,
  TARGETS,
} from '../../scripts/pack/targets.ts';
import { krewManifest, readSums } from '../../scripts/release/manifest.ts';
import { BINARY, PLUGIN } from '../../src/words/plugin.ts';
import { type FileServer, makePlace, type Place, serveFiles } from './rig.ts';
import { buildTools, hasGit, whatLacks } from './tools.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PACK = path.join(ROOT, 'dist/pack');
const DUMPS = path.join(ROOT, 'test/dumps');
const SAVED = ['pods', 'events', 'nodes', 'secrets', 'serviceaccounts'].flatMap((kind) => [
  '-f',
  path.join(DUMPS, `modern-${kind}.json`),
]);
const HOST = TARGETS.find(isHost);

describe('krew', function () {
  this.timeout(300_000);
  this.slow(10_000);
  let version = '';
  let sums = new Map<string, string>();
  let server: FileServer;
  let place: Place;

  before(async function () {
    const lacks = whatLacks();
    if (lacks !== null) {
      process.stdout.write(`  krew: skipped: ${lacks}\n`);
      this.skip();
    }
    const file = readFileSync(path.join(ROOT, 'package.json'), 'utf8');
    version = String(JSON.parse(file).version);
    sums = readSums(readFileSync(path.join(PACK, 'checksums.txt'), 'utf8'));
    for (const target of TARGETS) {
      const name = archiveName(version, target);
      assert.ok(existsSync(path.join(PACK, name)), `${name} is missing: npm run pack`);
    }
    buildTools();
    server = await serveFiles(PACK);
  });

  after(() => server?.close());

  beforeEach(() => {
    place = makePlace();
  });

  afterEach(() => place?.remove());

  /** The manifest with the sums of the archives, in a file; `base` as in `krewManifest`. */
  function manifestFile(name: string, base?: string, shown = version): string {
    const text = krewManifest(version, sums, base).replace(
      `version: v${version}`,
      `version: v${shown}`,
    );
    const file = path.join(place.folder, name);
    writeFileSync(file, text);
    return file;
  }

  function archive(): string {
    assert.ok(HOST);
    return path.join(PACK, archiveName(version, HOST));
  }

  const install = () =>
    place.must(
      'kubectl',
      'krew',
      'install',
      `--manifest=${manifestFile('krew-manifest.yaml')}`,
      `--archive=${archive()}`,
    );

  it('installs from one archive, without network and without an index', async () => {
    const said = await install();
    assert.match(said, /kubectl imagepull completion/);
    assert.deepEqual(server.asked, []);
    const link = path.join(place.root, 'bin', BINARY);
    assert.ok(lstatSync(link).isSymbolicLink());
    const there = path.dirname(realpathSync(link));
    assert.ok(there.endsWith(path.join('store', PLUGIN, `v${version}`)), there);
    for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES']) {
      assert.ok(existsSync(path.join(there, name)), name);
    }
  });

  it('is found and started by kubectl', async () => {
    await install();
    const { code, stdout, stderr } = await place.run('kubectl', [PLUGIN, '--version']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(stdout, new RegExp(`^${BINARY} v${version} `));
    assert.match(await place.must('kubectl', PLUGIN, '--help'), /kubectl imagepull describe/);
    const list = await place.run('kubectl', ['plugin', 'list', '--name-only']);
    // Other plugins of this machine are on PATH as well; none of ours may be warned of.
    assert.ok(list.stdout.split('\n').includes(BINARY), list.stdout + list.stderr);
    assert.doesNotMatch(list.stderr, new RegExp(BINARY));
  });

  it('describes a pod that does not pull, from krew’s own link', async () => {
    await install();
    const args = [PLUGIN, 'describe', 'agent-onyx', '-n', 'shop', ...SAVED];
    const { code, stdout, stderr } = await place.run('kubectl', args);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Unauthorized/);
  });

  it('is listed and uninstalled', async () => {
    await install();
    // Enough of an index for these two: no git is needed.
    mkdirSync(path.join(place.root, 'index/default/.git'), { recursive: true });
    assert.match(await place.must('kubectl', 'krew', 'list'), new RegExp(`\\b${PLUGIN}\\b`));
    await place.must('kubectl', 'krew', 'uninstall', PLUGIN);
    assert.ok(!existsSync(path.join(place.root, 'bin', BINARY)));
    assert.notEqual((await place.run('kubectl', [PLUGIN, '--version'])).code, 0);
  });

  it('is refused when the archive is not the one that was summed', async () => {
    const manifest = manifestFile('krew-manifest.yaml');
    const wrong = path.join(place.folder, 'wrong.tar.gz');
    writeFileSync(wrong, readFileSync(archive()).subarray(0, -1));
    const args = ['krew', 'install', `--manifest=${manifest}`, `--archive=${wrong}`];
    const { code, stderr } = await place.run('kubectl', args);
    assert.notEqual(code, 0);
    assert.match(stderr, /checksum does not match/);
  });

  it('lives a whole life from an index: update, search, info, install, upgrade, uninstall', async function () {
    if (!hasGit()) {
      process.stdout.write('  krew: from an index: skipped: no git\n');
      this.skip();
    }
    const index = path.join(place.folder, 'index');
    const plugins = path.join(index, 'plugins');
    mkdirSync(plugins, { recursive: true });
    const git = (...args: string[]) =>
      place.must('git', '-C', index, '-c', 'user.name=t', '-c', 'user.email=t@t.test', ...args);
    const publish = async (shown: string) => {
      const file = manifestFile('made.yaml', server.url, shown);
      writeFileSync(path.join(plugins, `${PLUGIN}.yaml`), readFileSync(file));
      await git('add', '.');
      await git('commit', '--quiet', '-m', shown);
    };
    await git('init', '--quiet');
    await publish(version);
    const krew = async (...args: string[]) => {
      const env = { KREW_DEFAULT_INDEX_URI: index };
      const { code, stdout, stderr } = await place.run('kubectl', ['krew', ...args], env);
      assert.equal(code, 0, stdout + stderr);
      return stdout + stderr;
    };
    await krew('update');
    const found = await krew('search', PLUGIN);
    assert.match(found, /Explain why container images fail to pull +no/);
    assert.match(await krew('info', PLUGIN), new RegExp(`VERSION: v${version}`));
    await krew('install', PLUGIN);
    assert.match(await place.must('kubectl', PLUGIN, '--version'), new RegExp(`v${version} `));
    await publish('99.0.0');
    await krew('update');
    await krew('upgrade', PLUGIN);
    assert.match(await krew('list'), new RegExp(PLUGIN));
    const target = realpathSync(path.join(place.root, 'bin', BINARY));
    assert.match(target, /v99\.0\.0/);
    await place.must('kubectl', PLUGIN, '--version');
    await krew('uninstall', PLUGIN);
    assert.ok(!existsSync(path.join(place.root, 'bin', BINARY)));
  });

  for (const target of TARGETS) {
    it(`installs for ${platformName(target)} from its address`, async () => {
      const manifest = manifestFile('krew-manifest.yaml', server.url);
      const env = { KREW_OS: target.os, KREW_ARCH: target.arch };
      const args = ['krew', 'install', `--manifest=${manifest}`];
      const { code, stdout, stderr } = await place.run('kubectl', args, env);
      assert.equal(code, 0, stdout + stderr);
      assert.equal(server.asked.at(-1), archiveName(version, target));
      const stored = path.join(place.root, 'store', PLUGIN, `v${version}`, binaryName(target));
      assert.equal(statSync(stored).mode & 0o111, 0o111);
      // krew names the link as Windows needs it.
      assert.ok(lstatSync(path.join(place.root, 'bin', binaryName(target))).isSymbolicLink());
    });
  }

  it('has a manifest that krew’s own validator takes, and ours', async () => {
    const manifest = manifestFile(`${PLUGIN}.yaml`, server.url);
    await place.must('validate-krew-manifest', '-manifest', manifest);
    const problems = krewProblems(readFileSync(manifestFile('x.yaml'), 'utf8'), {
      version,
      release: false,
    });
    assert.deepEqual(problems, []);
  });
});
