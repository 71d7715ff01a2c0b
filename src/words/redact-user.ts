/**
 * Takes `USER:PASSWORD@` out of URLs and image names in a text. By hand and not by one expression: a password may be
 * of any length and hold nearly any character, and the time stays in proportion to the text. Pure.
 */

/** Ends a URL or a name in a text. A single quote may stand in a password. */
const END = /[\s"<>`]/;

/** Digests stand behind an `@`, too. */
const DIGEST = /^sha(?:256|384|512):/;

/** What can only be a host behind the `@`: with a dot, a port or a path, or in brackets. */
const HOST =
  /^(?:\[[0-9a-f:.]{2,60}\]|localhost\b|[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,9}|[a-z0-9][a-z0-9-]{0,252}(?=:\d{1,5}(?!\d)|\\{0,7}\/))/i;

/** A port, and what a sentence puts behind a host. */
const PORT = /^\d{0,5}[:),;\].'}\\]*$/;

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

/** `://`, also as JSON may write it. */
const BEHIND_SCHEME = /(:\\{0,7}\/\\{0,7}\/)/;

/** A word with an `@`: URLs by their scheme, else a name. */
function inWord(word: string, hidden: string): string {
  const pieces = word.split(BEHIND_SCHEME);
  if (pieces.length === 1) return inName(word, hidden);
  return pieces.map((piece, i) => (i === 0 || i % 2 === 1 ? piece : inUrl(piece, hidden))).join('');
}

/** What stands behind a scheme: the next URL's scheme may be at its end. */
function inUrl(piece: string, hidden: string): string {
  const path = piece.search(/\\{0,7}[/?#]/);
  const authority = path === -1 ? piece : piece.slice(0, path);
  const at = authority.includes('@')
    ? (hostAt(piece) ?? lastAt(authority))
    : isPort(authority, piece)
      ? -1
      : (hostAt(piece) ?? lastAt(piece));
  return at === -1 ? piece : hidden + piece.slice(at);
}

/** Whether an authority without `@` is a host. A password with a slash: what would be the port is no number. */
function isPort(authority: string, piece: string): boolean {
  const colon = authority.indexOf(':');
  if (colon === -1 || /[[\]]/.test(authority)) return true;
  if (!PORT.test(authority.slice(colon + 1))) return false;
  // `USER:123/4@HOST/` looks like a port: unlike a host, a user has no dot.
  return authority.slice(0, colon).includes('.') || hostAt(piece) === null;
}

/** The last `@` with a host behind it, null where none is. */
function hostAt(piece: string): number | null {
  let tries = 0;
  for (let at = piece.lastIndexOf('@'); at > 0; at = piece.lastIndexOf('@', at - 1)) {
    if (tries++ === MAX_TRIES) return piece.lastIndexOf('@');
    const behind = piece.slice(at + 1, at + 300);
    if (piece[at - 1] !== '/' && !DIGEST.test(behind) && HOST.test(behind)) return at;
  }
  return null;
}

/** The last `@` that begins no digest, -1 where none is. */
function lastAt(piece: string): number {
  const at = piece.lastIndexOf('@');
  if (at <= 0 || !DIGEST.test(piece.slice(at + 1, at + 10))) return at;
  return piece.lastIndexOf('@', at - 1);
}

/** `USER:PASSWORD@HOST/…`, as somebody writes a login into an image name. */
function inName(word: string, hidden: string): string {
  const at = hostAt(word) ?? -1;
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
