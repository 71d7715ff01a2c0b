import { words } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Unavailable } from '../words/known.ts';

/** What looking for pods brought. */
export interface Subjects {
  readonly pods: readonly PodEvidence[];
  /** Names that were asked for and are not there, and the like: each one line on stderr, exit code 1. */
  readonly problems: readonly Error[];
  /** What could not be looked at on the way: without it "none found" would say too much. */
  readonly gaps: readonly Unavailable[];
}

/** Pods may not or cannot be read at all: nothing can be said. The error behind it is its `cause`. */
export class PodsUnavailable extends Error {
  override readonly name = 'PodsUnavailable';
  readonly why: Unavailable;

  constructor(why: Unavailable) {
    super(why.text, { cause: why.error });
    this.why = why;
  }

  /** The words of the error behind it, where there is one. */
  words(): string {
    const line = this.cause === undefined ? `error: ${this.message}` : words(this.cause);
    return this.why.check ? `${line} (${this.why.check})` : line;
  }
}
