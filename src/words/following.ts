import type { CauseName } from './cause.ts';
import type { Verdict } from './verdict.ts';

/**
 * How far a pod that is followed has come. `waiting`: nothing failed so far, and not every image is there; `ended`: it
 * was evicted or the like before every image was there.
 */
export type PullState = 'failing' | 'pulled' | 'waiting' | 'ended';

/** One pod as it was last judged. */
export interface FollowedPod {
  readonly namespace: string;
  readonly name: string;
  readonly state: PullState;
  /** Of a failing pod, one for each container. */
  readonly verdicts: readonly Verdict[];
  readonly createdAt: number | null;
  /** `Deployment/web`, as `PodEvidence` has it. */
  readonly workload: string | null;
}

/** What became of one container's pull, or of a whole pod. */
export interface PullChange {
  readonly namespace: string;
  readonly pod: string;
  /** `null`: the pod as a whole. */
  readonly container: string | null;
  readonly was: CauseName | null;
  /** The new cause; `null`: none any more, `ended` says why. */
  readonly now: Verdict | null;
  readonly ended: 'pulled' | 'starting anew' | 'ended without its image' | 'deleted' | null;
}
