/** What `verify` needs of registries. Tests bring their own. */
import type { parseImage } from '../image/reference.ts';
import type { IbmImageName, IbmLearnedAll } from '../words/ibm-learned.ts';
import type { LadderResult, NearestTags } from '../words/ladder.ts';
import type { Login, Platform } from '../words/verification.ts';

export type ImageName = Extract<ReturnType<typeof parseImage>, { valid: true }>;

export interface AskedLogin extends Login {
  readonly label: string;
}

export interface Question {
  readonly image: ImageName;
  /** `null`: anonymous. */
  readonly login: AskedLogin | null;
  /** `null`: any. */
  readonly platform: Platform | null;
}

export interface Registries {
  /** Never throws for what a registry does. */
  readonly ask: (question: Question) => Promise<LadderResult>;
  /** Tags near to that of the image; `null` where nobody can say. */
  readonly nearestTags: (image: ImageName, login: AskedLogin | null) => Promise<NearestTags | null>;
  /** Asks IBM Cloud itself of a credential; absent: it is not asked. */
  readonly ibm?: (image: IbmImageName, login: AskedLogin) => Promise<IbmLearnedAll>;
  readonly close: () => void;
}
