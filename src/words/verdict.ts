import type { CauseName } from './cause.ts';
import type { Presence } from './evidence.ts';
import type { Unavailable } from './known.ts';
import type { ContainerType } from './pod.ts';
import type { Certainty, Facts } from './reading.ts';

/**
 * What is wrong around the failure (secret, ServiceAccount, node, mirror) or special about it. A closed union;
 * the names are part of `-o json` and are only added to.
 */
export const CONTRIBUTING_CODES = [
  'secret-missing',
  'secret-missing-typo',
  'secret-wrong-type',
  'serviceaccount-missing',
  'attached-too-late',
  'pod-list-hides-serviceaccount',
  'present-but-not-verified',
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

export interface NextStep {
  readonly text: string;
  /** Only for a pod that lists pull secrets, or only for one that lists none; absent: for both. */
  readonly when?: 'pull secret' | 'no pull secret';
  /** Can be pasted as it is. */
  readonly command?: string;
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
  /** Whether pull secrets play a part in this failure. */
  readonly aboutCredentials: boolean;
  /** Milliseconds since the epoch. */
  readonly since: number | null;
  readonly tries: number | null;
  readonly guilty: Guilty;
}

/** A pod that is asked about and has no pull failure, told apart in one line. */
export interface OtherTrouble {
  readonly namespace: string;
  readonly pod: string;
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
