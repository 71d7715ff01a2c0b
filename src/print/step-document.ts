/** Next steps in JSON and YAML. Pure. */
import type { NextStep } from '../words/next-step.ts';

/** What is for the reader of each. */
export function stepDocuments(steps: readonly NextStep[]) {
  return steps.map(({ text, command }) => (command === undefined ? { text } : { text, command }));
}
