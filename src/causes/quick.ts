/**
 * A quick no: most patterns cannot match most texts, and a regular expression costs a compilation at its first use,
 * hundreds of times the price of a look for a word. From a pattern's source this reads words of which one must stand
 * in any text that matches; a text without them needs no regular expression at all. A pattern of many alternatives is
 * tested alternative by alternative, so that only those are compiled whose words are there. Pure.
 */

import { alternativesOf, MIN_WORD, requiredWords } from './required-words.ts';

declare global {
  /** JSON of a `QuickTable`, put in place by the bundler: reading the sources at every start takes longer. */
  var KUBECTL_IMAGEPULL_WORDS: string | undefined;
}

/** By the source of an expression: each of its alternatives with the words it requires. */
export type QuickTable = Readonly<
  Record<string, readonly (readonly [source: string, words: readonly string[] | null])[]>
>;

interface Alternative {
  readonly source: string;
  readonly words: readonly Word[] | null;
  regexp: RegExp | undefined;
}

/** An expression, ready for a quick no. */
export interface Quick {
  readonly alternatives: readonly Alternative[];
  readonly flags: string;
}

interface Word {
  readonly text: string;
  /** Of `words`. */
  readonly number: number;
}

/** A text in lower case, and by number which of the `words` stand in it. */
export interface Look {
  readonly lower: string;
  readonly holds: Uint8Array;
}

const known = new Map<RegExp, Quick>();
let table: QuickTable | undefined;

/** Reads an expression once; the same object gives the same answer. */
export function quickOf(regexp: RegExp): Quick {
  let quick = known.get(regexp);
  if (quick === undefined) {
    table ??= JSON.parse(globalThis.KUBECTL_IMAGEPULL_WORDS ?? '{}') as QuickTable;
    const read = table[regexp.source] ?? readSource(regexp.source);
    const alternatives = read.map(([source, required]) => {
      return { source, words: required?.map(wordOf) ?? null, regexp: undefined };
    });
    quick = { alternatives, flags: regexp.flags };
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
      alternatives.map((a) => [a.source, a.words?.map(({ text }) => text) ?? null] as const),
    ]),
  );
}

const words = new Map<string, Word>();
/** The words by their first three characters. */
const PLACES = 8192;
const places: (readonly Word[])[] = new Array(PLACES).fill([]);

function placeOf(text: string, at: number): number {
  const ahead = text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31;
  return (ahead + text.charCodeAt(at + 2)) & (PLACES - 1);
}

function wordOf(text: string): Word {
  let word = words.get(text);
  if (word === undefined) {
    word = { text, number: words.size };
    words.set(text, word);
    const place = placeOf(text, 0);
    places[place] = [...(places[place] ?? []), word];
  }
  return word;
}

/** A text is looked at for its wrappers, its status and its cause, one after the other. */
const recent: Look[] = [];
const MAX_RECENT = 2;

/** Looks for all words in one go, which takes less than to search for a few of them. */
export function lookAt(lower: string): Look {
  for (const look of recent) if (look.lower === lower) return look;
  const look = { lower, holds: wordsIn(lower) };
  if (recent.length === MAX_RECENT) recent.shift();
  recent.push(look);
  return look;
}

function wordsIn(lower: string): Uint8Array {
  const holds = new Uint8Array(words.size);
  for (let at = lower.length - MIN_WORD; at >= 0; at--) {
    const here = places[placeOf(lower, at)] as readonly Word[];
    for (let i = 0; i < here.length; i++) {
      const { text, number } = here[i] as Word;
      if (holds[number] === 0 && lower.startsWith(text, at)) holds[number] = 1;
    }
  }
  return holds;
}

function mayHold(alternative: Alternative, look: Look): boolean {
  if (alternative.words === null) return true;
  for (const { text, number } of alternative.words) {
    const holds = look.holds[number];
    if (holds === 1) return true;
    // A word of an expression that was read after the look.
    if (holds === undefined && look.lower.includes(text)) return true;
  }
  return false;
}

/** Whether an expression may match the text that was looked at. True where it cannot be said quickly. */
export function mayMatch(quick: Quick, look: Look): boolean {
  for (const alternative of quick.alternatives) if (mayHold(alternative, look)) return true;
  return false;
}

/**
 * As `test(text)` of the expression, for those without the flags `g` and `y` and without references to groups; `look`
 * is at a text that holds `text`.
 */
export function quickTest(quick: Quick, text: string, look: Look): boolean {
  for (const alternative of quick.alternatives) {
    if (!mayHold(alternative, look)) continue;
    alternative.regexp ??= new RegExp(alternative.source, quick.flags);
    if (alternative.regexp.test(text)) return true;
  }
  return false;
}
