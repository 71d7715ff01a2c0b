/** A word as POSIX shells need it: plain words stay plain, the rest goes into single quotes. Pure. */
export function shellQuote(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
