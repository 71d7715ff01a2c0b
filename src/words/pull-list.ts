import type { Presence } from './evidence.ts';
import type { Unavailable } from './known.ts';
import type { ImageUser } from './verification.ts';

/** Why nobody knows which pull secrets a pod lists that is made up from its events. */
export function unknownList(
  { namespace, name }: ImageUser,
  presence: Exclude<Presence, 'there'>,
): Unavailable {
  const what = `pull secrets of pod ${namespace}/${name}`;
  const text = `${what}: the pod is ${presence}, and its events do not tell them`;
  return { reason: presence === 'gone' ? 'not found' : 'not in the file', what, text };
}
