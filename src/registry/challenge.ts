/**
 * `WWW-Authenticate`, read leniently: registries leave out quotes, put several challenges into one header and write
 * schemes as they like (RFC 9110 §11.6.1; containerd `remotes/docker/auth/parse.go`). Linear.
 */

export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** Names in lower case; the first of two counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Characters of a header, and challenges of an answer, that are looked at. */
const MAX_HEADER = 8192;
const MAX_CHALLENGES = 16;

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
/** Unquoted values hold URLs and scopes; they end at a comma or a blank. */
const BARE_VALUE = /[^\s",][^\s,]*/y;
const BLANKS = /[\s,]*/y;

/** Every challenge of the headers, in their order. What cannot be read is left out. */
export function parseChallenges(headers: readonly string[]): Challenge[] {
  return headers.slice(0, MAX_CHALLENGES).flatMap(parseHeader).slice(0, MAX_CHALLENGES);
}

/** Bearer before Basic, whatever the order of the headers, as containerd takes them; `null` where there is neither. */
export function chooseChallenge(challenges: readonly Challenge[]): Challenge | null {
  const of = (scheme: string) => challenges.find((challenge) => challenge.scheme === scheme);
  return of('bearer') ?? of('basic') ?? null;
}

function parseHeader(header: string): Challenge[] {
  const text = header.slice(0, MAX_HEADER);
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const taken = pattern.exec(text)?.[0] ?? '';
    at += taken.length;
    return taken;
  };
  while (at < text.length) {
    take(BLANKS);
    const word = take(TOKEN);
    if (word === '') {
      // A character that begins nothing.
      at++;
      continue;
    }
    const before = at;
    take(/[ \t]*/y);
    if (text[at] !== '=') {
      // A blank, not an equals sign: a scheme.
      at = before;
      found.push({ scheme: word.toLowerCase(), parameters: new Map() });
      continue;
    }
    at++;
    take(/[ \t]*/y);
    const value = text[at] === '"' ? quoted() : take(BARE_VALUE);
    const parameters = found.at(-1)?.parameters;
    const name = word.toLowerCase();
    if (parameters !== undefined && !parameters.has(name)) parameters.set(name, value);
  }
  return found;

  function quoted(): string {
    let value = '';
    for (at++; at < text.length && text[at] !== '"'; at++) {
      if (text[at] === '\\' && at + 1 < text.length) at++;
      value += text[at] ?? '';
    }
    at++;
    return value;
  }
}
