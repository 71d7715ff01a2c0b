/** Reading JSON that a stranger sent: only what has the form that is documented, cut to a length. */
import { shorten } from '../registry/answer.ts';
import { fields } from '../words/fields.ts';

/** Own property only: `__proto__` and the like are not data. */
export function at(value: unknown, name: string): unknown {
  const from = fields(value);
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

/** A text on one line, cut and redacted; `null` for anything else and for an empty one. */
export function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const line = shorten(value);
  return line === '' ? null : line;
}

/** An identifier goes into URLs and comparisons as it is: letters, digits and `-_.:@/`, at most 256; else `null`. */
export function identifier(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z0-9._:@/-]{1,256}$/.test(value) ? value : null;
}
