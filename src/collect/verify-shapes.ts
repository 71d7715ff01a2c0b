/** Pods and templates that differ in nothing that matters for pulling, as one. */
import type { Unavailable } from '../words/known.ts';
import type { PodView } from '../words/pod.ts';
import type { ImageUser, RunningImage, WantedImage } from '../words/verification.ts';
import { type Json, obj } from './json.ts';
import { type Placement, placementOf } from './verify-placement.ts';
import { podView } from './views.ts';

/** Users that are named. */
const MAX_USERS = 5;

/** Subjects whose secrets and platforms are still to be found. */
export interface Shape {
  readonly users: ImageUser[];
  count: number;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly images: readonly WantedImage[];
  readonly pullSecrets: readonly string[];
  /** A new pod: without a list of its own it gets that of its ServiceAccount. */
  readonly isNew: boolean;
  /** Objects that were there before: the file they are in, not the cluster of today, knows their secrets. */
  readonly saved: boolean;
  readonly listUnknown: Unavailable | null;
  /** Nodes of the pods; empty: any node that fits. */
  readonly nodes: Set<string>;
  /** What those that run have, by image and id. */
  readonly running: Map<string, RunningImage>;
  /** Where those without a node may go; `null` where they have one. */
  readonly placement: Placement | null;
}

export interface ShapeMore {
  readonly user: ImageUser;
  readonly isNew: boolean;
  readonly saved?: boolean | undefined;
  readonly listUnknown?: Unavailable | undefined;
  /** The pod's spec, where it is at hand. */
  readonly spec?: Json | undefined;
}

export class Shapes {
  readonly #byKey = new Map<string, Shape>();

  all(): Shape[] {
    return [...this.#byKey.values()];
  }

  addPod(object: unknown): void {
    const pod = podView(object);
    if (hasEnded(pod)) return;
    const user = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
    this.add(pod, { user, isNew: false, spec: obj(obj(object)['spec']) });
  }

  add(pod: PodView, more: ShapeMore): void {
    const images = imagesOf(pod);
    if (images.length === 0) return;
    const shape: Shape = {
      users: [more.user],
      count: 1,
      namespace: more.user.namespace,
      serviceAccount: pod.serviceAccount,
      images,
      pullSecrets: [...new Set(pod.pullSecrets)],
      isNew: more.isNew,
      saved: more.saved ?? false,
      listUnknown: more.listUnknown ?? null,
      nodes: new Set(pod.node === null ? [] : [pod.node]),
      running: runningOf(pod),
      placement: pod.node === null ? placementOf(more.spec) : null,
    };
    const { users, count, nodes, running, ...alike } = shape;
    const key = JSON.stringify(alike);
    const known = this.#byKey.get(key);
    if (known === undefined) {
      this.#byKey.set(key, shape);
      return;
    }
    known.count += count;
    if (known.users.length < MAX_USERS) known.users.push(...users);
    for (const node of nodes) known.nodes.add(node);
    for (const [key, one] of running) {
      const pods = one.pods + (known.running.get(key)?.pods ?? 0);
      known.running.set(key, { ...one, pods });
    }
  }
}

/** A pod that ended pulls nothing any more. */
export function hasEnded({ phase }: Pick<PodView, 'phase'>): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Images of containers and of image volumes, each name once. */
function imagesOf(pod: PodView): WantedImage[] {
  const all = [
    ...pod.containers.map(({ name, image, pullPolicy }) => ({
      container: name,
      image,
      never: pullPolicy === 'Never',
    })),
    ...pod.imageVolumes.map(({ name, image, pullPolicy }) => ({
      container: `volume/${name}`,
      image,
      never: pullPolicy === 'Never',
    })),
  ];
  return [...new Map(all.map((one) => [`${one.image} ${one.never}`, one])).values()];
}

/** A pod counts once for an image, however many of its containers have it. */
function runningOf({ containers }: PodView): Map<string, RunningImage> {
  const running = containers.flatMap(({ image, imageId, state }) =>
    state.kind === 'running' && imageId !== undefined ? [{ image, id: imageId, pods: 1 }] : [],
  );
  return new Map(running.map((one) => [`${one.image} ${one.id}`, one]));
}
