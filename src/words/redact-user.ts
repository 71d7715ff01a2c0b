/**
 * Takes `USER:PASSWORD@` out of URLs and image names in a text. By hand and not by one expression: a password may be
 * of any length and hold nearly any character, and the time stays in proportion to the text. Pure.
 */

/** Ends a URL or a name in a text. A single quote may stand in a password. */
const END = /[\s"<>`]/;

/** A host behind the `@`, with a path, or with a port and nothing more. */
const HOST =
  /^(?!sha(?:256|384|512):)(?:[a-z0-9[][a-z0-9.:\]-]{0,253}(?=\/)|[a-z0-9.-]{1,253}:\d{1,5}(?=$|[),;'\]}]))/i;

/** More of them in one word are nobody's password. */
const MAX_TRIES = 50;

/** Begins a name within a word. */
const LEAD = "'(=,[{;";

const SCHEME = /[a-z][a-z0-9+.-]{0,30}$/i;

/**
 * @param text of any length
 * @param hidden what stands in place of user and password
 */
export function withoutUsers(text: string, hidden: string): string {
  let out = '';
  let from = 0;
  const cut = lastWordStart(text);
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', from)) {
    const start = wordStart(text, at, from);
    const end = wordEnd(text, at);
    out += text.slice(from, start) + inWord(text.slice(start, end), hidden);
    from = end;
  }
  if (cut < from) return out + text.slice(from);
  return out + text.slice(from, cut) + withoutCut(text.slice(cut), hidden);
}

function wordStart(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && !END.test(text[start - 1] as string)) start--;
  return start;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !END.test(text[end] as string)) end++;
  return end;
}

function lastWordStart(text: string): number {
  return wordStart(text, text.length, 0);
}

/** A word with an `@`: URLs by their scheme, else a name. */
function inWord(word: string, hidden: string): string {
  const pieces = word.split('://');
  if (pieces.length === 1) return inName(word, hidden);
  const [first = '', ...rest] = pieces;
  return [first, ...rest.map((piece) => inUrl(piece, hidden))].join('://');
}

/** What stands behind a scheme: the next URL's scheme may be at its end. */
function inUrl(piece: string, hidden: string): string {
  const slash = piece.search(/[/?#]/);
  const authority = slash === -1 ? piece : piece.slice(0, slash);
  const port = /^[^[\]]*:([^@]*)$/.exec(authority)?.[1] ?? '';
  // A password with a slash: what would be the port is no number.
  if (!authority.includes('@') && /^\d*[),;\].'}]*$/.test(port)) return piece;
  const at = lastAt(piece, slash === -1 ? piece.length : slash);
  return at === -1 ? piece : hidden + piece.slice(at);
}

/** The last `@` with a host behind it; else the last one before the path; -1 where none is. */
function lastAt(piece: string, pathStart: number): number {
  const last = piece.lastIndexOf('@');
  let tries = 0;
  for (let at = last; at > 0; at = piece.lastIndexOf('@', at - 1)) {
    if (tries++ === MAX_TRIES) return last;
    if (piece[at - 1] !== '/' && HOST.test(piece.slice(at + 1, at + 300))) return at;
    if (at < pathStart) return at;
  }
  return -1;
}

/** `USER:PASSWORD@HOST/…`, as somebody writes a login into an image name. */
function inName(word: string, hidden: string): string {
  const at = lastAt(word, 0);
  const colon = word.indexOf(':');
  if (at === -1 || colon === -1 || colon > at) return word;
  let start = colon;
  while (start > 0 && !LEAD.includes(word[start - 1] as string)) start--;
  const user = word.slice(start, colon);
  if (user === '' || user.includes('/') || user.toLowerCase() === 'mailto') return word;
  return word.slice(0, start) + hidden + word.slice(at);
}

/** The last word of a text that breaks off before the `@`. */
function withoutCut(word: string, hidden: string): string {
  const at = word.lastIndexOf('://');
  if (at === -1 || !SCHEME.test(word.slice(0, at).slice(-31))) return word;
  const rest = word.slice(at + 3);
  // Neither a host with its port nor an address of IPv6.
  return /^[^/?#:[\]]+:(?!\d{0,5}(?:\.{3}|…)?[),;.'}]*$)[^/?#]*$/.test(rest)
    ? `${word.slice(0, at + 3)}${hidden}`
    : word;
}
