/** What a cluster says of pulls outside of pods, secrets and nodes, read once, leniently. Times in milliseconds. */
import type { Answer, Unavailable } from './known.ts';
import type { SecretView } from './pod.ts';

/** One `source` of an ImageDigestMirrorSet, ImageTagMirrorSet or ImageContentSourcePolicy. */
export interface MirrorRule {
  /** `imagedigestmirrorset/NAME` and the like. */
  readonly object: string;
  /** A scope as in `image/scope.ts`. */
  readonly source: string;
  /** Asked in this order before the source. */
  readonly mirrors: readonly string[];
  /** `mirrorSourcePolicy: NeverContactSource`. */
  readonly neverSource: boolean;
  /** Which images it is for: those named by digest, or those named by tag. */
  readonly pulls: 'digest' | 'tag';
}

/** `spec.registrySources` of `image.config.openshift.io/cluster`: scopes as in `image/scope.ts`. */
export interface RegistrySources {
  readonly blocked: readonly string[];
  /** Empty: every registry that is not blocked. */
  readonly allowed: readonly string[];
  readonly insecure: readonly string[];
}

export interface OpenShiftSources {
  readonly mirrors: readonly MirrorRule[];
  readonly registries: RegistrySources;
  /** `openshift-config/pull-secret`: every node has it; `null`: not asked for, or may not be read. */
  readonly globalSecret: SecretView | null;
  /** One line for all that may not be read; `null` where nothing is missing. */
  readonly unavailable: Unavailable | null;
}

/** The operator's object that writes a Secret. */
export interface Refresher {
  readonly kind: 'ExternalSecret' | 'SealedSecret';
  readonly namespace: string;
  readonly name: string;
  /** Name of the Secret. */
  readonly target: string;
  /** Of the condition `Ready` (`Synced` of a SealedSecret); empty where there is none yet. */
  readonly ready: string;
  readonly reason: string;
  readonly message: string;
  /** Since when the condition holds. */
  readonly changedAt: number | null;
  readonly refreshedAt: number | null;
  /** `null`: it is written once, or nobody can tell. */
  readonly intervalMs: number | null;
}

/** A controller was not allowed to make a pod. */
export interface Denial {
  readonly namespace: string;
  /** The workload as it was asked for, e.g. `Deployment/web`. */
  readonly workload: string;
  /** What the API server said. */
  readonly text: string;
  readonly at: number | null;
}

/** All of it, as far as it was worth asking for. */
export interface ClusterSources {
  readonly openshift: OpenShiftSources | null;
  /** By name of the Secret; only those of which an operator's object was found or is known to exist. */
  readonly refreshers: ReadonlyMap<string, Answer<Refresher>>;
}
