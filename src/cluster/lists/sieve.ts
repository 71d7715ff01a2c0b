/**
 * The text of a list → the list, without parsing items that are sure to be dropped: in a large cluster nearly all pods
 * are healthy, and parsing them is half of the time.
 *
 * API servers write lists without blanks, and each item begins with its metadata. A text that is written otherwise
 * is parsed whole; so is one whose pieces are no JSON.
 */

const ITEMS = '"items":[';
const START = '{"metadata":{"';
const BETWEEN = `,${START}`;

/**
 * `mayKeep` gets the text of one item, or a part of it; false: it is not needed. `onDropped` is told how many were
 * left out. Throws SyntaxError for what is no JSON.
 */
export function parseSieved(
  text: string,
  mayKeep: (item: string) => boolean,
  onDropped?: (count: number) => void,
): unknown {
  const from = text.indexOf(ITEMS) + ITEMS.length;
  const end = text.lastIndexOf(']');
  if (from < ITEMS.length || end < from || !text.startsWith(START, from)) return JSON.parse(text);
  try {
    const list = JSON.parse(text.slice(0, from) + text.slice(end));
    const all = pieces(text, from, end);
    const kept = all.filter(mayKeep);
    list.items = kept.map((piece) => JSON.parse(piece));
    onDropped?.(all.length - kept.length);
    return list;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return JSON.parse(text);
  }
}

/**
 * The same from the bytes of an answer: no text is ever made of a whole page, so that what is read item by item leaves
 * nothing large behind.
 */
export function parseSievedBytes(body: Buffer, mayKeep: (item: string) => boolean): unknown {
  const from = body.indexOf(ITEMS) + ITEMS.length;
  const end = body.lastIndexOf(']');
  const plain = from < ITEMS.length || end < from;
  if (plain || body.toString('latin1', from, from + START.length) !== START) {
    return JSON.parse(body.toString('utf8'));
  }
  try {
    const list = JSON.parse(body.toString('utf8', 0, from) + body.toString('utf8', end));
    const items: unknown[] = [];
    for (let at = from; at < end; ) {
      const next = body.indexOf(BETWEEN, at);
      const stop = next < 0 || next > end ? end : next;
      const piece = body.toString('utf8', at, stop);
      if (mayKeep(piece)) items.push(JSON.parse(piece));
      at = stop + 1;
    }
    list.items = items;
    return list;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return JSON.parse(body.toString('utf8'));
  }
}

/** In a JSON string the quotes would be escaped, so this is between two items, or between two objects within one. */
function pieces(text: string, from: number, end: number): string[] {
  const found: string[] = [];
  for (let at = from; at < end; ) {
    const next = text.indexOf(BETWEEN, at);
    const stop = next < 0 || next > end ? end : next;
    found.push(text.slice(at, stop));
    at = stop + 1;
  }
  return found;
}
