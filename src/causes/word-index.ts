/** Which of many words stand in a text, found in one pass over it. Pure. */
import { MIN_WORD } from './required-words.ts';

interface Word {
  readonly text: string;
  /** Where in it the three characters begin that it is found by. */
  readonly anchor: number;
  readonly lastChar: number;
  /** Numbers of the owners. */
  readonly owners: number[];
  /** The number of the word before it at the same place, -1: none. */
  readonly next: number;
  /** The search that found it last. */
  found: number;
}

/** For three characters of five bits that count. */
const PLACES = 32_768;

/** Mixes one more character in; of three characters, one before them no longer counts. */
function mixed(place: number, char: number): number {
  return ((place << 5) ^ char) & (PLACES - 1);
}

export class WordIndex {
  readonly #numbers = new Map<string, number>();
  readonly #words: Word[] = [];
  /** The number of the last word of a place, -1: none. Small, as it is read for every character. */
  readonly #places = new Int16Array(PLACES).fill(-1);
  #searches = 0;

  /** The words are in lower case, of three characters or more; `owners` are small numbers. */
  add(owners: readonly number[], texts: readonly string[]): void {
    for (const text of texts) this.#wordOf(text).owners.push(...owners);
  }

  /** By number of an owner below `count`: 1 where one of its words stands in the text, which is in lower case. */
  search(lower: string, count: number): Uint8Array {
    const owns = new Uint8Array(count);
    const search = ++this.#searches;
    const places = this.#places;
    const words = this.#words;
    let place = 0;
    for (let at = 0; at < lower.length; at++) {
      place = mixed(place, lower.charCodeAt(at));
      for (let next = places[place] as number; next >= 0; ) {
        const word = words[next] as Word;
        next = word.next;
        if (word.found === search) continue;
        const start = at + 1 - MIN_WORD - word.anchor;
        // Most end here; the rest is compared by a call.
        if (lower.charCodeAt(start + word.text.length - 1) !== word.lastChar) continue;
        if (!lower.startsWith(word.text, start)) continue;
        word.found = search;
        for (const owner of word.owners) owns[owner] = 1;
      }
    }
    return owns;
  }

  #wordOf(text: string): Word {
    const known = this.#numbers.get(text);
    if (known !== undefined) return this.#words[known] as Word;
    const { anchor, place } = this.#anchorOf(text);
    const lastChar = text.charCodeAt(text.length - 1);
    const next = this.#places[place] as number;
    const word = { text, anchor, lastChar, owners: [], next, found: 0 };
    this.#places[place] = this.#words.length;
    this.#numbers.set(text, this.#words.length);
    this.#words.push(word);
    return word;
  }

  /** Words begin alike ("failed to ..."): of the three characters in a row in one, those by which the fewest are found. */
  #anchorOf(text: string): { readonly anchor: number; readonly place: number } {
    let best = { anchor: 0, place: 0, others: Number.POSITIVE_INFINITY };
    let place = 0;
    for (let at = 0; at < text.length; at++) {
      place = mixed(place, text.charCodeAt(at));
      const anchor = at + 1 - MIN_WORD;
      if (anchor < 0) continue;
      let others = 0;
      for (let next = this.#places[place] as number; next >= 0; others++) {
        next = (this.#words[next] as Word).next;
      }
      if (others < best.others) best = { anchor, place, others };
    }
    return best;
  }
}
