/**
 * Reads the source of a regular expression for words of which one must stand in any text that matches. What it does
 * not know, it does not guess: then there are none. Pure.
 */

/** Shorter words are in every text. */
export const MIN_WORD = 3;

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
