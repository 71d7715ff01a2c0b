/** How answers about injected faults are scored. Pure. */
import type { CauseName } from '../../src/words/cause.ts';

/** What one run of `describe` said. */
export interface Answer {
  readonly cause: CauseName;
  readonly alternatives: readonly CauseName[];
  readonly certainty: 'certain' | 'likely' | 'ambiguous';
}

/** One fault and what was answered; `null`: the fault was not in the answer at all. */
export interface Judged {
  readonly name: string;
  /** What was injected. */
  readonly cause: CauseName;
  readonly hidden?: string | undefined;
  readonly describe: Answer | null;
  readonly verify: Answer | null;
}

export const GOALS = {
  /** Of the answers of `describe --verify`. */
  named: 0.98,
  /** Of the answers of `describe`. */
  truth: 1,
  mostAlternatives: 3,
  meanAlternatives: 0.8,
  wronglyCertain: 0,
} as const;

function holdsTruth(cause: CauseName, answer: Answer | null): boolean {
  return answer !== null && [answer.cause, ...answer.alternatives].includes(cause);
}

/** True when the injected cause is the one named, or among the alternatives. */
export function namedByDescribe({ cause, describe }: Judged): boolean {
  return holdsTruth(cause, describe);
}

/**
 * True when the injected cause is the one named; where the registry hides it, also when it is an alternative and the
 * answer does not claim to be certain.
 */
export function namedByVerify({ cause, hidden, verify }: Judged): boolean {
  if (verify?.cause === cause) return true;
  return hidden !== undefined && verify?.certainty !== 'certain' && holdsTruth(cause, verify);
}

/** True when an answer claims to be certain of something else than what was injected. */
export function wronglyCertain({ cause, describe, verify }: Judged): boolean {
  return [describe, verify].some((a) => a?.certainty === 'certain' && a.cause !== cause);
}

export interface Score {
  readonly faults: number;
  readonly causes: number;
  readonly namedByDescribe: number;
  readonly namedByVerify: number;
  /** Of the answers of `describe`. */
  readonly mostAlternatives: number;
  readonly meanAlternatives: number;
  readonly wronglyCertain: number;
}

/** Counts over all faults of a run. */
export function score(all: readonly Judged[]): Score {
  const alternatives = all.flatMap(({ describe }) => describe?.alternatives.length ?? []);
  const sum = alternatives.reduce((a, b) => a + b, 0);
  return {
    faults: all.length,
    causes: new Set(all.map(({ cause }) => cause)).size,
    namedByDescribe: all.filter(namedByDescribe).length,
    namedByVerify: all.filter(namedByVerify).length,
    mostAlternatives: Math.max(0, ...alternatives),
    meanAlternatives: alternatives.length === 0 ? 0 : sum / alternatives.length,
    wronglyCertain: all.filter(wronglyCertain).length,
  };
}

/** The goals that a run misses, one sentence each. */
export function missedGoals(s: Score): readonly string[] {
  const percent = (n: number) => `${((100 * n) / s.faults).toFixed(1)} %`;
  return [
    s.namedByVerify < GOALS.named * s.faults &&
      `describe --verify names ${percent(s.namedByVerify)} of the faults, fewer than ${GOALS.named * 100} %`,
    s.namedByDescribe < GOALS.truth * s.faults &&
      `the truth is in ${percent(s.namedByDescribe)} of the answers of describe, not in all`,
    s.mostAlternatives > GOALS.mostAlternatives &&
      `an answer has ${s.mostAlternatives} alternatives, more than ${GOALS.mostAlternatives}`,
    s.meanAlternatives > GOALS.meanAlternatives &&
      `${s.meanAlternatives.toFixed(2)} alternatives an answer, more than ${GOALS.meanAlternatives}`,
    s.wronglyCertain > GOALS.wronglyCertain && `${s.wronglyCertain} certain answers are wrong`,
  ].filter((each) => each !== false);
}
