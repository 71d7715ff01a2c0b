/** Texts that stand nowhere else, and the forms in which they could leak. */

export class Canaries {
  /** With its forms. */
  readonly #planted = new Map<string, readonly string[]>();

  /** With characters that URLs and base64 change. */
  plant(place: string): string {
    const text = `${place}+Kn/8q%Zx${this.#planted.size}Vw=73`;
    return this.add(text);
  }

  /** A secret that has to have a form of its own, a key for one. */
  add(text: string): string {
    this.#planted.set(text, [...new Set(formsOf(text))]);
    return text;
  }

  get planted(): readonly string[] {
    return [...this.#planted.keys()];
  }

  /** Those of which `text` tells anything. */
  in(text: string): string[] {
    const found = [...this.#planted].filter(([, forms]) =>
      forms.some((form) => text.includes(form)),
    );
    return found.map(([one]) => one);
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
