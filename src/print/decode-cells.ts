/** Single cells of `decode`'s table, as its blocks use them too. Pure. */
import { humanDuration } from './age.ts';
import type { EntryItem, SecretText } from './decode-view.ts';

export interface DecodePrint {
  readonly now: number;
  readonly wide: boolean;
  readonly noHeaders: boolean;
  readonly withNamespace: boolean;
  /** The user named what to look at: nothing is left out for the sake of a short list. */
  readonly named: boolean;
  readonly bold: (text: string) => string;
  /** Columns that running text may take. */
  readonly width: number;
  /** A command of ours with the flags that make it look at the same place. */
  readonly command: (text: string) => string;
}

export const NONE = '<none>';
export const UNKNOWN = '<unknown>';

/** Longest password in a table; a longer one stands below. */
const MAX_PASSWORD_CELL = 64;

/** The mask with the length of what it hides, or the password; `below` where a cell would cut or change it. */
export function passwordCell({ text, masked, length }: SecretText): string {
  if (length === 0) return NONE;
  if (masked) return `${text} (${length})`;
  return isLong(text) ? `below (${length})` : text;
}

/** What a cell would cut or change. */
export function isLong(text: string): boolean {
  return text.length > MAX_PASSWORD_CELL || /\p{Cc}/u.test(text);
}

/** `in 11h`, `2d ago`, `at the latest in 1h`, `<unknown>`. */
export function expiresText(expires: EntryItem['expires'], now: number): string {
  if (expires === null) return UNKNOWN;
  const { at, atLatest } = expires;
  const when = at > now ? `in ${humanDuration(at - now)}` : `${humanDuration(now - at)} ago`;
  return atLatest ? `at the latest ${when}` : when;
}
