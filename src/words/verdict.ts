import type { CauseName } from './cause.ts';
import type { Presence } from './evidence.ts';
import type { Unavailable } from './known.ts';
import type { NextStep } from './next-step.ts';
import type { ContainerType } from './pod.ts';
import type { Certainty, Facts } from './reading.ts';
import type { VerifiedImage } from './verification.ts';

/**
 * What is wrong around the failure (secret, ServiceAccount, node, mirror) or special about it. A closed union;
 * the names are part of `-o json` and are only added to.
 */
export const CONTRIBUTING_CODES = [
  'secret-missing',
  'secret-missing-typo',
  'secret-elsewhere',
  'secret-wrong-type',
  'secret-name-impossible',
  'secret-newer',
  'secret-not-sent',
  'secrets-under-container',
  'serviceaccount-missing',
  'attached-too-late',
  'pod-list-hides-serviceaccount',
  'present-but-not-verified',
  /** What is sent, and what comes of it. */
  'wrong-password',
  'no-permission',
  'expired',
  'credential-provider-failed',
  /** Why no entry of a secret is for the image. */
  'secret-other-host',
  'secret-key-port',
  'secret-key-port-missing',
  'secret-key-path',
  'secret-key-case',
  'secret-key-wildcard',
  'secret-key-hidden',
  'secret-key-unreadable',
  'key-blank',
  'key-scheme',
  'key-tag',
  'key-version-path',
  'key-empty',
  'key-placeholder',
  'key-holds-user',
  'key-trailing-dot',
  'key-default-port',
  'key-hub-name',
  'key-old-host',
  'key-no-registry',
  /** What is wrong in an entry that is for the image (`credentials/faults`). */
  'auth-not-base64',
  'auth-double-base64',
  'auth-no-colon',
  'auth-disagrees',
  'empty-credentials',
  'identity-token-only',
  'username-missing',
  'username-blank',
  'username-quoted',
  'username-shell',
  'username-placeholder',
  'username-unknown',
  'password-missing',
  'password-newline',
  'password-blank',
  'password-quoted',
  'password-invisible',
  'password-bearer',
  'password-command-output',
  'password-placeholder',
  'password-wrong-form',
  'credential-cannot-pull',
  'credential-of-another-registry',
  /** What is wrong with a secret as a whole (`credentials/faults`). */
  'secret-malformed',
  'data-key-wrong',
  'content-empty',
  'content-bom',
  'content-utf16',
  'content-double-base64',
  'content-placeholder',
  'content-not-json',
  'content-not-object',
  'auths-missing',
  'auths-wrong-shape',
  'auths-empty',
  'dockercfg-has-auths',
  'entry-wrong-shape',
  'creds-store',
  'never',
  'init',
  'ephemeral',
  'image-volume',
  'sandbox',
  'multi',
  'mirror',
  'node',
  'verifier',
  'earlier-cause',
  'image-on-nodes',
  /** What the cluster says of pulls elsewhere (`words/cluster-sources.ts`). */
  'mirror-configured',
  'mirror-not-used',
  'source-never-asked',
  'registry-blocked',
  'registry-not-allowed',
  'registry-insecure',
  'node-pull-secret',
  'secret-refresh-failed',
  'secret-refresh-stale',
  'secret-copied',
  'serviceaccount-cloud-identity',
  'admission-denied',
] as const;

export type ContributingCode = (typeof CONTRIBUTING_CODES)[number];

export interface Contributing {
  readonly code: ContributingCode;
  /** `secret/regcred`, `node/node1`, `host/mirror.example`, … */
  readonly object: string;
  readonly text: string;
}

/** A text the verdict rests on, untouched. */
export interface Quote {
  readonly text: string;
  /** The part of `text` the cause rests on; equal to `text` where it is not known better. */
  readonly decisive: string;
  /** `event`, or the field it stands in, e.g. `status.containerStatuses[web].state.waiting.message`. */
  readonly source: string;
  /** Reason of the event or of the waiting state. */
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly first: number | null;
  readonly last: number | null;
  readonly count: number | null;
}

