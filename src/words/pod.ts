import type { Hidden } from './hidden.ts';

/**
 * Pods and events as the house speaks of them: read once, leniently, from the API's JSON (`collect/views.ts`).
 * All times are milliseconds since the epoch, `null` where the object has none.
 */

export type ContainerType = 'init' | 'container' | 'ephemeral';

export type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly kind: 'running'; readonly startedAt: number | null }
  | {
      readonly kind: 'terminated';
      readonly reason: string;
      readonly message: string;
      readonly exitCode: number | null;
      readonly finishedAt: number | null;
    }
  /** The kubelet has not written a status for it yet. */
  | { readonly kind: 'none' };

export interface ContainerView {
  readonly name: string;
  readonly type: ContainerType;
  /** As written in the pod. */
  readonly image: string;
  /** `Always`, `IfNotPresent`, `Never`; empty where the object does not say. */
  readonly pullPolicy: string;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
  /** Names of the volumes it mounts. */
  readonly mounts: readonly string[];
  /** `imageID` of its status, as the runtime tells it: `HOST/REPOSITORY@DIGEST`, or an id of its own. */
  readonly imageId?: string | undefined;
}

/** The kubelet has not come to the container's program yet: its sandbox, volumes or image may be on their way. */
export function isBeingCreated({ state, type }: ContainerView): boolean {
  if (state.kind === 'none') return type === 'container';
  return state.kind === 'waiting' && (state.reason === 'ContainerCreating' || state.reason === '');
}

export interface ImageVolume {
  readonly name: string;
  readonly image: string;
  readonly pullPolicy: string;
}

export interface OwnerRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly changedAt: number | null;
}

export interface PodView {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly createdAt: number | null;
  readonly deletedAt: number | null;
  readonly phase: string;
  /** `status.reason`, e.g. `Evicted`. */
  readonly reason: string;
  readonly node: string | null;
  readonly serviceAccount: string;
  /** Names in `spec.imagePullSecrets`, in order. */
  readonly pullSecrets: readonly string[];
  /**
   * Containers under which `imagePullSecrets` was written, where nothing reads it: the API server drops it, and only
   * what was last applied, or a manifest, still shows it.
   */
  readonly secretsUnderContainers?: readonly string[] | undefined;
  readonly containers: readonly ContainerView[];
  readonly imageVolumes: readonly ImageVolume[];
  /** The controller, else the first owner. */
  readonly owner: OwnerRef | null;
  readonly conditions: readonly Condition[];
  /** Label `pod-template-hash`, which a Deployment puts on its pods; empty where there is none. */
  readonly templateHash: string;
}

export interface EventView {
  readonly namespace: string;
  readonly object: { readonly kind: string; readonly name: string; readonly uid: string };
  /** Container named by `fieldPath`, `null` where it names none. */
  readonly container: string | null;
  readonly reason: string;
  readonly text: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly count: number;
}

export interface NodeView {
  readonly name: string;
  readonly os: string;
  readonly architecture: string;
  readonly runtimeVersion: string;
  readonly kubeletVersion: string;
  readonly conditions: readonly Condition[];
  /** Every name of every image the kubelet reports (at most 50 images). */
  readonly images: readonly string[];
}

/** A Secret, with the values that may hold pull credentials. */
export interface SecretView {
  readonly namespace: string;
  readonly name: string;
  /** Empty where the object has none (a file that was never applied). */
  readonly uid: string;
  readonly type: string;
  readonly createdAt: number | null;
  /** Last change of the object, from managedFields; `null` where unknown. */
  readonly changedAt: number | null;
  /** Names in `data` and `stringData`. */
  readonly dataKeys: readonly string[];
  /** Base64, as in the API, by data key: only what could be a docker config. */
  readonly data: ReadonlyMap<string, Hidden>;
  /** The file holds the length of the values only (must-gather): nothing can be said of the content. */
  readonly elided: boolean;
}

export interface ServiceAccountView {
  readonly name: string;
  readonly pullSecrets: readonly string[];
  /** Last change of the object, from managedFields; `null` where unknown. */
  readonly changedAt: number | null;
}
