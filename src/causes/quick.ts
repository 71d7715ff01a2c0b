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
  readonly number: number;
  readonly alternatives: readonly Alternative[];
  readonly flags: string;
  /** One of its alternatives names no word. */
  readonly open: boolean;
}

interface Word {
  readonly text: string;
  /** Of `words`. */
  readonly number: number;
  /** Where in it the three characters begin that it is found by. */
  readonly anchor: number;
  readonly lastChar: number;
  /** Numbers of the expressions that may match where it stands. */
  readonly quicks: number[];
}

/** A text in lower case; by number, which words stand in it, and which expressions may match it for that. */
export interface Look {
  readonly lower: string;
  readonly holds: Uint8Array;
  readonly may: Uint8Array;
}

const known = new Map<RegExp, Quick>();
let table: QuickTable | undefined;

/** Reads an expression once; the same object gives the same answer. */
export function quickOf(regexp: RegExp): Quick {
  let quick = known.get(regexp);
  if (quick === undefined) {
    table ??= JSON.parse(globalThis.KUBECTL_IMAGEPULL_WORDS ?? '{}') as QuickTable;
    const read = table[regexp.source] ?? readSource(regexp.source);
    const number = known.size;
    const alternatives = read.map(([source, required]) => {
      return {
        source,
        words: required?.map((text) => wordOf(text, number)) ?? null,
        regexp: undefined,
      };
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
      alternatives.map((a) => [a.source, a.words?.map(({ text }) => text) ?? null] as const),
    ]),
  );
}

const words = new Map<string, Word>();
const byNumber: Word[] = [];
/** The last word that is found by the three characters that belong there, -1: none. Flat: it is read for every character. */
const PLACES = 32_768;
const last = new Int16Array(PLACES).fill(-1);
/** By number of a word: that of the one before it at the same place. */
const before: number[] = [];

/** Mixes one more character in; of three characters, one before them no longer counts. */
function mixed(place: number, char: number): number {
  return ((place << 5) ^ char) & (PLACES - 1);
}

/** Words begin alike ("failed to ..."): of the three characters in a row in one, those by which the fewest are found. */
function anchorOf(text: string): { readonly anchor: number; readonly place: number } {
  let best = { anchor: 0, place: 0, others: Number.POSITIVE_INFINITY };
  let place = 0;
  for (let at = 0; at < text.length; at++) {
    place = mixed(place, text.charCodeAt(at));
    const anchor = at + 1 - MIN_WORD;
    if (anchor < 0) continue;
    let others = 0;
    for (let number = last[place] as number; number >= 0; number = before[number] as number)
      others++;
    if (others < best.others) best = { anchor, place, others };
  }
  return best;
}

function wordOf(text: string, quick: number): Word {
  let word = words.get(text);
  if (word === undefined) {
    const { anchor, place } = anchorOf(text);
    word = {
      text,
      number: words.size,
      anchor,
      lastChar: text.charCodeAt(text.length - 1),
      quicks: [],
    };
    words.set(text, word);
    byNumber.push(word);
    before.push(last[place] as number);
    last[place] = word.number;
  }
  word.quicks.push(quick);
  return word;
}

/** A text is looked at for its wrappers, its status and its cause, one after the other. */
const recent: Look[] = [];
const MAX_RECENT = 2;

/** Looks for all words in one go, which takes less than to search for a few of them. */
export function lookAt(lower: string): Look {
  for (const look of recent) if (look.lower === lower) return look;
  const look = { lower, holds: new Uint8Array(words.size), may: new Uint8Array(known.size) };
  findWords(look);
  if (recent.length === MAX_RECENT) recent.shift();
  recent.push(look);
  return look;
}

function findWords({ lower, holds, may }: Look): void {
  let place = 0;
  for (let at = 0; at < lower.length; at++) {
    place = mixed(place, lower.charCodeAt(at));
    for (let number = last[place] as number; number >= 0; number = before[number] as number) {
      if (holds[number] === 1) continue;
      const { text, anchor, lastChar, quicks } = byNumber[number] as Word;
      const start = at + 1 - MIN_WORD - anchor;
      // Most end here; the rest is compared by a call.
      if (lower.charCodeAt(start + text.length - 1) !== lastChar) continue;
      if (!lower.startsWith(text, start)) continue;
      holds[number] = 1;
      for (const quick of quicks) may[quick] = 1;
    }
  }
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
