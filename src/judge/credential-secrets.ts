/** The pod's pull secrets as far as they were read, and when the kubelet last used them. Pure. */
import { readSecret, type SecretContent } from '../credentials/docker-config.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { SecretView } from '../words/pod.ts';
import type { Failing } from './failing.ts';
import { dataOf } from './secret-report.ts';

export interface PodSecret {
  readonly name: string;
  readonly secret: SecretView;
  readonly content: SecretContent;
  /** When it was written, where that was after the last attempt: what is in it now was not used. Milliseconds. */
  readonly newerSince: number | null;
}

export interface PodSecrets {
  /** Those that were read, in the pod's order. */
  readonly read: readonly PodSecret[];
  /** False where one was not looked at, or its content is not in the file: it may be for the image. */
  readonly complete: boolean;
}

/** `lastTry` as `lastTryOf` gives it. */
export function podSecretsOf(evidence: PodEvidence, lastTry: number | null): PodSecrets {
  const read: PodSecret[] = [];
  // The list of a pod that is made up from its events is not known.
  let complete = evidence.presence === 'there';
  for (const name of evidence.pod.pullSecrets) {
    const answer = evidence.secrets.get(name);
    if (!answer?.known) {
      complete &&= answer?.why.reason === 'not found';
      continue;
    }
    if (answer.value.elided) {
      complete = false;
      continue;
    }
    const secret = answer.value;
    read.push({ name, secret, content: contentOf(secret), newerSince: newer(secret, lastTry) });
  }
  return { read, complete };
}

/**
 * The last time the runtime was asked for the image: an event `Pulling`, or a failure that is no back-off. Null where
 * no event tells. Milliseconds.
 */
export function lastTryOf(evidence: PodEvidence, failing: Failing): number | null {
  const events = evidence.events.known ? evidence.events.value : [];
  const times = events
    .filter((e) => e.reason === 'Pulling' || e.text.startsWith('Failed to pull image'))
    .filter((e) => e.text.includes(failing.image))
    .filter((e) => !e.container || e.container === failing.container.name)
    .flatMap((e) => (e.last === null ? [] : [e.last]));
  return times.length === 0 ? null : Math.max(...times);
}

function newer(secret: SecretView, lastTry: number | null): number | null {
  const written = Math.max(secret.changedAt ?? 0, secret.createdAt ?? 0);
  return lastTry !== null && written > lastTry ? written : null;
}

/** A namespace's pods share their secrets: each is read once. */
const CONTENTS = new WeakMap<SecretView, SecretContent>();

function contentOf(secret: SecretView): SecretContent {
  const known = CONTENTS.get(secret);
  if (known) return known;
  const content = readSecret(dataOf(secret));
  CONTENTS.set(secret, content);
  return content;
}
