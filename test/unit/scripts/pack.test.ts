/** The packer's own readers and writers of file formats, on small files. The finished binaries: test/pack. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { basesLack } from '../../../scripts/pack/bases.ts';
import { stripElf } from '../../../scripts/pack/elf-strip.ts';
import { signMachO } from '../../../scripts/pack/macho-sign.ts';
import { npmCommand } from '../../../scripts/pack/npm.ts';
import { unsignPe } from '../../../scripts/pack/pe-unsign.ts';
import { tarGz } from '../../../scripts/pack/tar.ts';
import { archiveName, binaryName, TARGETS, type Target } from '../../../scripts/pack/targets.ts';

describe('pack', () => {
  it('refuses files of another kind', () => {
    const zeros = Buffer.alloc(1024);
    assert.throws(() => stripElf(zeros), /not a 64-bit ELF file/);
    assert.throws(() => signMachO(zeros, 'x'), /not a 64-bit Mach-O file/);
    assert.throws(() => unsignPe(zeros), /not a PE file/);
  });

  it('makes the same archive of the same files', async () => {
    const files = [
      { name: 'LICENSE', mode: 0o644, data: Buffer.from('terms') },
      { name: 'program', mode: 0o755, data: Buffer.alloc(1000, 7) },
    ];
    const [one, two] = [await tarGz(files), await tarGz(files)];
    assert.ok(one.equals(two));
    const tar = gunzipSync(one);
    // Headers at 0 and, after one block of content, at 1024; times are 0.
    for (const [at, name, mode] of [
      [0, 'LICENSE', '0000644'],
      [1024, 'program', '0000755'],
    ] as const) {
      assert.equal(tar.toString('latin1', at, at + 100).replace(/\0+$/, ''), name);
      assert.equal(tar.toString('latin1', at + 100, at + 107), mode);
      assert.equal(tar.toString('latin1', at + 136, at + 147), '00000000000');
    }
    await assert.rejects(tarGz([{ name: 'x'.repeat(100), mode: 0, data: Buffer.alloc(0) }]));
  });

  it('has five platforms, each archive by its own name', () => {
    assert.deepEqual(
      TARGETS.map((target) => `${archiveName('1.2.3', target)} ${binaryName(target)}`),
      [
        'kubectl-imagepull_v1.2.3_linux-amd64.tar.gz kubectl-imagepull',
        'kubectl-imagepull_v1.2.3_linux-arm64.tar.gz kubectl-imagepull',
        'kubectl-imagepull_v1.2.3_darwin-amd64.tar.gz kubectl-imagepull',
        'kubectl-imagepull_v1.2.3_darwin-arm64.tar.gz kubectl-imagepull',
        'kubectl-imagepull_v1.2.3_windows-amd64.tar.gz kubectl-imagepull.exe',
      ],
    );
  });

  it("fetches the bases where no package that is there has Node's LICENSE", () => {
    const root = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-bases-'));
    const install = (base: string, license: boolean) => {
      const folder = path.join(root, base);
      mkdirSync(folder);
      const version = process.version.slice(1);
      writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ version }));
      if (license) writeFileSync(path.join(folder, 'LICENSE'), 'terms');
    };
    try {
      for (const target of TARGETS) {
        install(target.base, target.os !== 'windows');
        const only = (other: Target) => (other === target ? path.join(root, target.base) : null);
        assert.equal(basesLack([target], only), target.os === 'windows', target.base);
        assert.equal(basesLack(TARGETS, only), true);
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('starts npm on Windows by a shell, unless npm says where it is', () => {
    const args = ['pack', '--pack-destination', 'C:\\my files'];
    const npm = 'C:\\npm\\npm-cli.js';
    assert.deepEqual(npmCommand(args, npm, 'win32'), {
      command: process.execPath,
      args: [npm, ...args],
      shell: false,
    });
    // A default stands in for undefined, so the environment of this test would speak.
    const before = process.env['npm_execpath'];
    delete process.env['npm_execpath'];
    try {
      const linux = { command: 'npm', args, shell: false };
      assert.deepEqual(npmCommand(args, undefined, 'linux'), linux);
      const quoted = ['"pack"', '"--pack-destination"', '"C:\\my files"'];
      const windows = { command: 'npm', args: quoted, shell: true };
      assert.deepEqual(npmCommand(args, undefined, 'win32'), windows);
    } finally {
      if (before !== undefined) process.env['npm_execpath'] = before;
    }
  });
});
