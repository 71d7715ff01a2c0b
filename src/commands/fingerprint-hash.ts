/** The hash behind fingerprints: equal secrets look alike, and nothing can be guessed from what is printed. */
import { createHmac, randomBytes } from 'node:crypto';
import type { KeyedHash } from '../credentials/fingerprint.ts';
import type { World } from '../words/streams.ts';

/** Gives runs the same key, so that their fingerprints can be compared. It is a secret itself. */
const FINGERPRINT_KEY = 'KUBECTL_IMAGEPULL_FINGERPRINT_KEY';

/** HMAC-SHA-256 in hexadecimal, with the key of the environment or one made by chance for this run. */
export function fingerprintHash(env: World['env']): KeyedHash {
  const key = env[FINGERPRINT_KEY] || randomBytes(32);
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
