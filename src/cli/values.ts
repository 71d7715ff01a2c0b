/** The values that flags take from a fixed set: for the checks, the completion and the docs. */
import { CAUSE_NAMES } from '../words/cause.ts';
import { SECRET_STATUSES } from '../words/secret-status.ts';
import type { Verb } from './flags.ts';

/** What `-o` takes with every verb that has it. */
export const FORMATS = ['json', 'name', 'wide', 'yaml'] as const;

/** What `-o` takes besides, by verb. */
export const MORE_FORMATS = {
  decode: ['dockerconfigjson'],
  verify: ['junit'],
} as const;

export const COLORS = ['auto', 'always', 'never'] as const;

const DRY_RUNS = ['client', 'none', 'server'] as const;

export interface FixedValues {
  readonly values: readonly string[];
  /** Several may be given, with commas. */
  readonly list: boolean;
}

/** The values of the flag `name` with `verb`; undefined where they are no fixed set. */
export function fixedValues(name: string, verb: Verb | undefined): FixedValues | undefined {
  switch (name) {
    case 'output':
      return { values: formatsOf(verb), list: false };
    case 'color':
      return { values: COLORS, list: false };
    case 'cause':
      return { values: CAUSE_NAMES, list: true };
    case 'status':
      // As the flag takes them without quotes.
      return { values: SECRET_STATUSES.map((status) => status.replaceAll(' ', '-')), list: true };
    case 'dry-run':
      return { values: DRY_RUNS, list: false };
    default:
      return undefined;
  }
}

/** What `-o` takes with `verb`, in alphabetical order. */
export function formatsOf(verb: Verb | undefined): readonly string[] {
  const more = verb === 'decode' || verb === 'verify' ? MORE_FORMATS[verb] : [];
  return [...FORMATS, ...more].sort();
}
