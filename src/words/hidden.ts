/**
 * A text that must not be seen: passwords, tokens, the content of secrets. Printing it, joining it to a text or putting
 * it into JSON gives the mask; only `reveal` gives the text, so that every place that shows one can be found.
 */
export class Hidden {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  /** In characters. */
  get length(): number {
    return this.#text.length;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  /** What Node's `util.inspect` shows, stack traces of assertions included. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}

export const MASK = '********';
