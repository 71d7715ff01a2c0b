/**
 * Base64 as Go's encoding/base64 decodes it (`StdEncoding`, `RawStdEncoding`): carriage returns and line feeds are
 * skipped wherever they stand, no other blank is, and the bits that are left over at the end are not looked at.
 */
import type { Bytes } from './encoding.ts';

/** `padded`: the last group is filled up with `=`; `raw`: it never is. */
export type Base64Form = 'padded' | 'raw';

export type Decoded = { readonly ok: true; readonly bytes: Bytes } | Base64Fault;

export interface Base64Fault {
  readonly ok: false;
  /** Go's sentence: `illegal base64 data at input byte N`. */
  readonly error: string;
  /** The N of it. */
  readonly offset: number;
}

/** Decodes; `source` is taken byte by byte, so that the offset of a fault is Go's. */
export function decodeBase64(source: Bytes, form: Base64Form): Decoded {
  const whole = form === 'padded' ? PADDED : RAW;
  if (whole.test(source) && (form === 'raw' ? source.length % 4 !== 1 : source.length % 4 === 0)) {
    return { ok: true, bytes: atob(source) };
  }
  return decodeSlowly(source, form);
}

const PADDED = /^[A-Za-z0-9+/]*={0,2}$/;
const RAW = /^[A-Za-z0-9+/]*$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...ALPHABET].map((char, value) => [char, value]));

/** Group by group, for texts with line breaks or faults. */
function decodeSlowly(source: Bytes, form: Base64Form): Decoded {
  const out: string[] = [];
  let at = 0;
  let group: number[] = [];
  while (at < source.length) {
    const char = source.charAt(at++);
    const value = VALUES.get(char);
    if (value !== undefined) {
      group.push(value);
      if (group.length < 4) continue;
      out.push(bytesOf(group));
      group = [];
      continue;
    }
    if (isBreak(char)) continue;
    if (char !== '=' || form === 'raw' || group.length < 2) return fault(at - 1);
    const wrong = paddingFault(source, at, group.length);
    if (wrong !== null) return wrong;
    out.push(bytesOf(group));
    return { ok: true, bytes: out.join('') };
  }
  // Go counts the offset back from the end by the characters of the group, line breaks among them not counted.
  if (group.length === 1 || (group.length > 0 && form === 'padded')) {
    return fault(source.length - group.length);
  }
  out.push(bytesOf(group));
  return { ok: true, bytes: out.join('') };
}

/** What is wrong with the padding whose first `=` stands before `at`: its second `=`, or what follows it. */
function paddingFault(source: Bytes, at: number, filled: number): Base64Fault | null {
  let end = skipBreaks(source, at);
  if (filled === 2) {
    if (end === source.length) return fault(source.length);
    if (source.charAt(end) !== '=') return fault(end - 1);
    end = skipBreaks(source, end + 1);
  }
  return end < source.length ? fault(end) : null;
}

function skipBreaks(source: Bytes, at: number): number {
  let next = at;
  while (next < source.length && isBreak(source.charAt(next))) next++;
  return next;
}

function isBreak(char: string): boolean {
  return char === '\n' || char === '\r';
}

/** 0, 2, 3 or 4 values of 6 bits to 0, 1, 2 or 3 bytes. */
function bytesOf(group: readonly number[]): Bytes {
  if (group.length < 2) return '';
  const [a = 0, b = 0, c = 0, d = 0] = group;
  const bits = (a << 18) | (b << 12) | (c << 6) | d;
  return String.fromCharCode(bits >> 16, (bits >> 8) & 255, bits & 255).slice(0, group.length - 1);
}

function fault(offset: number): Base64Fault {
  return { ok: false, error: `illegal base64 data at input byte ${offset}`, offset };
}
