/** Lists in answers of an API server. */
import { fields, text } from '../../words/fields.ts';

/**
 * The items under `key`; Go writes `null` for none. Undefined for what is no list of a kind that `isKind` takes: with `{}`
 * or a gateway's `{"message": "…"}` taken for an empty one, everything would be well.
 */
export function answeredItems(
  body: unknown,
  key: string,
  isKind: (kind: string) => boolean,
): readonly unknown[] | undefined {
  const { kind, [key]: items } = fields(body);
  if (Array.isArray(items)) return items;
  return (items ?? null) === null && isKind(text(kind)) ? [] : undefined;
}
