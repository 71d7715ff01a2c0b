/** How wide text is laid out. Pure. */
import type { Output } from '../words/streams.ts';

/** What fits any terminal, a mail and a ticket. */
const USUAL = 80;

/** Narrower, and nothing can be laid out; wider, and lines are hard to follow. */
const [LEAST, MOST] = [40, 100];

/** Columns for text that is always laid out (help): the terminal's, else 80. */
export function pageWidth({ columns }: Pick<Output, 'columns'>): number {
  return Math.min(Math.max(columns || USUAL, LEAST), MOST);
}

/** Columns at which sentences are folded: the terminal's. Where there is none a script has a sentence a line. */
export function foldWidth(out: Pick<Output, 'columns'>): number {
  return out.columns ? pageWidth(out) : Number.POSITIVE_INFINITY;
}
