/**
 * Go's strings are bytes. A `Bytes` is such a string: every character stands for one byte (code 0 to 255), so that
 * offsets, order and prefixes are Go's.
 */
export type Bytes = string;

/** One character of a text and how many bytes it took. Not UTF-8: U+FFFD, one byte. */
export interface Rune {
  readonly code: number;
  readonly size: number;
}

const REPLACEMENT = 0xfffd;

/** UTF-8 of a text; half a surrogate pair becomes U+FFFD. */
export function toBytes(text: string): Bytes {
  if (isAscii(text)) return text;
  let bytes = '';
  for (const char of text.toWellFormed()) bytes += encodeRune(char.codePointAt(0) ?? 0);
  return bytes;
}

/** The text of UTF-8 bytes; each byte that is no UTF-8 becomes one U+FFFD, as in Go. */
export function toText(bytes: Bytes): string {
  if (isAscii(bytes)) return bytes;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const { code, size } = runeAt(bytes, at);
    text += String.fromCodePoint(code);
    at += size;
  }
  return text;
}

/** Whether bytes are UTF-8 throughout. */
export function isUtf8(bytes: Bytes): boolean {
  if (isAscii(bytes)) return true;
  for (let at = 0; at < bytes.length; ) {
    const { code, size } = runeAt(bytes, at);
    if (code === REPLACEMENT && size === 1) return false;
    at += size;
  }
  return true;
}

/**
 * The character that begins at an offset (`utf8.DecodeRune`): overlong forms, surrogates and codes above U+10FFFF
 * are not UTF-8.
 */
export function runeAt(bytes: Bytes, at: number): Rune {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { code: first, size: 1 };
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + size > bytes.length) return BROKEN;
  let code = first & (0x7f >> size);
  for (let i = 1; i < size; i++) {
    const next = bytes.charCodeAt(at + i);
    if ((next & 0xc0) !== 0x80) return BROKEN;
    code = (code << 6) | (next & 0x3f);
  }
  const smallest = size === 4 ? 0x10000 : size === 3 ? 0x800 : 0x80;
  if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return BROKEN;
  return { code, size };
}

/** UTF-8 of one code point; a surrogate becomes U+FFFD. */
export function encodeRune(code: number): Bytes {
  if (code < 0x80) return String.fromCharCode(code);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(code));
  if (code >= 0xd800 && code <= 0xdfff) return encodeRune(REPLACEMENT);
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(code >> 6), tail(code));
  return String.fromCharCode(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
}

const BROKEN: Rune = { code: REPLACEMENT, size: 1 };

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

function isAscii(text: string): boolean {
  return !/[\x80-\uffff]/.test(text);
}
