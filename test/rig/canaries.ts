/** Texts that stand nowhere else, and the forms in which they could leak. */

export class Canaries {
  readonly #planted: string[] = [];

  /** With characters that URLs and base64 change. */
  plant(place: string): string {
    const text = `${place}+Kn/8q%Zx${this.#planted.length}Vw=73`;
    this.#planted.push(text);
    return text;
  }

  get planted(): readonly string[] {
    return this.#planted;
  }

  /** Those of which `text` tells anything. */
  in(text: string): string[] {
    return this.#planted.filter((one) => formsOf(one).some((form) => text.includes(form)));
  }
}

/** Halves count, URL escapes, and base64 at each of the three offsets it can have in a longer text. */
export function formsOf(text: string): string[] {
  const half = Math.ceil(text.length / 2);
  const shifted = ['', 'x', 'xx'].map((lead) =>
    Buffer.from(lead + text)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(lead.length === 0 ? 0 : 4, -2),
  );
  const encoded = [encodeURIComponent(text), encodeURI(text)];
  return [text, text.slice(0, half), text.slice(half), ...shifted, ...encoded];
}
