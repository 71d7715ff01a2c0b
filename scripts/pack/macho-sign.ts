/**
 * Signs a macOS program ad hoc, without Apple's tools: Apple silicon ends a program at once whose pages do not
 * match a signature. What is written is what linkers write: one code directory, a SHA-256 for each page of 4 KiB.
 *
 * Layout: `mach-o/loader.h` and `kern/cs_blobs.h` of Apple's xnu. Numbers of the file are little-endian, those of
 * the signature big-endian.
 */
import { createHash } from 'node:crypto';

const MH_MAGIC_64 = 0xfeedfacf;
const HEADER_SIZE = 32;
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;
const SIGNATURE_COMMAND_SIZE = 16;
const SUPER_BLOB = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const SUPER_BLOB_SIZE = 20;
/** Code directory of version 0x20400: the first that tells the main segment. */
const DIRECTORY_VERSION = 0x20400;
const DIRECTORY_SIZE = 88;
/** CS_ADHOC and CS_LINKER_SIGNED. */
const FLAGS = 0x20002;
const SHA256 = { type: 2, size: 32 } as const;
const PAGE_BITS = 12;
const PAGE = 1 << PAGE_BITS;
const MAIN_BINARY = 1n;
/** Segments are rounded to the pages of arm64. */
const SEGMENT_PAGE = 16_384n;

interface Commands {
  /** Offsets of the commands of the segments __TEXT and __LINKEDIT. */
  readonly text: number;
  readonly linkEdit: number;
  /** Offset of the command of a signature; 0 where there is none. */
  readonly signature: number;
  /** The first byte behind the last command. */
  readonly end: number;
}

function readCommands(file: Buffer): Commands {
  if (file.readUInt32LE(0) !== MH_MAGIC_64) throw new Error('not a 64-bit Mach-O file');
  let at = HEADER_SIZE;
  let signature = 0;
  const segments = new Map<string, number>();
  for (let i = 0; i < file.readUInt32LE(16); i++) {
    const command = file.readUInt32LE(at);
    if (command === LC_CODE_SIGNATURE) signature = at;
    if (command === LC_SEGMENT_64) {
      segments.set(file.toString('latin1', at + 8, at + 24).replace(/\0+$/, ''), at);
    }
    at += file.readUInt32LE(at + 4);
  }
  const text = segments.get('__TEXT');
  const linkEdit = segments.get('__LINKEDIT');
  if (text === undefined || linkEdit === undefined) throw new Error('a segment is missing');
  return { text, linkEdit, signature, end: at };
}

/** The program with an ad-hoc signature in place of the one it may have; `identifier` is the name in it. */
export function signMachO(file: Buffer, identifier: string): Buffer {
  const { text, linkEdit, signature, end } = readCommands(file);
  const codeEnd = signature === 0 ? file.length : file.readUInt32LE(signature + 8);
  // Signatures begin at a multiple of 16.
  const signatureAt = Math.ceil(codeEnd / 16) * 16;
  const code = Buffer.alloc(signatureAt);
  file.copy(code, 0, 0, codeEnd);
  const command = signature === 0 ? addCommand(code, end) : signature;
  const pages = Math.ceil(signatureAt / PAGE);
  const name = Buffer.from(`${identifier}\0`);
  const size = SUPER_BLOB_SIZE + DIRECTORY_SIZE + name.length + pages * SHA256.size;
  for (const [i, value] of [
    LC_CODE_SIGNATURE,
    SIGNATURE_COMMAND_SIZE,
    signatureAt,
    size,
  ].entries()) {
    code.writeUInt32LE(value, command + 4 * i);
  }
  // The signature is part of __LINKEDIT, which ends the file: at 32 its size in memory, at 40 and 48 in the file.
  const inFile = BigInt(signatureAt + size) - code.readBigUInt64LE(linkEdit + 40);
  code.writeBigUInt64LE(inFile, linkEdit + 48);
  code.writeBigUInt64LE((inFile + SEGMENT_PAGE - 1n) & ~(SEGMENT_PAGE - 1n), linkEdit + 32);
  const segment = {
    base: code.readBigUInt64LE(text + 40),
    limit: code.readBigUInt64LE(text + 48),
  };
  return Buffer.concat([code, signatureOf(code, name, size, segment)]);
}

/** Linkers leave room for one more command before the first section. Gives its offset. */
function addCommand(code: Buffer, at: number): number {
  if (code.subarray(at, at + SIGNATURE_COMMAND_SIZE).some((byte) => byte !== 0)) {
    throw new Error('no room for the command of a signature');
  }
  code.writeUInt32LE(code.readUInt32LE(16) + 1, 16);
  code.writeUInt32LE(code.readUInt32LE(20) + SIGNATURE_COMMAND_SIZE, 20);
  return at;
}

function signatureOf(
  code: Buffer,
  name: Buffer,
  size: number,
  segment: { base: bigint; limit: bigint },
): Buffer {
  const hashesAt = DIRECTORY_SIZE + name.length;
  const pages = Math.ceil(code.length / PAGE);
  const blob = Buffer.alloc(size);
  const words = (at: number, values: readonly number[]) => {
    for (const [i, value] of values.entries()) blob.writeUInt32BE(value, at + 4 * i);
  };
  // One entry of slot 0, the code directory, right behind.
  words(0, [SUPER_BLOB, size, 1, 0, SUPER_BLOB_SIZE]);
  const at = SUPER_BLOB_SIZE;
  words(at, [CODE_DIRECTORY, size - at, DIRECTORY_VERSION, FLAGS, hashesAt, DIRECTORY_SIZE]);
  // No special slots; number of pages; how many bytes are signed.
  words(at + 24, [0, pages, code.length]);
  blob.set([SHA256.size, SHA256.type, 0, PAGE_BITS], at + 36);
  blob.writeBigUInt64BE(segment.base, at + 64);
  blob.writeBigUInt64BE(segment.limit, at + 72);
  blob.writeBigUInt64BE(MAIN_BINARY, at + 80);
  name.copy(blob, at + DIRECTORY_SIZE);
  for (let page = 0; page < pages; page++) {
    const bytes = code.subarray(page * PAGE, (page + 1) * PAGE);
    createHash('sha256')
      .update(bytes)
      .digest()
      .copy(blob, at + hashesAt + page * SHA256.size);
  }
  return blob;
}
