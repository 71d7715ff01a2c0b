import type { Denial } from '../words/cluster-sources.ts';
import { words } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { Unavailable } from '../words/known.ts';

/** What looking for pods brought. */
export interface Subjects {
  readonly pods: readonly PodEvidence[];
  /** Names that were asked for and are not there, and the like: each one line on stderr, exit code 1. */
  readonly problems: readonly Error[];
  /** What could not be looked at on the way: without it "none found" would say too much. */
  readonly gaps: readonly Unavailable[];
  /** Workloads without a failing pod that may not make pods. */
  readonly denials?: readonly Denial[] | undefined;
  /** The namespaces that were looked into one by one; absent: all at once. */
  readonly namespaces?: readonly string[] | undefined;
}

export const NO_SUBJECTS: Subjects = { pods: [], problems: [], gaps: [] };

/** Several outcomes as one. A pod that two of them hold counts once. */
export function merged(parts: readonly Subjects[]): Subjects {
  const pods = parts.flatMap((p) => p.pods);
  const byName = new Map(pods.map((p) => [`${p.pod.namespace}/${p.pod.name}`, p]));
  return {
    pods: [...byName.values()],
    problems: parts.flatMap((p) => p.problems),
    gaps: parts.flatMap((p) => p.gaps),
    denials: parts.flatMap((p) => p.denials ?? []),
  };
}

/** What helps whoever may not ask for the cluster as a whole. */
export const NAME_NAMESPACES = 'name the namespaces you may look at: -n a,b,c';

/** What a command is about may not or cannot be read: nothing can be said. The error behind it is its `cause`. */
class ObjectsUnavailable extends Error {
  readonly why: Unavailable;
  readonly #hint: string | undefined;

  /** `hint`: what the user can do instead, a short sentence without full stop. */
  constructor(why: Unavailable, hint?: string) {
    super(why.text, { cause: why.error });
    this.why = why;
    this.#hint = hint;
  }

  /** The words of the error behind it, where there is one. */
  words(): string {
    const line = this.cause === undefined ? `error: ${this.message}` : words(this.cause);
    const more = [this.why.check, this.#hint].filter((part) => part !== undefined);
    return more.length > 0 ? `${line} (${more.join('; ')})` : line;
  }
}

export class PodsUnavailable extends ObjectsUnavailable {
  override readonly name = 'PodsUnavailable';
}

/** An object that was named, and that may be there. */
export class NamedUnavailable extends ObjectsUnavailable {
  override readonly name = 'NamedUnavailable';
}

/** `everywhere`: all namespaces were asked about. */
export function secretsUnavailable(why: Unavailable, everywhere: boolean): SecretsUnavailable {
  const helps = everywhere && why.reason === 'forbidden';
  return new SecretsUnavailable(why, helps ? NAME_NAMESPACES : undefined);
}

export class SecretsUnavailable extends ObjectsUnavailable {
  override readonly name = 'SecretsUnavailable';
}
