/**
 * Standard input as commands of ours name it: what was piped cannot be read twice, so they name a file that it has to be
 * saved in. Pure.
 */
import { shellQuote } from './shell.ts';

const SAVED_INPUT = 'FILE';

/** `-f` words for commands that are to look at the same files. */
export function fileWords(filenames: readonly string[]): string[] {
  return [...new Set(filenames)].flatMap((name) => [
    '-f',
    name === '-' ? SAVED_INPUT : shellQuote(name),
  ]);
}

/** What is said below a text with such a command; empty where there is none. */
export function savedInputNote(text: string, filenames: readonly string[]): string {
  const named = filenames.includes('-') && text.includes(` -f ${SAVED_INPUT}`);
  return named ? `\n${SAVED_INPUT}: save what came by standard input there first.\n` : '';
}
