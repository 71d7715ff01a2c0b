/** Exit codes, one table for all verbs: read by the help text and the docs. */
import type { ExitCode } from '../words/options.ts';

export interface ExitCodeMeaning {
  readonly code: ExitCode;
  readonly meaning: string;
}

/** Of 3 and 4 the answer is 3. */
export const EXIT_CODES: readonly ExitCodeMeaning[] = [
  { code: 0, meaning: 'Answered, findings included; verify: every image can be pulled' },
  { code: 1, meaning: 'Error; --watch: time is up or a named pod gone; a Job was left' },
  { code: 2, meaning: 'The command line is wrong (kubectl itself says 1)' },
  { code: 3, meaning: 'Findings, with --exit-code; verify: an image cannot be pulled' },
  { code: 4, meaning: 'Not verified, with --exit-code; verify: always; 3 goes before it' },
  { code: 130, meaning: 'Stopped by Ctrl-C' },
];
