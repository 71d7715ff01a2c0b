/**
 * The grammar of image references, as regular expressions without nested repetition over the same letters
 * (github.com/distribution/reference, `regexp.go`).
 */

/** One path component of a repository name. */
export const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/** A tag: at most 128 characters. */
export const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** A digest; sha256 must have 64 hexadecimal digits, sha384 96 and sha512 128. */
export const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}$/;

/** A host, an IPv4 address or a bracketed IPv6 address, with an optional port. */
export const HOST =
  /^(?:(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*|\[[0-9A-Fa-f:]+\])(?::[0-9]+)?$/;

/** What stands alone as 64 hexadecimal digits is refused: it would read as an image id. */
export const BARE_ID = /^[a-f0-9]{64}$/;

/** The longest path that is accepted, host not counted. */
export const MAX_NAME_LENGTH = 255;
