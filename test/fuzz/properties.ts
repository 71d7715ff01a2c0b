/** What holds for every input, whatever it is. */
import type { Said } from './target.ts';

export type BrokenKind = 'crash' | 'engine text' | 'control byte' | 'secret' | 'slow' | 'promise';

/** A property that an input broke. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly kind: BrokenKind;

  constructor(kind: BrokenKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** C0 but line break and tab, DEL, C1, and what turns the direction of a text. */
const CONTROL = /(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** How V8 and Node word their own errors; corpora with such words are not mutated (`corpora.ts`). */
export const ENGINE_TEXT =
  /internal error|\b(?:Type|Range|Syntax|Reference|URI|Assertion)Error\b|Cannot read propert|Cannot convert undefined|is not a function|is not iterable|is not defined|Maximum call stack|Invalid (?:array|string) length|Unexpected (?:token|end of JSON|non-whitespace)|Expected property name|is not valid JSON|\bERR_[A-Z_]{3}|\[object \w+\]/;

/** Throws `Broken` for what was said and must not be. */
export function checkSaid({ texts, secrets = [] }: Said): void {
  for (const text of texts) {
    const control = CONTROL.exec(text);
    if (control !== null) {
      throw new Broken('control byte', `${codeOf(control[0])} in ${around(text, control.index)}`);
    }
    const engine = ENGINE_TEXT.exec(text);
    if (engine !== null) throw new Broken('engine text', around(text, engine.index));
    for (const secret of secrets) {
      const at = text.indexOf(secret);
      if (at !== -1) throw new Broken('secret', around(text, at));
    }
  }
}

/** Throws `Broken` where a promise of the code does not hold. */
export function promise(holds: boolean, what: string): void {
  if (!holds) throw new Broken('promise', what);
}

function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 200), at + 200));
}
