/** Foreign data, read one field at a time. */

export type Fields = Readonly<Record<string, unknown>>;

/** A mapping: neither null nor a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A mapping, or an empty one. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** A string, or an empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An object's `metadata.name`. */
export function nameOf(object: unknown): string {
  return text(fields(fields(object)['metadata'])['name']);
}

/** The value of a JSON text; `undefined` where it is none. The parser's message quotes the text, so it goes no further. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The elements; of anything but a list none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The elements as strings, an empty one for what is none. */
export function texts(value: unknown): string[] {
  return list(value).map(text);
}

/** A finite number, or `null`. */
export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
