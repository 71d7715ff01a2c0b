/** From the evidence of one pod to its verdicts. Pure: the same evidence gives the same verdicts. */
import { CAUSES } from '../causes/index.ts';
import { parseImage } from '../image/reference.ts';
import type { CauseName } from '../words/cause.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Unavailable } from '../words/known.ts';
import type { Facts, Reading } from '../words/reading.ts';
import type { Alternative, Judgement, Quote, Verdict } from '../words/verdict.ts';
import { targetOf } from './change-spec.ts';
import { sourceFindings } from './cluster-sources.ts';
import { judgeCredentials, NO_FINDINGS } from './credential-findings.ts';
import { withCredentials } from './credential-reading.ts';
import { lastTryOf } from './credential-secrets.ts';
import { type Decision, decide } from './decide.ts';
import { type Failing, failingContainers } from './failing.ts';
import { guiltyOf } from './guilty.ts';
import { mendedOf } from './mended.ts';
import { isCopy, isVerify, nextStepsOf } from './next-steps.ts';
import { nodeFindings } from './node-credentials.ts';
import { notesFor } from './notes.ts';
import { otherTrouble } from './other.ts';
import { withRegistry } from './registry-answer.ts';
import { SANDBOX_STEPS } from './sandbox.ts';
import { judgeSecrets, type SecretFindings } from './secrets.ts';
import { fillStep, fillSteps, type StepValues } from './steps.ts';
import { surroundings } from './surroundings.ts';
import { CREDENTIAL_CAUSES } from './wants.ts';

/** The host a step is about: the registry's, never that of the DNS server or proxy on the way to it. */
function askedHost(facts: Facts): string | null {
  return facts.hostRole === 'dns server' || facts.hostRole === 'proxy' ? null : facts.host;
}

/** Judges one pod; `now` is the moment its objects were seen, in milliseconds since the epoch. */
export function judgePod(evidence: PodEvidence, now: number): Judgement {
  const failing = failingContainers(evidence);
  if (failing.length === 0) return { verdicts: [], others: [otherTrouble(evidence, now)] };
  const secrets = judgeSecrets(evidence);
  const verdicts = failing.map((f) => verdictOf(evidence, f, secrets, failing.length, now));
  return { verdicts, others: [] };
}

/** Causes about who may pull, and a text without a cause: a broken secret may stand behind it. */
function mayBeCredentials({ cause, alternatives }: Reading): boolean {
  return cause === 'Unknown' || [cause, ...alternatives].some((c) => CREDENTIAL_CAUSES.has(c));
}

function verdictOf(
  evidence: PodEvidence,
  failing: Failing,
  secrets: SecretFindings,
  failingCount: number,
  now: number,
): Verdict {
  const { pod } = evidence;
  const decision = decide(failing);
  const sandbox = failing.kind === 'sandbox';
  const parsed = parseImage(failing.image);
  const reference = parsed.valid ? parsed : null;
  const decisive = decision.evidence[0]?.decisive ?? '';
  const credentials =
    !sandbox && reference && mayBeCredentials(decision.reading)
      ? judgeCredentials({
          evidence,
          reading: decision.reading,
          reference,
          decisive,
          lastTry: lastTryOf(evidence, failing),
          now,
        })
      : NO_FINDINGS;
  const told = sandbox
    ? decision.reading
    : withCredentials(decision.reading, decisive, pod, secrets, credentials);
  // The runtime pulls the sandbox image by itself, with other credentials than the pod's.
  const verified = sandbox ? null : (evidence.registry?.get(failing.image) ?? null);
  const settled = verified && withRegistry(told, verified);
  const reading = settled?.reading ?? told;
  const aboutCredentials =
    !sandbox && [reading.cause, ...reading.alternatives].some((c) => CREDENTIAL_CAUSES.has(c));
  const cause = CAUSES[reading.cause];
  const { facts } = reading;
  const mended = mendedOf(evidence, failing);
  const values: StepValues = {
    pod: pod.name,
    namespace: pod.namespace,
    container: failing.container.name,
    image: failing.image,
    repository: reference ? `${reference.host}/${reference.repository}` : null,
    host: askedHost(facts) ?? reference?.host ?? null,
    node: pod.node,
    secret:
      credentials.secret ??
      secrets.missing[0] ??
      pod.pullSecrets[0] ??
      (evidence.serviceAccount.known ? evidence.serviceAccount.value.pullSecrets[0] : null) ??
      null,
    serviceaccount: pod.serviceAccount,
    workload: targetOf(mended),
  };
  const elsewhere = sandbox
    ? { contributing: [], unavailable: [] }
    : sourceFindings({ evidence, reading, reference, aboutCredentials, now });
  const contributing = [
    ...(aboutCredentials
      ? [
          ...credentials.contributing,
          ...secrets.contributing,
          ...nodeFindings(evidence, reading, decisive, reference),
        ]
      : []),
    ...elsewhere.contributing,
    ...surroundings(evidence, failing, reading, failingCount),
    ...decision.contributing,
  ];
  return {
    namespace: pod.namespace,
    pod: pod.name,
    podUid: pod.uid,
    presence: evidence.presence,
    workload: evidence.workload,
    node: pod.node,
    container: failing.container.name,
    containerType: failing.container.type,
    image: failing.image,
    resolvedImage: reference?.resolved ?? null,
    sandboxImage: sandbox ? reading.image : null,
    pullPolicy: failing.pullPolicy,
    state: failing.state,
    cause: reading.cause,
    certainty: reading.certainty,
    alternatives: reading.alternatives,
    facts,
    title: cause.title,
    evidence: [...decision.evidence, ...(reading.cause === 'SecretMissing' ? secrets.said : [])],
    contributing,
    unavailable: [
      ...unavailableParts(evidence, aboutCredentials ? secrets.unavailable : []),
      ...elsewhere.unavailable,
    ],
    // The runtime pulls the sandbox image by itself: ways to tell apart that rest on the pod do not hold for it.
    couldBe: reading.alternatives.map((other) => {
      const could = alternative(reading.cause, other, values, sandbox);
      return verified && isVerify(could) ? { ...could, command: null } : could;
    }),
    notes: [...(settled?.notes ?? []), ...notesFor(evidence, failing, decision, reference, now)],
    waiting: cause.waiting,
    nextSteps:
      sandbox && cause.group !== 'node'
        ? fillSteps(SANDBOX_STEPS, values, pod.pullSecrets.length > 0)
        : nextStepsOf({
            evidence,
            cause,
            image: failing.image,
            reference,
            contributing,
            credentials,
            missing: secrets.missing,
            verified,
            values,
            mended,
          }),
    secrets: pod.pullSecrets,
    secretsFrom: secretsFrom(evidence),
    credentials: aboutCredentials ? credentials.use : null,
    aboutCredentials,
    since: sinceOf(evidence, failing, decision),
    tries: triesOf(evidence, failing, decision),
    guilty: guiltyOf(
      evidence,
      failing,
      reading,
      reference,
      secrets.missing[0] ?? credentials.broken,
    ),
    verified,
  };
}

