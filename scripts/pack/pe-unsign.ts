/**
 * Takes the Authenticode signature off a Windows program. Putting the bundle in moves what follows, and the entry
 * for the signature would point into the resources. Layout: Microsoft's "PE Format".
 */

const PE_OFFSET = 0x3c;
/** From "PE\0\0" to the optional header: signature and file header. */
const OPTIONAL_HEADER = 24;
const CHECKSUM = 64;
const PE32_PLUS = 0x20b;
/** Start of the data directories in a PE32+ optional header, and the one of certificates: eight bytes each. */
const DIRECTORIES = 112;
const CERTIFICATES = 4;

/** The place and the size of the signature in the file; both 0 where there is none. Offsets of the fields too. */
function peSignature(file: Buffer): { field: number; offset: number; size: number } {
  const header = file.readUInt32LE(PE_OFFSET);
  if (file.toString('latin1', header, header + 4) !== 'PE\0\0') throw new Error('not a PE file');
  const optional = header + OPTIONAL_HEADER;
  if (file.readUInt16LE(optional) !== PE32_PLUS) throw new Error('not a 64-bit PE file');
  const field = optional + DIRECTORIES + CERTIFICATES * 8;
  return { field, offset: file.readUInt32LE(field), size: file.readUInt32LE(field + 4) };
}

/** The program without its signature. A file that has none comes back as it is. */
export function unsignPe(file: Buffer): Buffer {
  const { field, offset, size } = peSignature(file);
  if (size === 0) return file;
  // Signatures are the last thing in a file, padded to eight bytes.
  if (offset + size < file.length - 8) throw new Error('the signature does not end the file');
  const bytes = Buffer.from(file.subarray(0, offset));
  bytes.fill(0, field, field + 8);
  bytes.writeUInt32LE(0, file.readUInt32LE(PE_OFFSET) + OPTIONAL_HEADER + CHECKSUM);
  return bytes;
}
