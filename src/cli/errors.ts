/** Errors to one line and one exit code, by class. Pure. */
import { visible } from '../print/escape.ts';
import { UsageError, words } from '../words/errors.ts';
import type { ExitCode } from '../words/options.ts';

/** Longest line of an error; the text may come from a server or a file. */
const MAX_LINE = 2000;

/** `null` line: nothing is to be said. `debug` adds the stack of what should not happen. */
export function errorOutcome(
  error: unknown,
  aborted: boolean,
  debug = false,
): { readonly line: string | null; readonly code: ExitCode } {
  if (aborted) return { line: null, code: 130 };
  const code = error instanceof UsageError ? 2 : 1;
  const stack = debug && error instanceof Error && error.stack ? `${error.stack}\n` : '';
  return { line: `${visible(words(error).slice(0, MAX_LINE))}\n${stack}`, code };
}