function secretsFrom({ pod, serviceAccount }: PodEvidence): string | null {
  if (pod.pullSecrets.length === 0 || !serviceAccount.known) return null;
  const copied = isCopy(pod.pullSecrets, serviceAccount.value.pullSecrets);
  return copied ? `ServiceAccount ${pod.serviceAccount}` : 'the pod itself';
}

function alternative(
  cause: CauseName,
  other: CauseName,
  values: StepValues,
  sandbox: boolean,
): Alternative {
  const title = CAUSES[other].title;
  if (sandbox) return { cause: other, title, how: null, command: null };
  const own = CAUSES[cause].tellApart.find((t) => t.from === other);
  const apart = own ?? CAUSES[other].tellApart.find((t) => t.from === cause);
  const { command } = apart ?? {};
  const step = apart && { text: apart.how, ...(command === undefined ? {} : { command }) };
  const filled = step && fillStep(step, values);
  return {
    cause: other,
    title,
    how: filled?.text ?? null,
    command: filled?.command ?? null,
  };
}

function unavailableParts(
  evidence: PodEvidence,
  secrets: readonly Unavailable[],
): readonly Unavailable[] {
  const parts: Unavailable[] = [];
  for (const part of [evidence.events, evidence.node]) {
    if (!part.known && part.why.text !== '') parts.push(part.why);
  }
  return [...parts, ...secrets];
}

function sinceOf(evidence: PodEvidence, failing: Failing, decision: Decision): number | null {
  const firsts = pullTexts(failing, decision).flatMap((q) => (q.first === null ? [] : [q.first]));
  if (firsts.length > 0) return Math.min(...firsts);
  if (failing.container.lastState.kind === 'terminated') {
    return failing.container.lastState.finishedAt;
  }
  const scheduled = evidence.pod.conditions.find((c) => c.type === 'PodScheduled');
  return scheduled?.changedAt ?? evidence.pod.createdAt;
}

/**
 * How often it was tried: `Pulling` events of the image, else the failures counted. Events are merged and
 * expire, so this is a lower bound.
 */
function triesOf(evidence: PodEvidence, failing: Failing, decision: Decision): number | null {
  const events = evidence.events.known ? evidence.events.value : [];
  const pulling = events
    .filter((e) => e.reason === 'Pulling' && e.text.includes(failing.image))
    .filter((e) => !e.container || e.container === failing.container.name)
    .reduce((sum, e) => sum + e.count, 0);
  const failed = pullTexts(failing, decision).reduce((sum, q) => sum + (q.count ?? 0), 0);
  const tries = Math.max(pulling, failed);
  return tries > 0 ? tries : null;
}

function pullTexts(failing: Failing, decision: Decision): readonly Quote[] {
  const events = failing.quotes.filter((q) => q.source === 'event' && q.reason !== 'BackOff');
  return events.length > 0 ? events : decision.evidence;
}
