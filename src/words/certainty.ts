import type { Certainty } from './reading.ts';

/** What is left of a certainty once something speaks against it. */
export function atMostLikely(certainty: Certainty): Certainty {
  return certainty === 'certain' ? 'likely' : certainty;
}
