import type { ExitCode } from '../words/options.ts';

/** One table for all verbs; help, docs and tests read it. */
export const EXIT_CODES: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  { code: 0, meaning: 'Answered; findings included' },
  { code: 1, meaning: 'Error: no such object, no access, server not reached, unreadable input' },
  { code: 2, meaning: 'Wrong usage (kubectl says 1)' },
  { code: 3, meaning: 'Findings, with --exit-code' },
  { code: 4, meaning: 'Could not be looked at, with --exit-code; where 3 and 4 both hold it is 3' },
  { code: 130, meaning: 'Ctrl-C' },
];
