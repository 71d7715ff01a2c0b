/** What `verify` takes from the command line. */
import type { AskOptions } from './ask-options.ts';
import type { LookOptions, OutputFormat } from './options.ts';

export interface VerifyOptions extends LookOptions, AskOptions {
  /** Image references; none: those of pods. */
  readonly images: readonly string[];
  /** Pull secrets to use for `images`, in the order in which they are tried. */
  readonly secrets: readonly string[];
  readonly output: OutputFormat | 'junit';
}
