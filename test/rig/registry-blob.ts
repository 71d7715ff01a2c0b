/** Documents with their digest. */
import { createHash } from 'node:crypto';
import type { Blob } from '../cluster/up/image.ts';

export function blobOf(mediaType: string, value: unknown): Blob {
  const bytes = Buffer.from(JSON.stringify(value));
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { mediaType, digest, size: bytes.length, bytes };
}
