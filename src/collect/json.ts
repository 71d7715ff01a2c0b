/**
 * Lenient access to foreign JSON: a field of the wrong type reads as absent, never as a throw
 * ("required in the schema is not a guarantee at render time").
 */

export type Json = Readonly<Record<string, unknown>>;

const EMPTY: Json = {};

/** The value as an object; an empty one where it is none. */
export function obj(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : EMPTY;
}

/** The value as a list of objects. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(obj) : [];
}

/** The value as a string; empty where it is none. */
export function str(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value as a number, `null` where it is none. */
export function num(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** RFC 3339 text as milliseconds since the epoch, `null` where it is none. */
export function time(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}
