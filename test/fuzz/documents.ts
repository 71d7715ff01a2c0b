/** JSON and YAML that we print are read again by a parser. */
import { load } from 'js-yaml';
import type { Ran } from './command.ts';
import { promise } from './properties.ts';

/** Throws `Broken` where an answer (not an error) is no document of its format. */
export async function checkDocument({ code, out }: Ran, output: string): Promise<void> {
  if (out === '' || (code !== 0 && code !== 3 && code !== 4)) return;
  if (output !== 'json' && output !== 'yaml') return;
  let value: unknown;
  try {
    value = output === 'json' ? JSON.parse(out) : load(out);
  } catch (error) {
    promise(false, `-o ${output} cannot be read again: ${String(error)}`);
  }
  promise(typeof value === 'object' && value !== null, `-o ${output} is no object`);
}