/** What many pods with the same trouble have in common. */
export interface Guilty {
  readonly kind: 'registry' | 'namespace' | 'image' | 'node' | 'pod';
  /** Host, namespace, image or node; for `pod` the workload or pod as TYPE/NAME. */
  readonly name: string;
}

export interface Alternative {
  readonly cause: CauseName;
  readonly title: string;
  /** How to tell it from the verdict's cause; `null` where nobody wrote it down. */
  readonly how: string | null;
  /** A command that answers it, can be pasted. */
  readonly command: string | null;
}

/** A credential that the kubelet tries for the image. Nothing in it is secret. */
export interface TriedCredential {
  readonly secret: string;
  /** The entry's key as written; what could be a password in it is masked. */
  readonly key: string;
  /** Null where the user name is, or may be, a secret itself. */
  readonly user: string | null;
  /** Milliseconds since the epoch, where the credential itself tells it. */
  readonly expiresAt: number | null;
}

/** What the kubelet does with the pod's pull secrets for the image, as far as they were read. */
export interface CredentialUse {
  /** In its order. It pulls without credentials only where there is none, of the node's neither. */
  readonly tried: readonly TriedCredential[];
  /** True where the pod's every pull secret was read or is known not to exist. */
  readonly complete: boolean;
}

/** The judgement on one failing container. */
export interface Verdict {
  readonly namespace: string;
  readonly pod: string;
  readonly podUid: string;
  readonly presence: Presence;
  readonly workload: string | null;
  readonly node: string | null;
  readonly container: string;
  readonly containerType: ContainerType;
  /** As written in the pod (of the volume, for an image volume). */
  readonly image: string;
  /** As the runtime resolves it, `null` where it is no valid reference. */
  readonly resolvedImage: string | null;
  /** The image of the pod sandbox, where that is what does not pull and the text names it. */
  readonly sandboxImage: string | null;
  readonly pullPolicy: string;
  /** `waiting.reason`, or the event reason for a sandbox. */
  readonly state: string;
  readonly cause: CauseName;
  readonly certainty: Certainty;
  readonly alternatives: readonly CauseName[];
  readonly facts: Facts;
  readonly title: string;
  readonly evidence: readonly Quote[];
  readonly contributing: readonly Contributing[];
  /** What could not be looked at and would have helped. */
  readonly unavailable: readonly Unavailable[];
  /** The alternatives again, with what is known about telling them apart. */
  readonly couldBe: readonly Alternative[];
  readonly notes: readonly string[];
  readonly waiting: string;
  readonly nextSteps: readonly NextStep[];
  /** Pull secrets the pod lists, in order. */
  readonly secrets: readonly string[];
  /** Where that list comes from, e.g. `ServiceAccount default`; `null` where it is not known. */
  readonly secretsFrom: string | null;
  /** Null where pull secrets play no part, or none was read. */
  readonly credentials: CredentialUse | null;
  /** Whether pull secrets play a part in this failure. */
  readonly aboutCredentials: boolean;
  /** Milliseconds since the epoch. */
  readonly since: number | null;
  readonly tries: number | null;
  readonly guilty: Guilty;
  /** What the registry answered to the credentials of the pod; `null` where it was not asked. */
  readonly verified: VerifiedImage | null;
}

/** A pod that is asked about and has no pull failure, told apart in one line. */
export interface OtherTrouble {
  readonly namespace: string;
  /** Empty where a workload was named that has no pod. */
  readonly pod: string;
  /** `Deployment/web`; only where it is told of instead of a pod. */
  readonly workload?: string | undefined;
  readonly text: string;
}

export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly others: readonly OtherTrouble[];
}

/** Verdicts with the same cause and the same guilty scope. */
export interface Group {
  readonly cause: CauseName;
  readonly guilty: Guilty;
  /** Number of different pods. */
  readonly pods: number;
  /** The verdict shown for all: the surest, then the oldest. */
  readonly example: Verdict;
  readonly verdicts: readonly Verdict[];
}
