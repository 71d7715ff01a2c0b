/**
 * Which containers of a pod fail to get an image, and which texts were said about each. Pure.
 * The states are the kubelet's (pkg/kubelet/images/types.go, k8s.io/cri-api/pkg/errors).
 */
import { classify } from '../causes/classify.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { type ContainerView, type EventView, isBeingCreated } from '../words/pod.ts';
import { PULL_REASONS } from '../words/pull-reasons.ts';
import type { Quote } from '../words/verdict.ts';

/** `waiting.reason` values that mean something else; the message need not be read. */
const OTHER_REASONS = new Set(['ContainerCreating', 'PodInitializing', 'CrashLoopBackOff']);

const PULL_EVENTS = new Set(['Failed', 'BackOff', 'InspectFailed', 'ErrImageNeverPull']);

const SANDBOX_EVENT = 'FailedCreatePodSandBox';

/** One container that fails, with its texts, the newest first. */
export interface Failing {
  readonly container: ContainerView;
  /** Image that fails: the container's, a volume's, or the container's own for a sandbox. */
  readonly image: string;
  readonly pullPolicy: string;
  /** `waiting.reason`, or the event's reason for a sandbox. */
  readonly state: string;
  readonly kind: 'container' | 'volume' | 'sandbox';
  /** Name of the volume of an image volume. */
  readonly volume?: string | undefined;
  readonly quotes: readonly Quote[];
}

/** The pod's failing containers, in the order of the pod. */
export function failingContainers(evidence: PodEvidence): Failing[] {
  const events = evidence.events.known ? evidence.events.value : [];
  const sandbox = sandboxQuotes(evidence, events);
  return evidence.pod.containers.flatMap((container) => {
    const pull = failingPull(evidence, container, events);
    if (pull) return [pull];
    if (sandbox.length === 0 || !isBeingCreated(container)) return [];
    const { image, pullPolicy } = container;
    return [
      { container, image, pullPolicy, state: SANDBOX_EVENT, kind: 'sandbox', quotes: sandbox },
    ];
  });
}

/** Failed sandboxes, unless the pod got further since: then the last one is history. */
function sandboxQuotes(evidence: PodEvidence, events: readonly EventView[]): Quote[] {
  const ready = evidence.pod.conditions.find((c) => c.type === 'PodReadyToStartContainers');
  if (ready?.status === 'True') return [];
  const further = Math.max(
    0,
    ...events
      .filter((e) => e.reason === 'Pulling' || e.reason === 'Created')
      .map((e) => e.last ?? 0),
  );
  return events
    .filter((e) => e.reason === SANDBOX_EVENT && (e.last ?? 0) >= further)
    .filter((e) => classify(e.text, { reason: e.reason }).cause !== 'None')
    .map(eventQuote)
    .sort(newestFirst);
}

function failingPull(
  evidence: PodEvidence,
  container: ContainerView,
  events: readonly EventView[],
): Failing | null {
  const { state } = container;
  if (isBeingCreated(container)) return failedWithoutStatus(container, events);
  if (state.kind !== 'waiting' || OTHER_REASONS.has(state.reason)) return null;
  const context = { reason: state.reason, image: container.image };
  const reading = classify(state.message || state.reason, context);
  const telling = reading.cause !== 'None' && reading.cause !== 'Unknown';
  if (!telling && !PULL_REASONS.has(state.reason)) return null;
  const volume = volumeNamed(evidence, container, `${state.message} ${reading.image ?? ''}`);
  const image = volume?.image ?? container.image;
  return {
    container,
    image,
    pullPolicy: volume?.pullPolicy ?? container.pullPolicy,
    state: state.reason,
    kind: volume ? 'volume' : 'container',
    volume: volume?.name,
    quotes: [waitingQuote(container), ...pullQuotes(container, image, events)],
  };
}

/**
 * The status still says ContainerCreating but the newest event is a failed pull: the kubelet could not write the
 * status any more (it or the runtime died, the node went away).
 */
function failedWithoutStatus(
  container: ContainerView,
  events: readonly EventView[],
): Failing | null {
  const { image, pullPolicy } = container;
  const quotes = pullQuotes(container, image, events);
  const failed = quotes.find((q) => q.text.startsWith('Failed to pull image'));
  const since = events.filter(
    (e) => (e.reason === 'Pulling' || e.reason === 'Pulled') && e.container === container.name,
  );
  if (!failed || since.some((e) => (e.last ?? 0) > (failed.last ?? 0))) return null;
  return { container, image, pullPolicy, state: 'ContainerCreating', kind: 'container', quotes };
}

/** The image volume whose image the text names, where it is not the container's own image. */
function volumeNamed(evidence: PodEvidence, container: ContainerView, text: string) {
  const own = `"${container.image}"`;
  if (text.includes(own)) return undefined;
  return evidence.pod.imageVolumes.find(
    (v) => container.mounts.includes(v.name) && text.includes(v.image),
  );
}

/** Events of this container, and those of the pod that name its image (image volumes have no fieldPath). */
function pullQuotes(container: ContainerView, image: string, events: readonly EventView[]) {
  return events
    .filter((e) => PULL_EVENTS.has(e.reason) && !isMarker(e.text))
    .filter((e) => e.container === container.name || (!e.container && e.text.includes(image)))
    .map(eventQuote)
    .sort(newestFirst);
}

/** `Error: ErrImagePull` and the like repeat the state and say nothing more. */
function isMarker(text: string): boolean {
  return /^Error: \w+$/.test(text) || text.startsWith('Back-off restarting failed container');
}

function waitingQuote(container: ContainerView): Quote {
  const state = container.state;
  const { reason, message } = state.kind === 'waiting' ? state : { reason: '', message: '' };
  const field = { init: 'initContainerStatuses', ephemeral: 'ephemeralContainerStatuses' };
  const list = container.type === 'container' ? 'containerStatuses' : field[container.type];
  return {
    text: message || reason,
    decisive: message || reason,
    source: `status.${list}[${container.name}].state.waiting.${message ? 'message' : 'reason'}`,
    reason,
    first: null,
    last: null,
    count: null,
  };
}

export function eventQuote(event: EventView): Quote {
  return {
    text: event.text,
    decisive: event.text,
    source: 'event',
    reason: event.reason,
    first: event.first,
    last: event.last,
    count: event.count,
  };
}

function newestFirst(a: Quote, b: Quote): number {
  return (b.last ?? 0) - (a.last ?? 0);
}
