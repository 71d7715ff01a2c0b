/** The archives of `npm run pack`: what is in them, and that each binary starts that can be started here. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { archiveName, binaryName, platformName, type Target } from '../../scripts/pack/targets.ts';
import { readSums } from '../../scripts/release/manifest.ts';
import {
  archiveOf,
  HOST,
  isDebian,
  PACK,
  PACKED,
  plainEnv,
  type Ran,
  ROOT,
  startOf,
  unpacked,
  VERSION,
} from './programs.ts';

/** Bytes. What a user waits for at `krew install`, and 402 plugins of krew-index are smaller. */
const MAX_ARCHIVE = 42_000_000;
const MESSAGE = 'Failed to pull image "a.test/b:1": no match for platform in manifest: not found';

/** Output goes to files: under wine a pipe of Linux is none that Windows knows. */
function start(target: Target, args: readonly string[]): Ran {
  const how = startOf(target);
  if ('why' in how) throw new Error(how.why);
  const files = ['stdout', 'stderr'].map((n) => path.join(path.dirname(unpacked(target)), n));
  const open = files.map((file) => openSync(file, 'w'));
  const [command = '', ...rest] = [...how.command, unpacked(target), ...args];
  const { status, error } = spawnSync(command, rest, {
    cwd: ROOT,
    env: { ...plainEnv(), ...how.env },
    stdio: ['ignore', ...open],
    timeout: 60_000,
  });
  for (const file of open) closeSync(file);
  if (error !== undefined) throw error;
  const [stdout = '', stderr = ''] = files.map((file) => readFileSync(file, 'utf8'));
  return { status, stdout, stderr };
}

describe('packed', function () {
  this.timeout(150_000);
  this.slow(10_000);

  it('is this machine’s binary at least', () => {
    assert.ok(HOST !== undefined && PACKED.includes(HOST), 'npm run pack comes first');
  });

  it('has a sum for every file that is there', () => {
    const sums = readSums(readFileSync(path.join(PACK, 'checksums.txt'), 'utf8'));
    for (const target of PACKED) assert.ok(sums.has(archiveName(VERSION, target)));
    for (const [name, sum] of sums) {
      const bytes = readFileSync(path.join(PACK, name));
      assert.equal(createHash('sha256').update(bytes).digest('hex'), sum, name);
    }
  });

  for (const target of PACKED) {
    describe(platformName(target), () => {
      it('is within its size', () => {
        const { size } = statSync(archiveOf(target));
        assert.ok(size <= MAX_ARCHIVE, `${size} bytes`);
      });

      it('holds three plain files, of which one can be executed', () => {
        const { stdout } = spawnSync('tar', ['-tvzf', archiveOf(target)], { encoding: 'utf8' });
        const entries = stdout
          .trim()
          .split('\n')
          .map((line) => line.split(/\s+/));
        assert.deepEqual(
          entries.map((entry) => [entry[0], entry.at(-1)]),
          [
            ['-rw-r--r--', 'LICENSE'],
            ['-rw-r--r--', 'THIRD-PARTY-NOTICES'],
            ['-rwxr-xr-x', binaryName(target)],
          ],
        );
      });

      it('brings the licences of what it is made of', () => {
        const folder = path.dirname(unpacked(target));
        const notices = readFileSync(path.join(folder, 'THIRD-PARTY-NOTICES'), 'utf8');
        for (const name of ['yargs', '@kubernetes/client-node', 'js-yaml', 'cli-table3']) {
          assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
        }
        assert.match(notices, new RegExp(`^Node\\.js ${process.version}$`, 'm'));
        assert.match(notices, /Copyright Node\.js contributors/);
        assert.match(notices, /OpenSSL|V8/);
        assert.match(readFileSync(path.join(folder, 'LICENSE'), 'utf8'), /Apache License/);
      });

      if (target.os === 'linux') {
        it('asks for no newer glibc than README.md says', () => {
          const text = readFileSync(unpacked(target), 'latin1');
          const minors = [...text.matchAll(/\0GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
          assert.ok(minors.length > 0);
          const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
          const [, said] = /glibc 2\.(\d+) or later/.exec(readme) ?? [];
          assert.ok(Math.max(...minors) <= Number(said), `2.${Math.max(...minors)}`);
        });
      }

      const how = startOf(target);
      const startable = 'command' in how;
      const itStarts = (what: string, check: () => void) =>
        it(`${what}${startable ? '' : ` (not started: ${how.why})`}`, function () {
          if (startable) return check();
          // Where the programs can be installed, leaving them out would hide a binary that does not start.
          if (how.packages !== undefined && isDebian()) {
            assert.fail(`${how.why}: apt-get install ${how.packages.join(' ')}`);
          }
          this.skip();
        });

      itStarts('tells version, commit, platform and Node', () => {
        const { status, stdout, stderr } = start(target, ['--version']);
        assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
        const made = new RegExp(
          `^kubectl-imagepull v${VERSION} \\(commit ([0-9a-f]{12}(?:-dirty)?|unknown), (\\S+), Node (\\S+)\\)\\r?\\n$`,
        ).exec(stdout);
        assert.ok(made, stdout);
        assert.equal(made[2], `${target.os}/${target.arch}`);
        assert.equal(`v${made[3]}`, process.version);
      });

      itStarts('explains a message', () => {
        const { status, stdout, stderr } = start(target, ['explain', MESSAGE]);
        assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
        assert.match(stdout, /PlatformMismatch/);
      });

      itStarts('describes saved objects', () => {
        const files = ['extra-pods', 'extra-events'].flatMap((n) => ['-f', `test/dumps/${n}.json`]);
        const { status, stdout } = start(target, ['describe', '-A', ...files]);
        assert.equal(status, 0);
        assert.match(stdout, /RateLimited/);
      });

      itStarts('reaches for a server in its own words', () => {
        const args = ['describe', 'web', '--server', 'https://127.0.0.1:1', '--token', 'x'];
        const { status, stderr } = start(target, args);
        assert.equal(status, 1, stderr);
        assert.match(stderr, /The connection to the server 127\.0\.0\.1:1 was refused/);
      });
    });
  }
});
