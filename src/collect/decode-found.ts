/** What `decode` looks for: secrets, each by itself or as one of those that count for a pod or workload. */

import { type Answer, isAbsent, type Unavailable } from '../words/known.ts';
import type { SecretView } from '../words/pod.ts';

/** Who the secrets count for. */
export interface SecretUser {
  /** `Pod`, `Deployment`, `ServiceAccount`, … */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `own`: it lists them itself. `serviceaccount`: a new pod gets them from its ServiceAccount. */
  readonly from: 'own' | 'serviceaccount';
  /** Name of the ServiceAccount of its pods. */
  readonly serviceAccount: string;
  /** Of a pod that lists none: what its ServiceAccount lists, which came too late for it. */
  readonly tooLate: readonly string[];
  /** Why its ServiceAccount, whose list counts, is not known; null where it is, or does not matter. */
  readonly unseen: Unavailable | null;
}

/** A secret that was asked for by its name. */
export interface ListedSecret {
  readonly namespace: string;
  readonly name: string;
  readonly answer: Answer<SecretView>;
  /** The nearest name of a pull secret in its namespace, where it is missing. */
  readonly near: string | null;
  /** A docker config that stood in a file has no name, but this one. */
  readonly file?: string | undefined;
  /** Remarks on how it was given, sentences without full stop. */
  readonly notes?: readonly string[] | undefined;
}

export interface SecretGroup {
  /** Null: the secrets were asked for themselves. */
  readonly user: SecretUser | null;
  /** In the order in which the kubelet reads them. */
  readonly secrets: readonly ListedSecret[];
}

export interface FoundSecrets {
  readonly groups: readonly SecretGroup[];
  /** Names that are not there or may not be read: each one line on stderr, exit code 1. */
  readonly problems: readonly Error[];
  /** What could not be looked at on the way. */
  readonly gaps: readonly Unavailable[];
}

export const NOTHING_FOUND: FoundSecrets = { groups: [], problems: [], gaps: [] };

/** Several outcomes as one, in their order; secrets that were asked for themselves become one group. */
export function mergedFound(parts: readonly FoundSecrets[]): FoundSecrets {
  const groups = parts.flatMap((part) => part.groups);
  const alone = groups.filter(({ user }) => user === null).flatMap(({ secrets }) => secrets);
  const once = new Map(
    alone.map((secret) => [`${secret.file ?? ''} ${secret.namespace}/${secret.name}`, secret]),
  );
  return {
    groups: [
      ...(once.size > 0 ? [{ user: null, secrets: [...once.values()] }] : []),
      ...groups.filter(({ user }) => user !== null),
    ],
    problems: parts.flatMap((part) => part.problems),
    gaps: parts.flatMap((part) => part.gaps),
  };
}

/** True where the secret's absence is certain, or as certain as a file can make it. */
export function isMissing({ answer }: ListedSecret): boolean {
  return !answer.known && isAbsent(answer.why);
}
