/**
 * A quick no: most patterns cannot match most texts, and a regular expression costs a compilation at its first use,
 * hundreds of times the price of a look for a word. From a pattern's source this reads words of which one must stand
 * in any text that matches; a text without them needs no regular expression at all. A pattern of many alternatives is
 * tested alternative by alternative, so that only those are compiled whose words are there. Pure.
 */

/** Shorter words are in every text. */
const MIN_WORD = 3;

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

/** The alternatives of a source, outside of groups and classes. */
export function alternativesOf(source: string): string[] {
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === '|' && depth === 0) {
      found.push(source.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, source.slice(start)];
}

/**
 * Words in lower case of which at least one stands in every match; `null` where the source names none. Reads only
 * plain characters and groups; everything else just ends a word.
 */
export function requiredWords(source: string): readonly string[] | null {
  const reader = { source, at: 0, strange: false };
  const words = alternatives(reader);
  return reader.strange || reader.at !== source.length ? null : words;
}

interface Reader {
  readonly source: string;
  at: number;
  /** Something stands there that this reader does not know. */
  strange: boolean;
}

/** Up to the closing parenthesis or the end: the union of what each alternative requires. */
function alternatives(reader: Reader): readonly string[] | null {
  const all: string[] = [];
  let open = false;
  for (;;) {
    const words = sequence(reader);
    if (words === null) open = true;
    else all.push(...words);
    if (reader.source[reader.at] !== '|') break;
    reader.at++;
  }
  return open ? null : all;
}

/** One alternative: the best of its words and groups. */
function sequence(reader: Reader): readonly string[] | null {
  const { source } = reader;
  let best: readonly string[] | null = null;
  let word = '';
  const endWord = () => {
    if (word.length >= MIN_WORD) best = better(best, [word.toLowerCase()]);
    word = '';
  };
  while (reader.at < source.length && !reader.strange) {
    const char = source[reader.at] as string;
    if (char === '|' || char === ')') break;
    let plain = '';
    let group: readonly string[] | null = null;
    if (char === '(') {
      endWord();
      group = readGroup(reader);
    } else if (char === '[') {
      endWord();
      skipClass(reader);
    } else if (char === '\\') {
      const escaped = source[reader.at + 1] ?? '';
      const unicode = /^\\u[0-9a-f]{4}/i.exec(source.slice(reader.at, reader.at + 6))?.[0];
      reader.at += unicode?.length ?? 2;
      if (unicode !== undefined) plain = String.fromCharCode(Number.parseInt(unicode.slice(2), 16));
      else if (/[^A-Za-z0-9]/.test(escaped)) plain = escaped;
      else endWord();
      if (unicode === undefined && 'uxcpPk'.includes(escaped)) reader.strange = true;
    } else {
      reader.at++;
      if (char === '.' || char === '^' || char === '$') endWord();
      else plain = char;
    }
    const quantifier = readQuantifier(reader);
    if (quantifier === 'optional') {
      endWord();
      continue;
    }
    word += plain;
    if (quantifier === 'repeated') endWord();
    if (group !== null) best = better(best, group);
  }
  endWord();
  return best;
}

/** The words of a group; none for what looks ahead or back, which need not stand in the match. */
function readGroup(reader: Reader): readonly string[] | null {
  const { source } = reader;
  const looks = /^\(\?<?[=!]/.test(source.slice(reader.at, reader.at + 4));
  reader.at++;
  if (source[reader.at] === '?') {
    const named = /^\?<[A-Za-z]\w*>/.exec(source.slice(reader.at, reader.at + 40))?.[0];
    reader.at += named?.length ?? (source[reader.at + 1] === '<' ? 3 : 2);
  }
  const words = alternatives(reader);
  reader.at++;
  return looks ? null : words;
}

function skipClass(reader: Reader): void {
  const { source } = reader;
  reader.at++;
  while (reader.at < source.length && source[reader.at] !== ']') {
    reader.at += source[reader.at] === '\\' ? 2 : 1;
  }
  reader.at++;
}

function readQuantifier(reader: Reader): 'none' | 'repeated' | 'optional' {
  const { source } = reader;
  const char = source[reader.at];
  let kind: 'none' | 'repeated' | 'optional' = 'none';
  if (char === '?' || char === '*') {
    kind = 'optional';
    reader.at++;
  } else if (char === '+') {
    kind = 'repeated';
    reader.at++;
  } else if (char === '{') {
    const close = source.indexOf('}', reader.at);
    const counts = /^\d+(?:,\d*)?$/.exec(source.slice(reader.at + 1, close))?.[0];
    if (counts === undefined) return 'none';
    kind = counts.startsWith('0') ? 'optional' : 'repeated';
    reader.at = close + 1;
  }
  if (kind !== 'none' && source[reader.at] === '?') reader.at++;
  return kind;
}

/** The set whose shortest word is longest says no most often; between equals the smaller set. */
function better(
  a: readonly string[] | null,
  b: readonly string[] | null,
): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  const shortest = (words: readonly string[]) => Math.min(...words.map((w) => w.length));
  const difference = shortest(b) - shortest(a);
  if (difference !== 0) return difference > 0 ? b : a;
  return b.length < a.length ? b : a;
}
