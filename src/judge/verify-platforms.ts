/** Platforms of nodes and of images. Pure. */
import { readPlatform, runsOn } from '../image/platforms.ts';
import type { LadderResult } from '../words/ladder.ts';
import type { Platform } from '../words/verification.ts';

/** So many platforms the ladder looks for by itself; what it found of them is its word. */
export const PLATFORMS_ASKED = 4;

/** `linux/arm64` each. */
export function platformNames(platforms: readonly Platform[]): string[] {
  return platforms.map(({ os, architecture }) => `${os}/${architecture}`);
}

/** Whether a node takes an image for `made` (`linux/arm64/v8`), as the runtimes choose. */
export function fits(made: string, node: Platform): boolean {
  return runsOn(readPlatform(made), node);
}

/** The platforms for which an index has nothing; none where it does not say what its entries are for. */
export function missingPlatforms(asked: LadderResult, wanted: readonly Platform[]): Platform[] {
  const { platforms } = asked;
  if (platforms === null || !hasIndex(asked)) return [];
  return wanted.filter((node) => !platforms.some((made) => fits(made, node)));
}

/** A platform was chosen among those of an index. */
export function hasIndex({ steps }: Pick<LadderResult, 'steps'>): boolean {
  return steps.some(({ step, outcome }) => step === 'platform' && outcome === 'ok');
}
