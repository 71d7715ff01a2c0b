/**
 * A quick no: most patterns cannot match most texts, and a regular expression costs a compilation at its first use,
 * hundreds of times the price of a look for a word. From a pattern's source this reads words of which one must stand
 * in any text that matches; a text without them needs no regular expression at all. A pattern of many alternatives is
 * tested alternative by alternative, so that only those are compiled whose words are there. Pure.
 */

import { alternativesOf, requiredWords } from './required-words.ts';
import { WordIndex } from './word-index.ts';

declare global {
  /** JSON of a `QuickTable`, put in place by the bundler: reading the sources at every start takes longer. */
  var KUBECTL_IMAGEPULL_WORDS: string | undefined;
}

/** By the source of an expression: each of its alternatives with the words it requires. */
export type QuickTable = Readonly<
  Record<string, readonly (readonly [source: string, words: readonly string[] | null])[]>
>;

interface Alternative {
  readonly number: number;
  readonly source: string;
  readonly words: readonly string[] | null;
  regexp: RegExp | undefined;
}

/** An expression, ready for a quick no. */
export interface Quick {
  readonly number: number;
  readonly alternatives: readonly Alternative[];
  readonly flags: string;
  /** One of its alternatives names no word. */
  readonly open: boolean;
}

/** A text in lower case; by number, which expressions and alternatives it holds a word of, as far as that was looked for. */
export interface Look {
  readonly lower: string;
  readonly may: Uint8Array;
}

const known = new Map<RegExp, Quick>();
/** How many expressions and alternatives have a number. */
let numbered = 0;
let table: QuickTable | undefined;

/** Reads an expression once; the same object gives the same answer. */
export function quickOf(regexp: RegExp): Quick {
  let quick = known.get(regexp);
  if (quick === undefined) {
    table ??= JSON.parse(globalThis.KUBECTL_IMAGEPULL_WORDS ?? '{}') as QuickTable;
    const read = table[regexp.source] ?? readSource(regexp.source);
    const number = numbered++;
    const alternatives = read.map(([source, words]) => {
      return { number: numbered++, source, words, regexp: undefined };
    });
    const open = alternatives.some(({ words }) => words === null);
    quick = { number, alternatives, flags: regexp.flags, open };
    known.set(regexp, quick);
  }
  return quick;
}

function readSource(source: string): QuickTable[string] {
  return alternativesOf(source).map((part) => [part, requiredWords(part)] as const);
}

/** What was read so far, for the bundler. */
export function quickTable(): QuickTable {
  return Object.fromEntries(
    [...known].map(([{ source }, { alternatives }]) => [
      source,
      alternatives.map(({ source: part, words }) => [part, words] as const),
    ]),
  );
}

/** A text is looked at for its wrappers, its status and its cause, one after the other. */
const recent: Look[] = [];
const MAX_RECENT = 2;

/** To sort the words takes longer than to search a few texts for them one by one, as most commands do. */
const MANY = 20;
let looked = 0;
const index = new WordIndex();
/** How many of the known expressions are in it. */
let indexed = 0;
const NOTHING = new Uint8Array(0);

/** Of many texts each is searched for all words in one go. */
export function lookAt(lower: string): Look {
  for (const look of recent) if (look.lower === lower) return look;
  looked++;
  const look = { lower, may: looked > MANY ? allIn(lower) : NOTHING };
  if (recent.length === MAX_RECENT) recent.shift();
  recent.push(look);
  return look;
}

function allIn(lower: string): Uint8Array {
  if (indexed < known.size) {
    for (const { number, alternatives } of [...known.values()].slice(indexed)) {
      for (const one of alternatives) index.add([number, one.number], one.words ?? []);
    }
    indexed = known.size;
  }
  return index.search(lower, numbered);
}

function mayHold({ number, words }: Alternative, { lower, may }: Look): boolean {
  if (words === null) return true;
  const known = may[number];
  return known === undefined ? words.some((word) => lower.includes(word)) : known === 1;
}

/** Whether an expression may match the text that was looked at. True where it cannot be said quickly. */
export function mayMatch(quick: Quick, look: Look): boolean {
  if (quick.open) return true;
  const may = look.may[quick.number];
  if (may !== undefined) return may === 1;
  for (const alternative of quick.alternatives) if (mayHold(alternative, look)) return true;
  return false;
}

/**
 * As `test(text)` of the expression, for those without the flags `g` and `y` and without references to groups; `look`
 * is at a text that holds `text`.
 */
export function quickTest(quick: Quick, text: string, look: Look): boolean {
  if (!mayMatch(quick, look)) return false;
  for (const alternative of quick.alternatives) {
    if (!mayHold(alternative, look)) continue;
    alternative.regexp ??= new RegExp(alternative.source, quick.flags);
    if (alternative.regexp.test(text)) return true;
  }
  return false;
}
