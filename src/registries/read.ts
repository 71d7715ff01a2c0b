/** Which registry answered, and what its answer means by its own row of the table. Pure. */
import type { StepFacts, StepResult } from '../words/ladder.ts';
import { answerOf, placeOf, type RegistryAnswer } from './answers.ts';
import { type Registry, registryById, registryOf } from './index.ts';

/** What is known of whoever answered. */
export interface Answerer {
  /** Of the image, or of the mirror that was asked. */
  readonly host: string;
  /** `service` of its challenge. */
  readonly service?: string | undefined;
  /** Of the token server, where that was asked; without query. */
  readonly realm?: string | undefined;
}

/** A registry that only a word in its host suggests is `guessed`. */
export interface Behind {
  readonly registry: Registry;
  readonly guessed: boolean;
}

/**
 * By the host; where that tells nothing, by the token server, which Harbor, GitLab, Quay and Artifactory name in ways
 * of their own.
 */
export function registryBehind({ host, service, realm }: Answerer): Behind {
  const { registry, guessed } = registryOf(host);
  if (registry.id !== 'generic' && !guessed) return { registry, guessed };
  const path = (realm ?? '').slice(0, 2048);
  if (service === 'harbor-registry' || path.endsWith('/service/token')) {
    return { registry: registryById('harbor'), guessed: false };
  }
  if (service === 'container_registry' || path.endsWith('/jwt/auth')) {
    return { registry: registryById('gitlab'), guessed: false };
  }
  if (path.endsWith('/v2/auth')) return { registry: registryById('quay'), guessed: false };
  if (path.includes('/artifactory/api/docker/')) {
    return { registry: registryById('artifactory'), guessed: false };
  }
  return { registry, guessed };
}

/** Codes of answers that a registry's own row may say more of; the others are the network's, or ours. */
const ANSWERED: ReadonlySet<string> = new Set([
  'credentials-missing',
  'token-refused',
  'token-anonymous-refused',
  'token-malformed',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'quota-exceeded',
  'policy-blocked',
  'not-a-registry',
  'unexpected-status',
  'manifest-not-found',
  'repository-not-found',
  'missing-or-private',
  'blob-missing',
  'blob-forbidden',
]);

/** Codes that come from the words of the error already: a row for a status alone knows less. */
const WORDED: ReadonlySet<string> = new Set([
  'quota-exceeded',
  'policy-blocked',
  'repository-not-found',
]);

export interface FailedStep {
  readonly step: StepResult['step'];
  readonly code: string;
  readonly facts: StepFacts;
}

/** The row of the registry's table for a step that failed, or `null` where it has none. */
export function answerTo(failed: FailedStep, from: Answerer, sent: boolean): RegistryAnswer | null {
  const { facts, step, code } = failed;
  const at = placeOf(step);
  if (at === null || facts.status === undefined || !ANSWERED.has(code)) return null;
  const realm = at === 'token' ? facts.url : from.realm;
  const { registry, guessed } = registryBehind({ ...from, realm });
  const said = {
    at,
    status: facts.status,
    code: facts.errorCode ?? '',
    message: facts.errorMessage ?? '',
    sent,
    page: facts.mediaType === 'text/html',
  };
  return answerOf(registry.answers, said, guessed || WORDED.has(code));
}

/** Whose steps these are. */
export function answererIn(host: string, steps: readonly StepResult[]): Answerer {
  const facts = (step: StepResult['step']) => steps.find((one) => one.step === step)?.facts;
  return { host, service: facts('challenge')?.service, realm: facts('token')?.url };
}

/** As `answerTo`, for the steps of a ladder that ended. */
export function answerIn(
  host: string,
  steps: readonly StepResult[],
  sent: boolean,
): RegistryAnswer | null {
  const failed = steps.find((one) => one.outcome === 'failed');
  return failed === undefined ? null : answerTo(failed, answererIn(host, steps), sent);
}
