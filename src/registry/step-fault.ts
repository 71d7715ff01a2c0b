/** A step that failed, on its way up to the ladder. */
import type { FailedCode, StepFacts, StepName } from '../words/ladder.ts';
import { RequestFault } from './faults.ts';

export class StepFault extends Error {
  override readonly name = 'StepFault';
  readonly step: StepName;
  readonly code: FailedCode;
  readonly facts: StepFacts;

  /** `detail` is one line for a person, without a secret. */
  constructor(
    step: StepName,
    code: FailedCode,
    detail: string,
    facts: StepFacts = {},
    cause?: unknown,
  ) {
    super(detail, { cause });
    this.step = step;
    this.code = code;
    this.facts = facts;
  }
}

/** A fault of the registry's own connection belongs to dns, connect or tls, any other to the step it came in. */
export function atStep(step: StepName, error: unknown): unknown {
  if (!(error instanceof RequestFault)) return error;
  return new StepFault(error.step ?? step, error.code, error.message, error.facts, error);
}
