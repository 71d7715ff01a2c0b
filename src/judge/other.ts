/** A pod without a pull failure, told apart in one line. Pure. */
import { classify } from '../causes/classify.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { ContainerView, EventView, PodView } from '../words/pod.ts';
import type { OtherTrouble } from '../words/verdict.ts';

/** A pull slower than this is worth a word. */
const SLOW_MS = 60_000;

/** What is the matter with a pod that has no pull failure; `now` in milliseconds. */
export function otherTrouble(evidence: PodEvidence, now: number): OtherTrouble {
  const { namespace, name } = evidence.pod;
  const events = evidence.events.known ? evidence.events.value : null;
  return { namespace, pod: name, text: reasonOf(evidence.pod, events, now) };
}

/** `events` null: not known. */
function reasonOf(pod: PodView, events: readonly EventView[] | null, now: number): string {
  if (pod.deletedAt !== null) return 'no image pull failure: the pod is being deleted';
  if (pod.reason) return `no image pull failure: the pod is ${pod.phase} (${pod.reason})`;
  const waiting = pod.containers.find(
    (c) =>
      c.state.kind === 'waiting' &&
      !['ContainerCreating', 'PodInitializing', ''].includes(c.state.reason),
  );
  if (waiting) return waitingLine(waiting);
  const unscheduled = pod.conditions.find((c) => c.type === 'PodScheduled' && c.status === 'False');
  if (unscheduled) {
    return `no image pull failure: not scheduled yet (${unscheduled.reason}): ${brief(unscheduled.message)}`;
  }
  const creating = pod.containers.find(
    (c) => c.state.kind === 'waiting' || (c.state.kind === 'none' && pod.phase === 'Pending'),
  );
  if (creating && events === null) {
    return `no image pull failure seen: container ${creating.name} is being created, and why it waits only events tell, which could not be looked at`;
  }
  if (creating) return creatingLine(creating, events ?? [], now);
  return settledLine(pod, events ?? []);
}

function waitingLine(container: ContainerView): string {
  const { state, lastState, name } = container;
  const reason = state.kind === 'waiting' ? state.reason : '';
  const message = state.kind === 'waiting' ? state.message : '';
  const exit =
    lastState.kind === 'terminated' && lastState.exitCode !== null
      ? `, last exit code ${lastState.exitCode}`
      : '';
  const said = reason === 'CrashLoopBackOff' || !message ? '' : `: ${brief(message)}`;
  const started = lastState.kind === 'terminated' && !/StartError|CannotRun/.test(lastState.reason);
  const ends = started ? 'the program ends' : 'the program could not be started';
  const pulled = reason === 'CrashLoopBackOff' ? ` (the image was pulled, ${ends})` : '';
  return `no image pull failure: container ${name} is in ${reason}${exit}${pulled}${said}`;
}

function creatingLine(container: ContainerView, events: readonly EventView[], now: number): string {
  const stuck = newest(events, ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox']);
  const pulling = newest(
    events.filter((e) => !e.container || e.container === container.name),
    ['Pulling'],
  );
  const pulled = newest(events, ['Pulled', 'Created', 'Started']);
  if (stuck && (stuck.last ?? 0) >= (pulling?.last ?? 0)) {
    return `no image pull failure: container ${container.name} waits (${stuck.reason}): ${brief(stuck.text)}`;
  }
  if (pulling && (pulled?.last ?? 0) < (pulling.last ?? 0)) {
    const since = now - (pulling.last ?? now);
    const slow =
      since > SLOW_MS
        ? `for ${longTime(since)}; a slow or stalled pull gives no event until the runtime gives up`
        : 'right now';
    return `no image pull failure so far: the node is pulling ${brief(container.image)} ${slow}`;
  }
  return `no image pull failure: container ${container.name} is being created`;
}

function settledLine(pod: PodView, events: readonly EventView[]): string {
  const failed = events
    .filter((e) => e.reason === 'Failed' && e.text.startsWith('Failed to pull image'))
    .sort((a, b) => (b.last ?? 0) - (a.last ?? 0))[0];
  const bad = pod.containers.find(
    (c) => c.state.kind === 'terminated' && c.state.exitCode !== null && c.state.exitCode !== 0,
  );
  const state = bad
    ? `container ${bad.name} ended with exit code ${bad.state.kind === 'terminated' ? bad.state.exitCode : ''}`
    : `the pod is ${pod.phase || 'there'}`;
  if (!failed) return `no image pull failure: ${state}`;
  const { cause } = classify(failed.text, { reason: failed.reason });
  const times = failed.count > 1 ? ` ${failed.count} times` : '';
  return `no image pull failure now: ${state}, but a pull failed before${times} (${cause})`;
}

/** Coarse, as kubectl's ages: `25m`, `3h`. */
function longTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 180 ? `${minutes}m` : `${Math.floor(minutes / 60)}h`;
}

function newest(events: readonly EventView[], reasons: readonly string[]): EventView | undefined {
  return events
    .filter((e) => reasons.includes(e.reason))
    .sort((a, b) => (b.last ?? 0) - (a.last ?? 0))[0];
}

function brief(text: string): string {
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
}
