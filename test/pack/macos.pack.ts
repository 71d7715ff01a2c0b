/** The macOS binaries, which cannot be started here: structure and signature, by a reader of its own. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { platformName } from '../../scripts/pack/targets.ts';
import { type MachProgram, readMachO } from './macho-reader.ts';
import { PACKED, unpacked } from './programs.ts';

const CPU = { amd64: 0x01000007, arm64: 0x0100000c };
const ADHOC = 0x2;

for (const target of PACKED.filter(({ os }) => os === 'darwin')) {
  describe(`packed ${platformName(target)}`, function () {
    this.timeout(60_000);
    let bytes: Buffer;
    let program: MachProgram;

    before(() => {
      bytes = readFileSync(unpacked(target));
      program = readMachO(bytes);
    });

    it('is for its processor', () => assert.equal(program.cpu, CPU[target.arch]));

    it('is signed ad hoc, once, and every page has its hash', () => {
      assert.equal(program.signatures.length, 1);
      const [signature] = program.signatures;
      assert.ok(signature);
      assert.equal(signature.identifier, 'kubectl-imagepull');
      assert.equal(signature.flags & ADHOC, ADHOC);
      assert.ok(signature.mainBinary);
      assert.ok(signature.pages > 10_000);
      assert.deepEqual(signature.badPages, []);
      const text = program.segments.find(({ name }) => name === '__TEXT');
      assert.ok(text);
      assert.deepEqual(
        [Number(signature.textOffset), Number(signature.textSize)],
        [text.offset, text.size],
      );
    });

    it('ends with its signature, which covers all before it', () => {
      const [signature] = program.signatures;
      assert.ok(signature);
      assert.equal(signature.offset % 16, 0);
      assert.equal(signature.codeLimit, signature.offset);
      assert.equal(signature.offset + signature.size, bytes.length);
      const linkEdit = program.segments.at(-1);
      assert.equal(linkEdit?.name, '__LINKEDIT');
      assert.equal(linkEdit.offset + linkEdit.size, bytes.length);
    });

    it('holds the bundle in a segment of its own, and no segment lies over another', () => {
      assert.ok(program.segments.some(({ name, size }) => name === 'NODE_SEA' && size > 500_000));
      const byAddress = program.segments.toSorted((a, b) => (a.address < b.address ? -1 : 1));
      for (const [i, { name, address, memorySize, offset, size }] of byAddress.entries()) {
        const next = byAddress[i + 1];
        assert.ok(BigInt(size) <= memorySize, name);
        if (next === undefined) continue;
        assert.ok(address + memorySize <= next.address, name);
        assert.ok(offset + size <= next.offset || next.size === 0 || size === 0, name);
      }
    });

    it('is refused by this reader once a byte is changed', () => {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(5_000_000) ^ 1, 5_000_000);
      assert.deepEqual(readMachO(changed).signatures[0]?.badPages, [Math.floor(5_000_000 / 4096)]);
    });
  });
}
