/** The packed binary on the real cluster: installed by the real krew from its archive, started by kubectl. */
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { archiveName, isHost, TARGETS } from '../../scripts/pack/targets.ts';
import { krewManifest, readSums } from '../../scripts/release/manifest.ts';
import { BINARY, PLUGIN } from '../../src/words/plugin.ts';
import { TOOLS } from '../krew/tools.ts';
import { run } from './help/commands.ts';
import { apply, ownNamespace, pod, waitUntilFailing } from './help/objects.ts';
import { HOSTS } from './up/settings.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PACK = path.join(ROOT, 'dist/pack');

describe('cluster: the plugin as krew installs it', () => {
  const namespace = ownNamespace('krew');
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-krew-'));
  const root = path.join(folder, 'krew');
  const env = {
    KREW_ROOT: root,
    KREW_NO_UPGRADE_CHECK: '1',
    PATH: [path.join(root, 'bin'), TOOLS, process.env['PATH'] ?? ''].join(path.delimiter),
  };

  before(async function () {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    const target = TARGETS.find(isHost);
    const archive = target && path.join(PACK, archiveName(version, target));
    if (archive === undefined || !existsSync(archive) || !existsSync(TOOLS)) {
      // `npm run pack && npm run test:krew` makes both.
      this.skip();
    }
    const sums = readSums(readFileSync(path.join(PACK, 'checksums.txt'), 'utf8'));
    const manifest = path.join(folder, 'krew-manifest.yaml');
    writeFileSync(manifest, krewManifest(version, sums));
    const args = ['krew', 'install', `--manifest=${manifest}`, `--archive=${archive}`];
    const { code, stderr } = await run('kubectl', args, { env });
    assert.equal(code, 0, stderr);
    await apply(namespace, pod('web', `${HOSTS.open.name}/public/app:nope`));
    await waitUntilFailing(namespace, 1);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('names the cause of a pod that does not pull', async () => {
    assert.ok(realpathSync(path.join(root, 'bin', BINARY)).startsWith(realpathSync(root)));
    const args = [PLUGIN, 'describe', 'web', '-n', namespace];
    const { code, stdout, stderr } = await run('kubectl', args, { env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /TagNotFound/);
    process.stdout.write(stdout);
  });
});
