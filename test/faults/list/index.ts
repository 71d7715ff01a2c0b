/** All faults by family, and which of them a run injects. Pure. */
import type { CauseName } from '../../../src/words/cause.ts';
import type { Fault } from '../fault.ts';
import { ANSWERS } from './answers.ts';
import { CREDENTIALS } from './credentials.ts';
import { IMAGES } from './images.ts';
import { NAMES } from './names.ts';
import { NODE_FAULTS } from './node.ts';
import { WAY } from './way.ts';

/** Faults of a family share a namespace. */
export const FAMILIES: Readonly<Record<string, readonly Fault[]>> = {
  names: NAMES,
  credentials: CREDENTIALS,
  way: WAY,
  answers: ANSWERS,
  images: IMAGES,
  node: NODE_FAULTS,
};

export const FAULTS: readonly Fault[] = Object.values(FAMILIES).flat();

/** The first quick fault of each cause. */
export function shortList(all: readonly Fault[] = FAULTS): readonly Fault[] {
  const seen = new Set<CauseName>();
  return all.filter(({ cause, slow }) => {
    if (slow || seen.has(cause)) return false;
    seen.add(cause);
    return true;
  });
}

/** What the environment asks for; throws for a name that is not there. */
export function chosen(env: Readonly<Record<string, string | undefined>>): readonly Fault[] {
  const only = env['IMAGEPULL_FAULTS'];
  if (only === undefined || only === '') return FAULTS;
  if (only === 'short') return shortList();
  return only.split(',').map((name) => {
    const found = FAULTS.find((fault) => fault.name === name);
    if (found === undefined) throw new Error(`there is no fault "${name}"`);
    return found;
  });
}
