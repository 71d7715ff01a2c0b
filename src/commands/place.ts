/** Where commands have to act that are printed as advice: where this one looked. */
import { connectionWords } from '../cluster/connection-words.ts';
import type { Place } from '../judge/same-place.ts';
import type { LookOptions } from '../words/options.ts';
import { fileWords } from '../words/saved-input.ts';

/** The cluster of the flags, or the files. */
export function placeOf({
  connection,
  filenames,
}: Pick<LookOptions, 'connection' | 'filenames'>): Place {
  const files = fileWords(filenames);
  return { connection: files.length > 0 ? [] : connectionWords(connection), files };
}
