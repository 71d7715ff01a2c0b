/** A pull secret as `secrets` lists it: what may be shown of it, and none of its content. */
import type { SecretStatus } from './secret-status.ts';

export interface SecretRow {
  readonly namespace: string;
  readonly name: string;
  /** Empty where the secret was not seen. */
  readonly type: string;
  readonly status: SecretStatus;
  /** One sentence without full stop; null for `ok`. */
  readonly why: string | null;
  /** Keys as the kubelet reads them, sorted, each once. */
  readonly registries: readonly string[];
  /** Each once; null: the user name is a secret itself. */
  readonly users: readonly (string | null)[];
  /** Labels of the kinds of credential, each once. */
  readonly kinds: readonly string[];
  /** Of the entry that ends first. */
  readonly expires: RowExpiry | null;
  /** Of the whole content, by a key of this run; null where there is none. */
  readonly fingerprint: string | null;
  /** Milliseconds since the epoch, as the next one. */
  readonly createdAt: number | null;
  readonly changedAt: number | null;
  readonly faults: readonly RowFault[];
}

export interface RowExpiry {
  readonly at: number;
  /** Not later than that. */
  readonly atLatest: boolean;
}

/** Something worth telling of a secret; no text holds anything of its content. */
export interface RowFault {
  readonly id: string;
  /** Key of the entry; null: the secret as a whole. */
  readonly entry: string | null;
  readonly effect: string;
  readonly text: string;
  readonly fix: string;
}

/** Who refers to a secret. */
export interface UsedBy {
  readonly serviceAccounts: readonly string[];
  readonly pods: number;
  /** The first few of them. */
  readonly podNames: readonly string[];
}

/** Null: who refers to it is not known. */
export interface ListedSecret extends SecretRow {
  readonly usedBy: UsedBy | null;
}

/** Secrets of one name for the same registries, where some hold the same and some do not. */
export interface Rotation {
  readonly name: string;
  /** How many hold what most of them hold. */
  readonly alike: number;
  readonly fingerprint: string;
  readonly others: readonly OtherCopy[];
}

export interface OtherCopy {
  readonly namespace: string;
  readonly age: 'older' | 'newer' | 'different';
}

/** Failing images of a namespace that none of the pods' pull secrets is for. */
export interface Uncovered {
  readonly namespace: string;
  /** With port, as in the image. */
  readonly registry: string;
  readonly pods: number;
  readonly examplePod: string;
  readonly exampleImage: string;
  /** What the pod lists. */
  readonly pullSecrets: readonly string[];
  readonly serviceAccount: string;
  /** One sentence without full stop. */
  readonly why: string;
}

/** Pods of one namespace with the same failing images and the same pull secrets. */
export interface FailingPods {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly pullSecrets: readonly string[];
  readonly images: readonly string[];
  readonly pods: number;
  readonly example: string;
}
