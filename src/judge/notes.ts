/** Remarks beside the verdict, each at most once: the image's tag, the pod's age, lost events, the network. Pure. */

import type { ImageReference } from '../image/reference.ts';
import type { CauseName } from '../words/cause.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Reading } from '../words/reading.ts';
import { NOT_FOUND, ON_THE_WAY } from './cause-sets.ts';
import type { Decision } from './decide.ts';
import type { Failing } from './failing.ts';

/** A pod younger than this may still find its way (a secret that arrives late, a push still under way). */
const YOUNG_MS = 120_000;

/** `--event-ttl` of kube-apiserver by default. */
const EVENT_TTL_MS = 3_600_000;

/** `now` is the moment the objects were seen, in milliseconds. */
export function notesFor(
  evidence: PodEvidence,
  failing: Failing,
  decision: Decision,
  reference: ImageReference | null,
  now: number,
): string[] {
  const { reading } = decision;
  const notes: string[] = [];
  if (evidence.presence !== 'there') notes.push(goneNote(evidence));
  else if (mayRecover(evidence, reading, now)) {
    notes.push('the pod is younger than two minutes: it may still recover');
  }
  if (evidence.pod.deletedAt !== null) {
    notes.push('the pod is being deleted: what is told here ends with it');
  }
  const lost = lostEvents(evidence, failing, decision, now);
  if (lost) notes.push(lost);
  if (failing.kind !== 'sandbox') {
    const tag = tagNote(failing, reference, reading.cause);
    if (tag) notes.push(tag);
  }
  if (ON_THE_WAY.has(reading.cause)) {
    notes.push(
      "the node pulls, not the pod: NetworkPolicy does not govern image pulls; the node's firewall, proxy, DNS and CA certificates do",
    );
  }
  return notes;
}

/** Without events nothing tells when a saved pod was seen, and some causes never pass by themselves. */
function mayRecover(evidence: PodEvidence, reading: Reading, now: number): boolean {
  const { createdAt } = evidence.pod;
  if (createdAt === null || !evidence.events.known || reading.facts.retryable === false)
    return false;
  return now - createdAt < YOUNG_MS && now >= createdAt;
}

function goneNote(evidence: PodEvidence): string {
  if (evidence.presence === 'not in the file') {
    return 'the pod itself is not in the file; this rests on its events';
  }
  return evidence.workload
    ? `the pod is gone; this rests on its events, and ${evidence.workload} made it`
    : 'the pod is gone; this rests on its events';
}

function lostEvents(
  evidence: PodEvidence,
  failing: Failing,
  decision: Decision,
  now: number,
): string | null {
  if (!evidence.events.known) return null;
  const fromEvents = failing.quotes.some((q) => q.source === 'event');
  const { createdAt } = evidence.pod;
  if (fromEvents) return null;
  const old = createdAt !== null && now - createdAt > EVENT_TTL_MS;
  const why = old
    ? 'events of this failure have expired (an API server keeps them one hour by default)'
    : 'there are no events of this failure';
  const used = decision.causeless
    ? 'and the status holds no cause'
    : 'the verdict rests on the container status';
  return `${why}; ${used}`;
}

function tagNote(
  failing: Failing,
  reference: ImageReference | null,
  cause: CauseName,
): string | null {
  if (!reference) return null;
  const always = failing.pullPolicy === 'Always';
  if (reference.digest) {
    return NOT_FOUND.has(cause)
      ? 'the image is named by digest: a tag beside it does not count, and a deleted or overwritten manifest is gone for good'
      : null;
  }
  if (reference.assumed.includes('latest')) {
    const policy = always ? ', and imagePullPolicy is Always for it by default' : '';
    return `the image has no tag: latest is assumed${policy}`;
  }
  if (reference.tag === 'latest') {
    return 'tag latest is mutable: what it names can change or vanish between two pulls';
  }
  if (failing.pullPolicy === 'IfNotPresent' && NOT_FOUND.has(cause)) {
    return 'imagePullPolicy is IfNotPresent: nodes that have the image already still start it, others cannot';
  }
  if (always && cause !== 'InvalidImageName') {
    return 'imagePullPolicy is Always: the registry must answer at every start, even if the node has the image';
  }
  return null;
}
