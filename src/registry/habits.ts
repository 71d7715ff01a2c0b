/** What a registry's own habits (`registries/`) say of a step that failed. */
import type { RegistryAnswer } from '../registries/answers.ts';
import { answerTo } from '../registries/read.ts';
import type { StepFacts, StepName } from '../words/ladder.ts';
import { StepFault } from './step-fault.ts';

export interface Refined {
  readonly fault: StepFault;
  /** `null` where the table says no more than the protocol. */
  readonly answer: RegistryAnswer | null;
}

/** `host`: of the image or the mirror. `facts`: of the steps before. `sent`: it saw a credential. */
export function refine(
  fault: StepFault,
  host: string,
  facts: (step: StepName) => StepFacts | undefined,
  sent: boolean,
): Refined {
  const from = { host, service: facts('challenge')?.service, realm: facts('token')?.url };
  const answer = answerTo(fault, from, sent);
  if (answer === null) return { fault, answer };
  const { status, errorCode, errorMessage, realmHost } = fault.facts;
  const said = errorMessage ?? errorCode;
  const server =
    fault.step === 'token' && realmHost !== undefined ? `token server ${realmHost}, ` : '';
  const detail = `${answer.means} (${server}${status}${said === undefined ? '' : `: ${said}`})`;
  const code = answer.ladder ?? fault.code;
  return { fault: new StepFault(fault.step, code, detail, fault.facts, fault), answer };
}
