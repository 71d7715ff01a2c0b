/** Causes of which this node produces fewer than two faults, and why. Pure. */
import type { CauseName } from '../../src/words/cause.ts';

export const NOT_PRODUCED: Readonly<Partial<Record<CauseName, string>>> = {
  PullConflict:
    'containerd 2 lets the second pull of a layer wait for the first; the conflict is a text of older runtimes',
};
