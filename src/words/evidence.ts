import type { ClusterSources, Denial } from './cluster-sources.ts';
import type { Answer } from './known.ts';
import type { EventView, NodeView, PodView, SecretView, ServiceAccountView } from './pod.ts';
import type { VerifiedImage } from './verification.ts';

/**
 * `gone`: the API server has no such pod any more. `not in the file`: the saved objects hold its events only.
 * In both cases the pod is made up from its events.
 */
export type Presence = 'there' | 'gone' | 'not in the file';

/** Everything known of one pod; parts that were not asked for are `unknown` with the reason `not asked`. */
export interface PodEvidence {
  readonly presence: Presence;
  readonly pod: PodView;
  readonly events: Answer<readonly EventView[]>;
  readonly node: Answer<NodeView>;
  readonly serviceAccount: Answer<ServiceAccountView>;
  /** One for each name in `pod.pullSecrets`. */
  readonly secrets: ReadonlyMap<string, Answer<SecretView>>;
  /** Names of the docker-type secrets of the namespace, to name the nearest to a missing one. */
  readonly secretNames: Answer<readonly string[]>;
  /** Other pods of the namespace on the same node; absent where nobody asked. */
  readonly neighbours?: Answer<readonly Neighbour[]> | undefined;
  /** Namespaces that have a secret of the name of a missing one; only of saved objects, where looking costs nothing. */
  readonly elsewhere?: ReadonlyMap<string, readonly string[]> | undefined;
  /** What registries answered, by image as written; absent where none was asked. */
  readonly registry?: ReadonlyMap<string, VerifiedImage> | undefined;
  /** What the cluster says of pulls elsewhere; absent where nobody asked. */
  readonly sources?: ClusterSources | undefined;
  /** The pod's controller was not allowed to make a further pod. */
  readonly denied?: Denial | undefined;
  /** Nodes that list an image of the pod, or one of a like name; absent where nobody asked, or may not. */
  readonly holders?: readonly Holder[] | undefined;
  /** `Deployment/web` and the like: the top of the owner chain as far as it is known. */
  readonly workload: string | null;
  /** Its API group; absent where only the kind is known. */
  readonly workloadGroup?: string | undefined;
}

/** A pod and the images that its node had for it: those of containers that were started. */
export interface Neighbour {
  readonly name: string;
  readonly images: readonly string[];
}

/** A node, and the names of the images on it that end as an image of the pod does. */
export interface Holder {
  readonly node: string;
  readonly images: readonly string[];
}

/** What a first look says is worth asking for. */
export interface Wants {
  /** The status alone does not tell the cause: events may. Only of pods whose events were not asked for. */
  readonly events: boolean;
  readonly node: boolean;
  readonly serviceAccount: boolean;
  readonly secrets: boolean;
  readonly secretNames: boolean;
  /** Whether another pod on the node got the image: then the node has it, and this pod may not use it. */
  readonly neighbours?: boolean | undefined;
  /** Which nodes have the image: pods there may start without a pull. */
  readonly holders?: boolean | undefined;
  /** Mirrors and blocked registries of an OpenShift cluster; `credentials`: its nodes' pull secret as well. */
  readonly openshift?: 'registries' | 'credentials' | undefined;
  /** The operators that write the pod's pull secrets. */
  readonly refreshers?: boolean | undefined;
}
