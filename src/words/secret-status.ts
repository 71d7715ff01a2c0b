/** What can be said of a pull secret in a word, the worst first. Part of `-o json`: names are only added. */
export const SECRET_STATUSES = [
  /** Something refers to it and it is not there. */
  'missing',
  /** The kubelet cannot read it and pulls nothing for pods that name it. */
  'malformed',
  /** The kubelet looks over it without a word. */
  'wrong type',
  'no credentials',
  'expired',
  'expires soon',
  /** Something in it looks wrong. */
  'suspicious',
  /** Nothing refers to it. */
  'unused',
  /** We may not look. */
  'not allowed',
  /** The file does not hold its content. */
  'elided',
  'ok',
] as const;

export type SecretStatus = (typeof SECRET_STATUSES)[number];
