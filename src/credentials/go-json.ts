/**
 * JSON as Go's encoding/json reads it: first the whole text is checked, then values are taken out of it. Nothing is
 * built for what nobody asks for, so a text costs no more than its own length.
 */
import { type Bytes, encodeRune, runeAt } from './encoding.ts';
import { jsonSyntaxError, matchEnd, skipBlank } from './go-json-syntax.ts';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'bool' | 'null';

/** A value and where it stands: from `start` to before `end`, in bytes. */
export interface JsonValue {
  readonly kind: JsonKind;
  readonly start: number;
  readonly end: number;
}

export interface JsonMember {
  /** Decoded. */
  readonly name: Bytes;
  readonly value: JsonValue;
}

export type JsonRead =
  | { readonly ok: true; readonly root: JsonValue }
  /** `error` is Go's sentence; it quotes at most one character of the text. */
  | { readonly ok: false; readonly error: string };

/** Checks a whole text and says where its value stands. */
export function readJson(text: Bytes): JsonRead {
  const error = jsonSyntaxError(text);
  return error === null
    ? { ok: true, root: valueAt(text, skipBlank(text, 0)) }
    : { ok: false, error };
}

/** The members of an object of a checked text, in order, repeated names included. */
export function* jsonMembers(text: Bytes, object: JsonValue): Generator<JsonMember> {
  let at = skipBlank(text, object.start + 1);
  while (text[at] !== '}') {
    const name = valueAt(text, at);
    const colon = skipBlank(text, name.end);
    const value = valueAt(text, skipBlank(text, colon + 1));
    yield { name: jsonString(text, name), value };
    at = skipBlank(text, value.end);
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
}

/**
 * A string of a checked text, decoded: bytes that are no UTF-8 and halves of surrogate pairs become U+FFFD.
 */
export function jsonString(text: Bytes, string: JsonValue): Bytes {
  const inside = text.slice(string.start + 1, string.end - 1);
  if (/^[ !#-[\]-\x7f]*$/.test(inside)) return inside;
  const out: Bytes[] = [];
  for (let at = 0; at < inside.length; ) {
    if (inside[at] !== '\\') {
      const { code, size } = runeAt(inside, at);
      out.push(encodeRune(code));
      at += size;
      continue;
    }
    const letter = inside.charAt(at + 1);
    if (letter !== 'u') {
      out.push(ESCAPES[letter] ?? letter);
      at += 2;
      continue;
    }
    const code = escapedCode(inside, at);
    const low = isHighSurrogate(code) ? escapedCode(inside, at + 6) : -1;
    const pair = low >= 0xdc00 && low <= 0xdfff;
    out.push(encodeRune(pair ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : code));
    at += pair ? 12 : 6;
  }
  return out.join('');
}

/**
 * The field of a Go struct that a name fills, in lower-case letters: Go takes letters of either case, and the two others
 * that Unicode folds to ASCII letters, the long s and the Kelvin sign.
 */
export function fieldName(name: Bytes): Bytes {
  if (/^[a-z]*$/.test(name)) return name;
  return name
    .replace(LONG_S, 's')
    .replace(KELVIN, 'k')
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const LONG_S = /\xc5\xbf/g;
const KELVIN = /\xe2\x84\xaa/g;
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The code of a `\uXXXX`, or -1 where there is none. */
function escapedCode(text: Bytes, at: number): number {
  const hex = /^\\u([0-9A-Fa-f]{4})/.exec(text.slice(at, at + 6))?.[1];
  return hex === undefined ? -1 : Number.parseInt(hex, 16);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function valueAt(text: Bytes, start: number): JsonValue {
  switch (text[start]) {
    case '{':
      return { kind: 'object', start, end: nestedEnd(text, start) };
    case '[':
      return { kind: 'array', start, end: nestedEnd(text, start) };
    case '"':
      return { kind: 'string', start, end: stringEnd(text, start) };
    case 'n':
      return { kind: 'null', start, end: start + 4 };
    case 't':
      return { kind: 'bool', start, end: start + 4 };
    case 'f':
      return { kind: 'bool', start, end: start + 5 };
    default:
      return { kind: 'number', start, end: matchEnd(NUMBER, text, start) };
  }
}

const NUMBER = /[-+.0-9eE]*/y;
/** After the closing quote of a string. */
function stringEnd(text: Bytes, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** After the closing bracket of an object or array. */
function nestedEnd(text: Bytes, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at) - 1;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
}
