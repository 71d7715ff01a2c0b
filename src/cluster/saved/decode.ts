/** Bytes of a saved file as text. */
import { InputError } from '../../words/errors.ts';

/** Bytes looked at to tell binary files. */
const PROBE_BYTES = 8192;

const PACKED: readonly (readonly [signature: readonly number[], what: string])[] = [
  [[0x1f, 0x8b], 'it is compressed with gzip: unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'it is a zip archive: unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'it is compressed with xz: unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'it is compressed with zstd: unpack it first'],
  [[0x42, 0x5a, 0x68], 'it is compressed with bzip2: unpack it first'],
];

/**
 * UTF-8, or UTF-16 in either byte order by its byte order mark (PowerShell's `>` writes it).
 * Throws InputError for a file that is no text; `shown` names it.
 */
export function decodeText(bytes: Buffer, shown: string): string {
  for (const [signature, what] of PACKED) {
    if (signature.every((byte, i) => bytes[i] === byte)) throw new InputError(`${shown}: ${what}`);
  }
  const utf16 = utf16Order(bytes);
  if (utf16 !== null) return new TextDecoder(utf16).decode(bytes);
  if (bytes.subarray(0, PROBE_BYTES).includes(0)) {
    throw new InputError(`${shown}: it is a binary file, neither JSON nor YAML`);
  }
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.toString('utf8', start);
}

/** By the mark, else by the zero bytes beside the first character, which JSON and YAML have in ASCII. */
function utf16Order(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a && b === 0 && c && d === 0) return 'utf-16le';
  if (a === 0 && b && c === 0 && d) return 'utf-16be';
  return null;
}
