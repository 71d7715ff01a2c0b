/**
 * The first syntax error of a JSON text in the words of Go's encoding/json, which the kubelet puts into
 * `waiting.reason`.
 */
import type { Bytes } from './encoding.ts';

/** Go refuses to nest deeper. */
const MAX_DEPTH = 10_000;

/**
 * What Go says of a text that is no JSON (`invalid character 'x' looking for beginning of value`, `unexpected end of
 * JSON input`), or null. Linear in the length, and no deeper in calls for a deeper text.
 */
export function jsonSyntaxError(text: Bytes): string | null {
  const open: ('{' | '[')[] = [];
  let expect: Expect = 'value';
  let at = 0;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) return expect === 'end' ? null : UNEXPECTED_END;
    const char = text.charAt(at);
    if ((char === '}' && expect === 'name or }') || (char === ']' && expect === 'value or ]')) {
      open.pop();
      expect = afterValue(open);
      at++;
      continue;
    }
    switch (expect) {
      case 'value':
      case 'value or ]': {
        if (char === '{' || char === '[') {
          open.push(char);
          if (open.length > MAX_DEPTH) return invalid(text, at, 'exceeded max depth');
          expect = char === '{' ? 'name or }' : 'value or ]';
          at++;
          break;
        }
        const literal = literalAt(text, at);
        if (literal.error !== null) return literal.error;
        at = literal.end;
        expect = afterValue(open);
        break;
      }
      case 'name':
      case 'name or }': {
        if (char !== '"') return invalid(text, at, 'looking for beginning of object key string');
        const literal = literalAt(text, at);
        if (literal.error !== null) return literal.error;
        at = literal.end;
        expect = ':';
        break;
      }
      case ':':
        if (char !== ':') return invalid(text, at, 'after object key');
        expect = 'value';
        at++;
        break;
      case ', or }':
        if (char !== ',' && char !== '}') return invalid(text, at, 'after object key:value pair');
        if (char === '}') open.pop();
        expect = char === ',' ? 'name' : afterValue(open);
        at++;
        break;
      case ', or ]':
        if (char !== ',' && char !== ']') return invalid(text, at, 'after array element');
        if (char === ']') open.pop();
        expect = char === ',' ? 'value' : afterValue(open);
        at++;
        break;
      case 'end':
        return invalid(text, at, 'after top-level value');
    }
  }
}

type Expect = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or }' | ', or ]' | 'end';

const UNEXPECTED_END = 'unexpected end of JSON input';
const BLANK = /[ \t\r\n]*/y;
const HEX = /[0-9A-Fa-f]/;
/** What may stand in a string as it is. */
const PLAIN = /[ !#-[\]-\xff]*/y;
/** As far as a number is well formed. */
const NUMBER_PARTS: readonly (readonly [RegExp, string])[] = [
  [/-?(?:0|[1-9][0-9]*)/y, 'in numeric literal'],
  [/(?:\.[0-9]+)?/y, 'after decimal point in numeric literal'],
  [/(?:[eE][-+]?[0-9]+)?/y, 'in exponent of numeric literal'],
];

type Literal = { readonly error: null; readonly end: number } | { readonly error: string };

function afterValue(open: readonly ('{' | '[')[]): Expect {
  const last = open.at(-1);
  if (last === undefined) return 'end';
  return last === '{' ? ', or }' : ', or ]';
}

function literalAt(text: Bytes, start: number): Literal {
  const char = text.charAt(start);
  if (char === '"') return stringAt(text, start);
  if (char === '-' || (char >= '0' && char <= '9')) return numberAt(text, start);
  for (const word of ['true', 'false', 'null']) {
    if (char === word[0]) return wordAt(text, start, word);
  }
  return { error: invalid(text, start, 'looking for beginning of value') };
}

function wordAt(text: Bytes, start: number, word: string): Literal {
  for (let i = 1; i < word.length; i++) {
    if (text[start + i] === word[i]) continue;
    const context = `in literal ${word} (expecting '${word.charAt(i)}')`;
    return { error: invalid(text, start + i, context) };
  }
  return { error: null, end: start + word.length };
}

function stringAt(text: Bytes, start: number): Literal {
  let at = start + 1;
  for (;;) {
    at = matchEnd(PLAIN, text, at);
    if (at >= text.length) return { error: UNEXPECTED_END };
    const char = text.charAt(at);
    if (char === '"') return { error: null, end: at + 1 };
    if (char !== '\\') return { error: invalid(text, at, 'in string literal') };
    const letter = text.charAt(at + 1);
    if (!/["\\/bfnrtu]/.test(letter)) {
      return { error: invalid(text, at + 1, 'in string escape code') };
    }
    at += 2;
    if (letter !== 'u') continue;
    for (const end = at + 4; at < end; at++) {
      if (HEX.test(text.charAt(at))) continue;
      return { error: invalid(text, at, 'in \\u hexadecimal character escape') };
    }
  }
}

function numberAt(text: Bytes, start: number): Literal {
  let at = start;
  for (const [index, [part, context]] of NUMBER_PARTS.entries()) {
    const end = matchEnd(part, text, at);
    const wrong = end === at ? partFault(text, at, index) : null;
    if (wrong !== null) return { error: invalid(text, wrong, context) };
    at = end;
  }
  return { error: null, end: at };
}

/** Where a part of a number that begins at `at` goes wrong, or null where it is merely absent. */
function partFault(text: Bytes, at: number, part: number): number | null {
  if (part === 1) return text[at] === '.' ? at + 1 : null;
  if (part === 2 && !/[eE]/.test(text.charAt(at))) return null;
  if (part === 2) return /[-+]/.test(text.charAt(at + 1)) ? at + 2 : at + 1;
  return at + 1;
}

/** The place of the first byte from `start` on that is no blank of JSON. */
export function skipBlank(text: Bytes, start: number): number {
  return matchEnd(BLANK, text, start);
}

/** Where a match of the sticky expression at `start` ends; `start` where there is none. */
export function matchEnd(sticky: RegExp, text: Bytes, start: number): number {
  sticky.lastIndex = start;
  return sticky.test(text) ? sticky.lastIndex : start;
}

/**
 * Go looks at the end as though a blank stood there, and names the blank where the text breaks off inside a word, a
 * number or an escape.
 */
function invalid(text: Bytes, at: number, context: string): string {
  return `invalid character ${quoted(at < text.length ? text.charAt(at) : ' ')} ${context}`;
}

const NAMED: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A byte as Go quotes it; from 0x80 on it takes the byte for the code point of that number. */
function quoted(char: string): string {
  const code = char.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  const named = NAMED[char];
  if (named !== undefined) return `'${named}'`;
  if (code < 0x20 || code === 0x7f) return `'\\x${hex}'`;
  return (code >= 0x80 && code <= 0xa0) || code === 0xad ? `'\\u00${hex}'` : `'${char}'`;
}
