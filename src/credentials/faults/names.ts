/** Names that no secret can have (RFC 1123 subdomain, as the API server asks). Pure. */

/** What is wrong with the name of a secret, as a fragment, or null where such a secret can exist. */
export function impossibleName(name: string): string | null {
  if (name === '') return 'it is empty';
  if (name.length > 253) return `it has ${name.length} characters, 253 are allowed`;
  const at = name.search(/[^a-z0-9.-]/);
  if (at >= 0) {
    const place = `character ${at + 1}`;
    const char = name[at] ?? '';
    if (char === '_') return `${place} is an underscore`;
    if (/[A-Z]/.test(char)) return `${place} is a capital`;
    if (/\s/.test(char)) return `${place} is a blank`;
    return `${place} is neither a small letter, a digit, a dash nor a dot`;
  }
  const bad = name
    .split('.')
    .some((part) => part === '' || part.startsWith('-') || part.endsWith('-'));
  return bad ? 'each part between dots begins and ends with a letter or digit' : null;
}

/** The nearest name that can exist, or null where none is left. */
export function possibleName(name: string): string | null {
  const parts = name
    .slice(0, 253)
    .toLowerCase()
    .replace(/[^a-z0-9.]/g, '-')
    .split('.');
  const whole = parts
    .map(trimDashes)
    .filter((part) => part !== '')
    .join('.');
  return whole === '' ? null : whole;
}

function trimDashes(text: string): string {
  let from = 0;
  let to = text.length;
  while (text[from] === '-') from++;
  while (to > from && text[to - 1] === '-') to--;
  return text.slice(from, to);
}
