/**
 * How what a step changes comes to the pod. `new pod`: only one that is made after it has it; `done`: the step itself
 * makes new pods, or is for later ones; `image by rollout`, `image in template`: another image, one way among others, is
 * in new pods by themselves, or once somebody deletes the old.
 */
export type Brought = 'new pod' | 'done' | 'image by rollout' | 'image in template';

/** What to do about a failure. */
export interface NextStep {
  readonly text: string;
  /** Only for a pod that lists pull secrets, or only for one that lists none; absent: for both. */
  readonly when?: 'pull secret' | 'no pull secret';
  /** Can be pasted as it is. */
  readonly command?: string;
  /** Absent: by the kubelet's next try, or it changes nothing. Not for the reader. */
  readonly brought?: Brought | undefined;
}
