/** Texts and bytes that were good once: cut, doubled, turned, mixed, and set with what does harm. Shrinks to fewer changes. */
import fc from 'fast-check';

/** Longest text that comes out, as the time limit is said of this size. */
export const MAX_SIZE = 64 * 1024;

/** What terminals obey, parsers trip over and engines treat as their own. */
export const HARM: readonly string[] = [
  ...['\0', '\x07', '\b', '\t', '\n', '\r', '\r\n', '\x1b[2J', '\x1b]0;t\x07', '\x1bP', '\x7f'],
  ...['\x80', '\x85', '\x9b31m', '\x9d', '\xa0', '\u00ad', '\u061c', '\u200b', '\u200e', '\u200f'],
  ...['\u2028', '\u2029', '\u202a', '\u202e', '\u2066', '\u2069', '\ufeff', '\ufffe', '\uffff'],
  ...['\ud800', '\udfff', '\u{e0041}', '\u{1f980}', '\u0301', 'ﬀ', 'İ', 'ß', '\uff0e'],
  ...['"', "'", '`', '\\', '\\"', '\\\\', '\\u0000', '%00', '%', '%zz', '$(x)', '\x24{x}', '; x'],
  ...['{', '}', '[', ']', '[[', '{"', '<', '>', '&', '*', '?', '|', '#', '!', '~', '^', '-', '--'],
  ...[
    '/',
    '//',
    '../',
    '://',
    ':',
    '::',
    ':0',
    ':65536',
    '@',
    '@@',
    '.',
    '..',
    ',',
    '=',
    '==',
    ';',
  ],
  ...[
    'null',
    'true',
    'NaN',
    '-1',
    '0',
    '1e999',
    '99999999999999999999',
    '0x',
    '1.',
    '-0',
    'Infinity',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', '[object]'],
  ...[
    'sha256:',
    'a'.repeat(300),
    ' '.repeat(70),
    '\u00a4',
    '---\n',
    '...',
    '&a',
    '*a',
    '<<: ',
    '!!js',
  ],
];

/** A place in anything, taken modulo its size. */
export const PLACE = fc.nat(0xffffff);

/** One of the names, as often as its weight says. */
export function weighted<K extends string>(weights: Readonly<Record<K, number>>): fc.Arbitrary<K> {
  const names = Object.entries<number>(weights) as [K, number][];
  return fc.oneof(...names.map(([name, weight]) => ({ weight, arbitrary: fc.constant(name) })));
}

export interface Change {
  readonly kind: 'insert' | 'delete' | 'flip' | 'double' | 'move' | 'cut' | 'mix' | 'fill';
  readonly at: number;
  readonly to: number;
  readonly what: number;
}

/** One change of a text. */
export const CHANGE: fc.Arbitrary<Change> = fc.record({
  kind: weighted({
    insert: 300,
    delete: 200,
    flip: 150,
    double: 100,
    move: 80,
    cut: 60,
    mix: 100,
    // Texts of full size take most of the time.
    fill: 3,
  }),
  at: PLACE,
  to: PLACE,
  what: PLACE,
});

export interface MutateOptions {
  /** Words of the format, put in beside those that do harm. */
  readonly words?: readonly string[];
  /** Most changes of one text; default 5. */
  readonly most?: number;
  /** Characters are bytes: what is put in is written as UTF-8. */
  readonly bytes?: boolean;
  /** Longest text that comes out; default `MAX_SIZE`. */
  readonly size?: number;
}

/** Texts made from `seeds` by a few changes each. With `bytes` each character is one byte (latin1). */
export function mutated(
  seeds: readonly string[],
  { words = [], most = 5, bytes = false, size = MAX_SIZE }: MutateOptions = {},
): fc.Arbitrary<string> {
  const all = [...HARM, ...words, ...words];
  const pieces = bytes ? all.map((text) => Buffer.from(text).toString('latin1')) : all;
  return fc
    .tuple(fc.nat(Math.max(0, seeds.length - 1)), fc.array(CHANGE, { maxLength: most }))
    .map(([seed, changes]) => {
      let text = seeds[seed] ?? '';
      for (const change of changes) {
        text = changed(text, change, pieces, seeds, size);
      }
      return text.slice(0, size);
    });
}

/** `text` after one change; `pieces` are put in, `seeds` are mixed in. */
export function changed(
  text: string,
  { kind, at, to, what }: Change,
  pieces: readonly string[],
  seeds: readonly string[],
  size: number,
): string {
  const start = at % (text.length + 1);
  const end = Math.min(text.length, start + 1 + (to % 40));
  const before = text.slice(0, start);
  const part = text.slice(start, end);
  const after = text.slice(end);
  switch (kind) {
    case 'insert':
      return before + (pieces[what % pieces.length] ?? '') + text.slice(start);
    case 'delete':
      return before + after;
    case 'flip': {
      const code = (text.charCodeAt(start) || 0) ^ (1 << (what % 8));
      return before + String.fromCharCode(code) + text.slice(start + 1);
    }
    case 'double':
      return before + part.repeat(2 + (what % 30)) + after;
    case 'move': {
      const rest = before + after;
      const place = what % (rest.length + 1);
      return rest.slice(0, place) + part + rest.slice(place);
    }
    case 'cut':
      return before;
    case 'mix': {
      const other = seeds[what % seeds.length] ?? '';
      return before + other.slice(to % (other.length + 1));
    }
    case 'fill': {
      const filler = part === '' ? 'a' : part;
      return before + filler.repeat(Math.ceil(size / filler.length)).slice(0, size) + after;
    }
  }
}
