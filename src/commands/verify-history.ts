/** What workloads had before an image that is not there. */
import type { Earlier } from '../collect/verify-earlier.ts';
import type { Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { EarlierOf } from './verify-run.ts';

export interface VerifyHistory {
  readonly of: EarlierOf;
  /** What could not be read. */
  readonly gaps: () => Promise<readonly Unavailable[]>;
}

/** The code for it is loaded where it is asked for. */
export function historyOf(source: ObjectSource): VerifyHistory {
  let opened: Promise<Earlier> | undefined;
  const open = async () => {
    const { Earlier } = await import('../collect/verify-earlier.ts');
    return new Earlier(source);
  };
  const of: EarlierOf = async (image, users) => {
    opened ??= open();
    return (await opened).of(image, users);
  };
  return { of, gaps: async () => (await opened)?.gaps ?? [] };
}
