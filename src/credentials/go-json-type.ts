import type { JsonValue } from './go-json.ts';

/**
 * Go's sentence for a value that does not fit its place (`json.UnmarshalTypeError`). It names types, never the value.
 *
 * @param type Go's name of the type that was wanted, e.g. `string`
 * @param place the outermost struct and the fields below it; empty where no struct is around
 */
export function typeError(value: JsonValue, type: string, place: readonly string[]): string {
  const where = place.length === 0 ? 'Go value' : `Go struct field ${place.join('.')}`;
  return `json: cannot unmarshal ${value.kind} into ${where} of type ${type}`;
}
