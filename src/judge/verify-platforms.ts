/** Platforms of nodes and of images. Pure. */
import type { LadderResult } from '../words/ladder.ts';
import type { Platform } from '../words/verification.ts';

/** `linux/arm64` each. */
export function platformNames(platforms: readonly Platform[]): string[] {
  return platforms.map(({ os, architecture }) => `${os}/${architecture}`);
}

/** Whether an image for `made` (`linux/arm64/v8`) is one for nodes of `name` (`linux/arm64`). */
export function fits(made: string, name: string): boolean {
  return made === name || made.startsWith(`${name}/`);
}

/** A platform was chosen among those of an index. */
export function hasIndex({ steps }: Pick<LadderResult, 'steps'>): boolean {
  return steps.some(({ step, outcome }) => step === 'platform' && outcome === 'ok');
}
