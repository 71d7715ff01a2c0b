import type { CauseName } from './cause.ts';

/**
 * `certain`: the text excludes every other cause. `likely`: one cause stands out, others are not excluded.
 * `ambiguous`: the text fits several causes equally well; `cause` is only the first of them.
 */
export type Certainty = 'certain' | 'likely' | 'ambiguous';

/** How far the pull got when it failed. */
export type Stage =
  | 'name'
  | 'resolve'
  | 'auth'
  | 'manifest'
  | 'layer'
  | 'unpack'
  | 'sandbox'
  | 'volume';

/** Whose text it is. `null` where the text does not tell. */
export type RuntimeName = 'containerd' | 'crio' | 'docker' | null;

/** What the guilty host is to the image. */
export type HostRole =
  | 'registry'
  | 'token server'
  | 'mirror'
  | 'proxy'
  | 'blob host'
  | 'dns server';

export interface Facts {
  readonly stage: Stage | null;
  /** The guilty host with its port as the text names it, `null` where it names none. */
  readonly host: string | null;
  readonly hostRole: HostRole | null;
  /** The HTTP status the guilty host answered, `null` where the text names none. */
  readonly status: number | null;
  readonly runtime: RuntimeName;
  /** Whether waiting alone can help; `null` where it cannot be said. */
  readonly retryable: boolean | null;
}

/** What one text says, judged on the text alone. */
export interface Reading {
  readonly cause: CauseName;
  readonly certainty: Certainty;
  /** Causes the text does not exclude, most likely first, never `cause` itself; at most 3. */
  readonly alternatives: readonly CauseName[];
  readonly facts: Facts;
  /** The part of the text the cause rests on, as it stands there. Empty for `None`. */
  readonly decisive: string;
  /** The image the text itself names as being pulled, as written there. */
  readonly image: string | null;
}

/** What the caller knows besides the text. */
export interface ReadingContext {
  /** Event reason (`Failed`, `BackOff`, …) or `waiting.reason`. */
  readonly reason?: string | null;
  /** The image as written in the pod. */
  readonly image?: string | null;
}
