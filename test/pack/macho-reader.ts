/**
 * Reads a signed macOS program as the kernel does, by Apple's headers alone (`mach-o/loader.h`, `kern/cs_blobs.h`);
 * nothing here comes from scripts/pack, so that one misreading is not made twice.
 */
import { createHash } from 'node:crypto';

export interface MachSegment {
  readonly name: string;
  readonly address: bigint;
  readonly memorySize: bigint;
  readonly offset: number;
  readonly size: number;
}

export interface MachSignature {
  readonly offset: number;
  readonly size: number;
  readonly identifier: string;
  readonly flags: number;
  /** Bytes from the start of the file that are covered. */
  readonly codeLimit: number;
  readonly textOffset: bigint;
  readonly textSize: bigint;
  readonly mainBinary: boolean;
  /** Numbers of the pages whose bytes do not have the hash that is written. */
  readonly badPages: readonly number[];
  readonly pages: number;
}

export interface MachProgram {
  /** 0x01000007 x86-64, 0x0100000c arm64. */
  readonly cpu: number;
  readonly segments: readonly MachSegment[];
  readonly signatures: readonly MachSignature[];
}

export function readMachO(bytes: Buffer): MachProgram {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0, true) !== 0xfeedfacf) throw new Error('not Mach-O of 64 bits');
  const commands = view.getUint32(16, true);
  const commandsSize = view.getUint32(20, true);
  const segments: MachSegment[] = [];
  const signatures: MachSignature[] = [];
  let at = 32;
  for (let i = 0; i < commands; i++) {
    const kind = view.getUint32(at, true);
    const size = view.getUint32(at + 4, true);
    if (size < 8 || size % 8 !== 0) throw new Error(`command ${i} has ${size} bytes`);
    if (kind === 0x19) {
      const name = bytes.subarray(at + 8, at + 24);
      segments.push({
        name: name.toString('latin1').split('\0')[0] ?? '',
        address: view.getBigUint64(at + 24, true),
        memorySize: view.getBigUint64(at + 32, true),
        offset: Number(view.getBigUint64(at + 40, true)),
        size: Number(view.getBigUint64(at + 48, true)),
      });
    }
    if (kind === 0x1d) {
      const [offset, length] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
      signatures.push(readSignature(bytes, offset, length));
    }
    at += size;
  }
  if (at !== 32 + commandsSize) throw new Error('the commands do not fill their space');
  return { cpu: view.getUint32(4, true), segments, signatures };
}

function readSignature(bytes: Buffer, offset: number, size: number): MachSignature {
  const blob = bytes.subarray(offset, offset + size);
  if (blob.readUInt32BE(0) !== 0xfade0cc0) throw new Error('no signature where one is said to be');
  if (blob.readUInt32BE(4) !== size) throw new Error('the signature has another size');
  const entries = blob.readUInt32BE(8);
  const directories: Buffer[] = [];
  for (let i = 0; i < entries; i++) {
    const part = blob.subarray(blob.readUInt32BE(12 + 8 * i + 4));
    if (part.readUInt32BE(0) === 0xfade0c02)
      directories.push(part.subarray(0, part.readUInt32BE(4)));
  }
  const [directory] = directories;
  if (directory === undefined) throw new Error('no code directory');
  const [hashes, identifier] = [directory.readUInt32BE(16), directory.readUInt32BE(20)];
  const [pages, codeLimit] = [directory.readUInt32BE(28), directory.readUInt32BE(32)];
  const [hashSize, hashType] = [directory.readUInt8(36), directory.readUInt8(37)];
  if (hashSize !== 32 || hashType !== 2) throw new Error('not SHA-256');
  const pageSize = 2 ** directory.readUInt8(39);
  const badPages: number[] = [];
  for (let page = 0; page < pages; page++) {
    const end = Math.min((page + 1) * pageSize, codeLimit);
    const sum = createHash('sha256')
      .update(bytes.subarray(page * pageSize, end))
      .digest();
    const written = directory.subarray(hashes + page * 32, hashes + (page + 1) * 32);
    if (!sum.equals(written)) badPages.push(page);
  }
  if (pages !== Math.ceil(codeLimit / pageSize)) throw new Error('pages are missing');
  return {
    offset,
    size,
    identifier: directory.toString('latin1', identifier, directory.indexOf(0, identifier)),
    flags: directory.readUInt32BE(12),
    codeLimit,
    textOffset: directory.readBigUInt64BE(64),
    textSize: directory.readBigUInt64BE(72),
    mainBinary: (directory.readBigUInt64BE(80) & 1n) === 1n,
    badPages,
    pages,
  };
}
