/** The Windows binary: no rest of Node's signature, which would no longer be one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PACKED, unpacked } from './programs.ts';

const target = PACKED.find(({ os }) => os === 'windows');

describe('packed windows-amd64, its header', () => {
  it('has no entry for a signature', function () {
    if (target === undefined) return this.skip();
    const bytes = readFileSync(unpacked(target));
    const header = bytes.readUInt32LE(0x3c);
    assert.equal(bytes.toString('latin1', header, header + 4), 'PE\0\0');
    // Data directory 4 of a PE32+ header.
    assert.equal(bytes.readBigUInt64LE(header + 24 + 112 + 4 * 8), 0n);
  });
});
