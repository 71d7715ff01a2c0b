/** What the kubelet would do with the pull secrets of a pod, image by image. Nothing in it is secret. */
import type { Unavailable } from './known.ts';
import type { NextStep } from './next-step.ts';
import type { RowExpiry } from './secret-row.ts';
import type { SecretStatus } from './secret-status.ts';

export interface PodCredentials {
  readonly namespace: string;
  readonly pod: string;
  /** Pods with the same images and the same list, this one not among them. */
  readonly alike: readonly string[];
  readonly workload: string | null;
  readonly serviceAccount: string;
  /** `ServiceAccount default`, `the pod itself`; null where that is not known, or where there is no list. */
  readonly secretsFrom: string | null;
  /** In the order of the pod. */
  readonly secrets: readonly ListedName[];
  readonly images: readonly ImageCredentials[];
  /** Sentences without full stop. */
  readonly findings: readonly string[];
  readonly unavailable: readonly Unavailable[];
  readonly nextSteps: readonly NextStep[];
}

/** One name in the pod's `imagePullSecrets`. */
export interface ListedName {
  readonly name: string;
  /** Null: it could not be looked at, and nothing is said about it. */
  readonly status: SecretStatus | null;
  readonly why: string | null;
}

export interface ImageCredentials {
  /** Container, or `volume/NAME`. */
  readonly container: string;
  /** As written in the pod. */
  readonly image: string;
  /** What the kubelet looks up: no tag, no digest; null where it is no image name. */
  readonly repository: string | null;
  /** It is not pulled at the moment. */
  readonly failing: boolean;
  /** Those that are tried, in the kubelet's order; then the others, the nearest first. */
  readonly credentials: readonly CredentialRow[];
  /** What the nodes of this registry usually bring; null where nothing is usual. */
  readonly node: string | null;
  readonly anonymous: AnonymousRow;
}

export interface CredentialRow {
  /** 1 is tried first; null: never tried. */
  readonly order: number | null;
  readonly secret: string;
  /** As written, a password before `@` masked; null: a line about the secret as a whole. */
  readonly key: string | null;
  /** Null where the user name is a secret itself, or there is none to tell. */
  readonly user: string | null;
  readonly hiddenUser: boolean;
  readonly kind: string | null;
  readonly expires: RowExpiry | null;
  /** Only a slip in its key keeps it from matching. */
  readonly near: boolean;
  /** `matches`, or why it does not. */
  readonly why: string;
}

export interface AnonymousRow {
  /** Null: that hangs on a secret that could not be looked at. */
  readonly tried: boolean | null;
  readonly why: string;
}
