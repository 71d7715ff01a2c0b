/** A pod that is gone by now: what its events still tell. */
import type { ContainerView, EventView, PodView } from '../words/pod.ts';

/** The image a kubelet event names (`Pulling image "x"`, `Failed to pull image "x": …`). */
function imageOf(text: string): string | null {
  return (
    /(?:[Pp]ull(?:ing)? image|Container image|default image tag) "([^"]{1,512})"/.exec(text)?.[1] ??
    null
  );
}

/**
 * A pod made up from its events: the containers they name, each waiting with the newest text. `null` where the
 * events tell nothing of a pod.
 */
export function podFromEvents(
  namespace: string,
  name: string,
  events: readonly EventView[],
): PodView | null {
  if (events.length === 0) return null;
  const newest = [...events].sort((a, b) => (b.last ?? 0) - (a.last ?? 0));
  const uid = newest[0]?.object.uid ?? '';
  const own = newest.filter((e) => e.object.uid === uid);
  const names = new Set(own.flatMap((e) => (e.container ? [e.container] : [])));
  const containers = [...names].map((container) => containerFromEvents(container, own));
  // A sandbox that was never made: no event names a container.
  if (containers.length === 0 && own.some((e) => e.reason === 'FailedCreatePodSandBox')) {
    containers.push(UNNAMED);
  }
  const node = own
    .map((e) => /^Successfully assigned \S+ to (\S+)$/.exec(e.text)?.[1])
    .find(Boolean);
  return {
    namespace,
    name,
    uid,
    createdAt: null,
    deletedAt: null,
    phase: '',
    reason: '',
    node: node ?? null,
    serviceAccount: '',
    pullSecrets: [],
    containers,
    imageVolumes: [],
    owner: null,
    conditions: [],
    templateHash: '',
  };
}

const UNNAMED: ContainerView = {
  name: '<unknown>',
  type: 'container',
  image: '',
  pullPolicy: '',
  state: { kind: 'waiting', reason: 'ContainerCreating', message: '' },
  lastState: { kind: 'none' },
  mounts: [],
};

/** True for the kubelet's texts about a failed pull; `Failed` is said of other failures as well. */
function tellsOfPull(event: EventView): boolean {
  if (event.reason === 'ErrImageNeverPull' || event.reason === 'InspectFailed') return true;
  if (event.reason === 'BackOff') return event.text.startsWith('Back-off pulling image');
  return (
    event.reason === 'Failed' &&
    /^Failed to pull image|^Error: (?:ErrImage|ImagePull)/.test(event.text)
  );
}

function containerFromEvents(name: string, events: readonly EventView[]): ContainerView {
  const own = events.filter((e) => e.container === name);
  const image = own.map((e) => imageOf(e.text)).find((i) => i !== null) ?? '';
  const failed = own.find(tellsOfPull);
  const started = own.find((e) => e.reason === 'Started' || e.reason === 'Pulled');
  const recovered = (started?.last ?? 0) > (failed?.last ?? 0);
  return {
    name,
    type: 'container',
    image,
    pullPolicy: '',
    state:
      failed && !recovered
        ? { kind: 'waiting', reason: 'ImagePullBackOff', message: '' }
        : { kind: 'none' },
    lastState: { kind: 'none' },
    mounts: [],
  };
}

/** `SuccessfulCreate` of a ReplicaSet, StatefulSet, … that names the pod: who made it. */
export function makerOf(name: string, events: readonly EventView[]): string | null {
  const made = events.find(
    (e) =>
      e.reason === 'SuccessfulCreate' &&
      e.text
        .slice(0, 1024)
        .split(/[\s:"]+/)
        .includes(name),
  );
  return made ? `${made.object.kind}/${made.object.name}` : null;
}
