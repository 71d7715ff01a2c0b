/** Everything that is asked of registries about images: the ladder, and IBM Cloud of the keys for its registry. */
import type { VerifyCase } from '../judge/verify-plan.ts';
import type { IbmOptions } from '../words/ask-options.ts';
import type { VerifiedImage } from '../words/verification.ts';
import type { Registries } from './verify-registries.ts';
import { type EarlierOf, verifyCases } from './verify-run.ts';

export interface AskAround {
  /** Called after each image. */
  readonly onDone: () => void;
  readonly earlierOf: EarlierOf | undefined;
  readonly ibm: IbmOptions;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** In the order of the cases. */
export async function askAll(
  cases: readonly VerifyCase[],
  registries: Registries,
  { onDone, earlierOf, ibm, now }: AskAround,
): Promise<VerifiedImage[]> {
  const images = await verifyCases(cases, registries, onDone, earlierOf);
  if (ibm.ask === false || !cases.some(isOnIbm)) return images;
  const { withIbmAnswers } = await import('./verify-ibm.ts');
  return withIbmAnswers(cases, images, registries, ibm.ask, now);
}

function isOnIbm({ reference }: VerifyCase): boolean {
  return reference.valid && /\.(?:icr\.io|bluemix\.net)$/.test(`.${reference.host}`);
}
