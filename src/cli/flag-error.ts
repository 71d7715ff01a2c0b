/** Errors of the command line that point to the help text. */
import { UsageError } from '../words/errors.ts';
import type { Verb } from './flags.ts';

/** The flags or the verb are wrong, so the help of `verb` (or the whole help) is worth a look. */
export class FlagError extends UsageError {
  readonly verb: Verb | undefined;

  constructor(message: string, verb: Verb | undefined) {
    super(message);
    this.verb = verb;
  }
}
