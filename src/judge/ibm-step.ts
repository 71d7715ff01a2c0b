/** Making the steps of IBM Cloud, and what a request without an answer means for one. Pure. */
import type {
  IbmFacts,
  IbmFailedCode,
  IbmNoteCode,
  IbmSkippedCode,
  IbmStep,
  IbmStepName,
  IbmUnknownCode,
} from '../words/ibm.ts';
import type { IbmLearned, IbmRefusal } from '../words/ibm-learned.ts';

export interface Told {
  readonly detail: string;
  readonly ms?: number | undefined;
  readonly facts?: IbmFacts | undefined;
}

function common(step: IbmStepName, { detail, ms = 0, facts = {} }: Told) {
  return { step, detail, ms, facts };
}

export function ok(step: IbmStepName, told: Told): IbmStep {
  return { ...common(step, told), outcome: 'ok', code: 'ok' };
}

export function note(step: IbmStepName, code: IbmNoteCode, told: Told): IbmStep {
  return { ...common(step, told), outcome: 'note', code };
}

export function failed(step: IbmStepName, code: IbmFailedCode, told: Told): IbmStep {
  return { ...common(step, told), outcome: 'failed', code };
}

export function unknown(step: IbmStepName, code: IbmUnknownCode, told: Told): IbmStep {
  return {
    ...common(step, { ...told, detail: `cannot tell: ${told.detail}` }),
    outcome: 'unknown',
    code,
  };
}

export function skipped(step: IbmStepName, code: IbmSkippedCode, detail = 'not reached'): IbmStep {
  return { ...common(step, { detail }), outcome: 'skipped', code };
}

/** A question that was not answered. */
export function unanswered(
  step: IbmStepName,
  answer: Extract<IbmLearned<unknown>, { known: false }>,
): IbmStep {
  const { why, ms } = answer;
  return unknown(step, refusalCode(why), { detail: why.detail, ms, facts: refusalFacts(why) });
}

export function refusalFacts({ host, status, errorCode, errorMessage }: IbmRefusal): IbmFacts {
  return {
    ...(host !== '' && { host }),
    ...(status !== null && { status }),
    ...(errorCode !== '' && { errorCode }),
    ...(errorMessage !== '' && { errorMessage }),
  };
}

/** What a refusal says where it is no answer to the question. */
export function refusalCode({ problem, status }: IbmRefusal): IbmUnknownCode {
  switch (problem) {
    case 'unreachable':
      return 'ibm-unreachable';
    case 'unreadable':
      return 'ibm-answer-unreadable';
    case 'too large':
      return 'ibm-answer-too-large';
    case 'withheld':
      return 'ibm-credential-withheld';
    case 'refused':
      return statusCode(status ?? 0);
  }
}

function statusCode(status: number): IbmUnknownCode {
  if (status === 429) return 'ibm-rate-limited';
  if (status >= 500) return 'ibm-server-error';
  if (status === 401 || status === 403) return 'ibm-not-allowed';
  return status === 404 ? 'ibm-not-found' : 'ibm-refused-unknown';
}
