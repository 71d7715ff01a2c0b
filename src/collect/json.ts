/**
 * Lenient access to foreign JSON: a field of the wrong type reads as absent, never as a throw
 * ("required in the schema is not a guarantee at render time").
 */
import { type Fields, fields, list as items, text } from '../words/fields.ts';

export {
  type Fields as Json,
  fields as obj,
  nameOf,
  number as num,
  text as str,
} from '../words/fields.ts';

/** The value as a list of objects. */
export function list(value: unknown): readonly Fields[] {
  return items(value).map(fields);
}

/** RFC 3339 text as milliseconds since the epoch, `null` where it is none. */
export function time(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}

/** `namespace/name` of an object. */
export function keyOf(object: unknown): string {
  const { namespace, name } = fields(fields(object)['metadata']);
  return `${text(namespace)}/${text(name)}`;
}
