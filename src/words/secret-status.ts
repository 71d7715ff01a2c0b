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
  /** It is not in the file, or was not asked for: nothing can be said of it. */
  'not known',
  /** The file holds no more than the length of its content. */
  'elided',
  'ok',
] as const;

export type SecretStatus = (typeof SECRET_STATUSES)[number];
