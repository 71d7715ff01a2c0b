/** A tag that is not there, in a workload that had another one before. Pure. */

import type { NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import type { EarlierAnswer } from '../words/verification.ts';

export interface WayBack {
  readonly findings: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

/** What each workload had, whether that can still be pulled, and the way back where it can. */
export function goBack(earlier: readonly EarlierAnswer[]): WayBack {
  return {
    findings: earlier.map(finding),
    nextSteps: earlier.filter(({ result }) => result === 'pullable').map(step),
  };
}

function finding({ workload, revision, image, result, detail }: EarlierAnswer): string {
  const had = `${workload.kind} ${workload.namespace}/${workload.name} had ${image} before (revision ${revision})`;
  switch (result) {
    case 'pullable':
      return `${had}, and that can still be pulled`;
    case 'not pullable':
      return `${had}, and that cannot be pulled either: ${detail}`;
    case 'unverifiable':
      return `${had}; whether that can be pulled could not be verified: ${detail}`;
  }
}

function step({ workload, revision, paused }: EarlierAnswer): NextStep {
  const type = workload.kind.toLowerCase();
  const name = `${type}/${shellQuote(workload.name)} -n ${shellQuote(workload.namespace)}`;
  const text = `Go back to revision ${revision}, with all that was different in it`;
  return paused
    ? {
        text: `${text}: first kubectl rollout resume ${name}, since it is paused`,
        command: `kubectl rollout undo ${name}`,
      }
    : { text, command: `kubectl rollout undo ${name}` };
}
