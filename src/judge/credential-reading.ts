/** What the pod's pull secrets make of a reading that rests on texts alone. Pure. */
import type { PodView } from '../words/pod.ts';
import type { Reading } from '../words/reading.ts';
import type { CredentialFindings } from './credential-findings.ts';
import { withNodeCredentials } from './node-credentials.ts';
import type { SecretFindings } from './secrets.ts';
import { REFUSALS } from './wants.ts';

/** `decisive` is the text the reading rests on. */
export function withCredentials(
  reading: Reading,
  decisive: string,
  pod: PodView,
  secrets: SecretFindings,
  credentials: CredentialFindings,
): Reading {
  const known = withContents(reading, credentials);
  return withNodeCredentials(withMissing(known, secrets), decisive, pod);
}

/**
 * A missing pull secret beside a refusal: the registry refused because nothing was sent. Likely, not certain: the
 * secret might not have helped either.
 */
function withMissing(reading: Reading, secrets: SecretFindings): Reading {
  if (!secrets.allMissing || !REFUSALS.has(reading.cause)) return reading;
  const kept = [reading.cause, ...reading.alternatives].filter((c) => REFUSALS.has(c));
  return {
    ...reading,
    cause: 'SecretMissing',
    certainty: 'likely',
    alternatives: kept.slice(0, 2),
    facts: { ...reading.facts, retryable: false },
  };
}

/** What the secrets hold: a broken one is sure, a date that is over is likely (nobody checked the signature). */
function withContents(reading: Reading, { broken, expired, lasting }: CredentialFindings): Reading {
  const { cause, alternatives } = reading;
  if (broken !== null && (cause === 'SecretMalformed' || cause === 'Unknown')) {
    const certainty = cause === 'SecretMalformed' ? 'certain' : 'likely';
    const facts = { ...reading.facts, retryable: false };
    return { ...reading, cause: 'SecretMalformed', certainty, alternatives: [], facts };
  }
  if (!REFUSALS.has(cause)) return reading;
  if (expired && cause !== 'CredentialsExpired') {
    const kept = [cause, ...alternatives].filter((c) => c !== 'CredentialsExpired');
    return {
      ...reading,
      cause: 'CredentialsExpired',
      certainty: 'likely',
      alternatives: kept.slice(0, 2),
    };
  }
  if (lasting) {
    return { ...reading, alternatives: alternatives.filter((c) => c !== 'CredentialsExpired') };
  }
  return reading;
}
