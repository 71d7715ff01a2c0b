/** Reading JSON that a stranger sent: only what has the form that is documented, cut to a length. */
import { shorten } from '../registry/answer.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object; anything else is an empty one. */
export function object(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** Own property only: `__proto__` and the like are not data. */
export function at(value: unknown, name: string): unknown {
  const from = object(value);
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

/** The elements; of anything but an array none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
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

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
