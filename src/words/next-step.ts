/** What to do about a failure. */
export interface NextStep {
  readonly text: string;
  /** Only for a pod that lists pull secrets, or only for one that lists none; absent: for both. */
  readonly when?: 'pull secret' | 'no pull secret';
  /** Can be pasted as it is. */
  readonly command?: string;
}
