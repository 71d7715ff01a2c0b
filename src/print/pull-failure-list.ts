/**
 * Verdicts as the document `-o json` and `-o yaml` print. Field names are a contract (docs/schema): added to,
 * never changed. Pure.
 */
import type { Unavailable } from '../words/known.ts';
import { stampOrNull } from '../words/stamp.ts';
import type { CredentialUse, OtherTrouble, Quote, Verdict } from '../words/verdict.ts';
import { API_VERSION } from './api-version.ts';
import { stepDocuments } from './step-document.ts';
import { unavailable } from './unavailable.ts';
import { verifiedItem } from './verify-document.ts';

/** Texts are whole in JSON, but not without bound: strangers write them. */
const MAX_TEXT = 65_536;

function quote(q: Quote) {
  return {
    text: q.text.slice(0, MAX_TEXT),
    source: q.source,
    reason: q.reason,
    time: stampOrNull(q.last),
    firstTime: stampOrNull(q.first),
    count: q.count,
  };
}

function credentials(use: CredentialUse | null) {
  if (use === null) return null;
  const tried = use.tried.map((t) => ({ ...t, expiresAt: stampOrNull(t.expiresAt) }));
  return { tried, complete: use.complete };
}

/** One item of the list. */
export function pullFailure(v: Verdict) {
  return {
    namespace: v.namespace,
    pod: v.pod,
    container: v.container,
    containerType: v.containerType,
    podPresent: v.presence === 'there',
    workload: v.workload,
    node: v.node,
    image: v.image,
    resolvedImage: v.resolvedImage,
    sandboxImage: v.sandboxImage,
    imagePullPolicy: v.pullPolicy,
    state: v.state,
    since: stampOrNull(v.since),
    tries: v.tries,
    cause: v.cause,
    title: v.title,
    certainty: v.certainty,
    alternatives: [...v.alternatives],
    facts: { ...v.facts },
    evidence: v.evidence.map(quote),
    contributing: v.contributing.map((c) => ({ ...c })),
    unavailable: v.unavailable.map(unavailable),
    pullSecrets: [...v.secrets],
    credentials: credentials(v.credentials),
    notes: [...v.notes],
    waiting: v.waiting,
    nextSteps: stepDocuments(v.nextSteps),
    guilty: { ...v.guilty },
    ...(v.verified && { verified: verifiedItem(v.verified) }),
  };
}

/** The whole document. */
export function pullFailureList(
  verdicts: readonly Verdict[],
  others: readonly OtherTrouble[],
  gaps: readonly Unavailable[],
) {
  return {
    apiVersion: API_VERSION,
    kind: 'PullFailureList',
    items: verdicts.map(pullFailure),
    others: others.map((o) => ({ ...o })),
    unavailable: gaps.map(unavailable),
  };
}
