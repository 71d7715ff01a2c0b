/** A short name for a secret value, to see whether two are equal. Pure: the hash is a parameter. */
import type { Hidden } from '../words/hidden.ts';

/**
 * A keyed hash, e.g. HMAC-SHA-256 in hexadecimal. The key is made anew, by chance, for each run unless the user gives
 * one to compare runs: without it a fingerprint says nothing on a guess, and 32 bits leave many passwords for each.
 */
export type KeyedHash = (text: string) => string;

const DIGITS = 8;

/** The first 8 hexadecimal digits of the hash. Throws a TypeError where the hash gives something else. */
export function fingerprint(secret: Hidden, hash: KeyedHash): string {
  const short = hash(secret.reveal()).slice(0, DIGITS).toLowerCase();
  if (!/^[0-9a-f]{8}$/.test(short)) {
    throw new TypeError('the hash of a fingerprint must give 8 hexadecimal digits or more');
  }
  return short;
}
