/** What `verify` needs of registries. Tests bring their own. */
import type { parseImage } from '../image/reference.ts';
import type { RegistryOptions } from '../words/ask-options.ts';
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
  /** Platforms of other nodes, whose images are to be there as well. */
  readonly others?: readonly Platform[] | undefined;
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

/** Hosts of which the flags say where nodes find them. */
export function hostsTold({
  addresses,
  mirrors,
}: Pick<RegistryOptions, 'addresses' | 'mirrors'>): Set<string> {
  const hosts = [
    ...addresses.map((text) => text.slice(0, text.lastIndexOf('='))),
    ...mirrors.map((text) => text.slice(0, Math.max(0, text.search(/=https?:\/\//)))),
  ];
  // A mirror for every host names none.
  return new Set(hosts.filter((host) => host !== '').map((host) => host.toLowerCase()));
}
