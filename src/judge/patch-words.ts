/** Words of other people inside patches. Pure. */

/** What begins with a letter and is no string to YAML 1.1. */
const WORDS_OF_YAML: ReadonlySet<string> = new Set('y yes n no on off true false null'.split(' '));

/**
 * The word as flow YAML reads it as a string: bare where it is plain, since older PowerShells eat double quotes; else a
 * JSON string, which is YAML as well. Bare, `123457`, `1e3`, `true` and `null` would be of other types, and names in a
 * list of pull secrets, which nobody checks, may hold brackets. `null` where it holds what a terminal may not show.
 */
export function patchWord(word: string): string | null {
  if (/^[A-Za-z][A-Za-z0-9.-]*$/.test(word) && !WORDS_OF_YAML.has(word.toLowerCase())) return word;
  return /^[ -~]{1,512}$/.test(word) ? JSON.stringify(word) : null;
}

/** The name of an object, a container or a volume as `patchWord`; `null` where the API server takes no such name. */
export function patchName(name: string): string | null {
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name) ? patchWord(name) : null;
}
