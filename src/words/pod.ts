import type { Hidden } from './hidden.ts';
import { groupOf } from './objects.ts';

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

/** `groupOf`; undefined where no version is said. */
export function apiGroup(apiVersion: string): string | undefined {
  return apiVersion === '' ? undefined : groupOf(apiVersion);
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
  /** Annotations of OpenShift's admission were seen on it. */
  readonly openshift?: boolean | undefined;
  /** Label `pod-template-hash`, which a Deployment puts on its pods; empty where there is none. */
  readonly templateHash: string;
}

/**
 * Name of the Deployment whose pod it is, `null` for other pods: its ReplicaSets are named after it and the hash of the
 * template (kube-controller-manager pkg/controller/deployment/sync.go). No other owner sets that label.
 */
export function deploymentOf({
  owner,
  templateHash,
}: Pick<PodView, 'owner' | 'templateHash'>): string | null {
  const suffix = `-${templateHash}`;
  if (owner === null || templateHash === '' || !owner.name.endsWith(suffix)) return null;
  const group = apiGroup(owner.apiVersion) ?? 'apps';
  const ofDeployment = owner.kind === 'ReplicaSet' && (group === 'apps' || group === 'extensions');
  return ofDeployment ? owner.name.slice(0, -suffix.length) : null;
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

/** Which operator keeps a Secret, as the Secret itself tells. */
export interface SecretKeeper {
  readonly kind: 'ExternalSecret' | 'SealedSecret' | 'Reflector';
  /** Of the API, e.g. `external-secrets.io/v1`; empty where the Secret does not tell. */
  readonly apiVersion: string;
  /** Name of the operator's object (`NAMESPACE/NAME` of the original for Reflector); empty: not told. */
  readonly name: string;
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
  /** The operator that keeps it, as its labels, annotations and owners tell. */
  readonly keeper?: SecretKeeper | undefined;
  /** The file holds the length of the values only (must-gather): nothing can be said of the content. */
  readonly elided: boolean;
}

/** An annotation that gives a ServiceAccount an identity in a cloud. */
export interface CloudIdentity {
  readonly kind: 'IRSA' | 'GKE Workload Identity' | 'Azure Workload Identity';
  readonly annotation: string;
  /** The role, account or client it stands for. */
  readonly value: string;
}

export interface ServiceAccountView {
  readonly name: string;
  readonly pullSecrets: readonly string[];
  readonly cloudIdentity?: CloudIdentity | undefined;
  /** Last change of the object, from managedFields; `null` where unknown. */
  readonly changedAt: number | null;
}
