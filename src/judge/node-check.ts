/** From the pod of a Job to an answer for each image. Pure. */
import type { PodEvidence } from '../words/evidence.ts';
import type { NodeAnswer, NodeCheck } from '../words/node-check.ts';
import { type ContainerView, isBeingCreated, type PodView } from '../words/pod.ts';
import { redact } from '../words/redact.ts';
import type { Verdict } from '../words/verdict.ts';
import { judgePod } from './judge.ts';
import { hasImage } from './pull-state.ts';

/** Longest part of a message that is quoted. */
const MAX_SAID = 300;

/** What is known of the pod of a Job. */
export interface JobPod {
  readonly evidence: PodEvidence;
  /** `status.message`, where a pod was refused or ended; empty where there is none. */
  readonly message: string;
}

/** How far the images of a Job have come. */
export interface Progress {
  /** Every image is there, failed, or will not come any more. */
  readonly settled: boolean;
  /** Some image failed: a closer look is worth it. */
  readonly failing: boolean;
  readonly answers: readonly NodeAnswer[];
}

/** `now` in milliseconds since the epoch, `ms` since the Job was made. */
export function readJobPod(check: NodeCheck, job: JobPod, now: number, ms: number): Progress {
  const { evidence } = job;
  const { verdicts } = judgePod(asOwnPod(check, evidence), now);
  const over = evidence.pod.phase === 'Failed' || evidence.pod.phase === 'Succeeded';
  const states = check.subject.images.map((image, i) => {
    const container = evidence.pod.containers.find(({ name }) => name === `image-${i + 1}`);
    const verdict = verdicts.find((one) => one.container === container?.name);
    const pulled = container !== undefined && isPulled(container);
    return { image, container, verdict, pulled, open: !verdict && !pulled && !over };
  });
  const late = lateSecrets(check, evidence.pod);
  const answers = states.map(({ image, container, verdict, pulled, open }): NodeAnswer => {
    const answer = { ...nothing(check, image), ms };
    if (verdict) return { ...answer, ...failed(verdict, evidence.pod.name) };
    if (pulled) return { ...answer, result: 'pullable', findings: late };
    const seconds = Math.round(ms / 1000);
    const end = open ? '' : ended(evidence.pod, job.message);
    const detail =
      strange(container, seconds, end) ??
      (open
        ? `the node has not pulled it after ${seconds} s, and reports no failure`
        : `the node did not get as far as pulling: ${end}`);
    return { ...answer, result: 'unverifiable', detail };
  });
  return {
    settled: states.every(({ open }) => !open),
    failing: verdicts.length > 0,
    answers,
  };
}

/** The same answer for every image of a check that did not come to a pod. */
export function withoutPod(
  check: NodeCheck,
  result: 'skipped' | 'unverifiable',
  detail: string,
  ms: number | null,
): NodeAnswer[] {
  return check.subject.images.map((image) => ({ ...nothing(check, image), result, detail, ms }));
}

function nothing({ subject, node }: NodeCheck, image: string): NodeAnswer {
  return {
    namespace: subject.namespace,
    pod: subject.pod,
    image,
    node: node.name,
    result: 'unverifiable',
    cause: null,
    certainty: null,
    alternatives: [],
    detail: '',
    evidence: [],
    findings: [],
    nextSteps: [],
    ms: null,
  };
}

/** The pod of the Job is gone when the advice is read: it is about the user's own. */
function asOwnPod({ subject }: NodeCheck, evidence: PodEvidence): PodEvidence {
  if (subject.pod === '') return evidence;
  const { workload } = subject;
  return { ...evidence, workload, pod: { ...evidence.pod, name: subject.pod } };
}

/** A created container proves the pull; one that the kubelet lost sight of proves nothing. */
function isPulled(container: ContainerView): boolean {
  const { state } = container;
  if (state.kind === 'terminated' && state.reason === 'ContainerStatusUnknown') return false;
  return hasImage(container);
}

function failed(verdict: Verdict, jobPod: string): Partial<NodeAnswer> {
  const { cause, certainty, alternatives, evidence, contributing, nextSteps } = verdict;
  return {
    result: 'not pullable',
    cause,
    certainty,
    alternatives,
    detail: evidence[0]?.decisive ?? verdict.title,
    evidence,
    findings: [
      verdict.title,
      ...contributing.filter(({ code }) => code !== 'multi').map(({ text }) => text),
    ],
    nextSteps: nextSteps.filter(
      ({ text, command }) => !`${text} ${command ?? ''}`.includes(jobPod),
    ),
  };
}

/** A reason that tells neither of a pull nor of what comes after one, quoted; `null` where there is none. */
function strange(
  container: ContainerView | undefined,
  seconds: number,
  end: string,
): string | null {
  if (container?.state.kind !== 'waiting' || isBeingCreated(container)) return null;
  const { reason, message } = container.state;
  if (reason === 'PodInitializing') return null;
  const said = [reason, redact(message).slice(0, MAX_SAID)].filter(Boolean).join(': ');
  const text = `after ${seconds} s the container waits with ${said}; this does not tell whether the image was pulled`;
  return end === '' ? text : `${text}; ${end}`;
}

function ended({ reason, phase }: PodView, message: string): string {
  const why = [reason, message.slice(0, MAX_SAID)].filter(Boolean).join(': ');
  return `the pod is ${phase}${why === '' ? '' : ` (${why})`}`;
}

/** A new pod without a list of its own gets that of its ServiceAccount, which the old one may lack. */
function lateSecrets({ subject }: NodeCheck, pod: PodView): string[] {
  const more = pod.pullSecrets.filter((name) => !subject.pullSecrets.includes(name));
  if (subject.pod === '' || more.length === 0) return [];
  return [
    `a new pod gets ${more.join(', ')} from ServiceAccount ${subject.serviceAccount}, pod ${subject.pod} does not have it: recreate that pod`,
  ];
}

/** 3 before 4. Skipped nodes count only where nothing else was asked. */
export function nodesExitCode(answers: readonly NodeAnswer[]): 0 | 3 | 4 {
  if (answers.some(({ result }) => result === 'not pullable')) return 3;
  const open = answers.some(({ result }) => result === 'unverifiable');
  return open || answers.every(({ result }) => result === 'skipped') ? 4 : 0;
}
