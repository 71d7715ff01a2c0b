/** `imagePullSecrets` written where nothing reads it. */
import { list, obj, str } from './json.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Annotations of one object hold 256 KiB together. */
const MAX_ANNOTATION = 262_144;

/**
 * Names of containers under which `imagePullSecrets` stands: in the pod itself (a manifest), or in what kubectl last
 * applied, since the API server drops fields it does not know. Of that text nothing else is taken.
 */
export function secretsUnderContainers(pod: unknown): string[] {
  const p = obj(pod);
  const applied = str(obj(obj(p['metadata'])['annotations'])[LAST_APPLIED]);
  return [...new Set([...namesIn(p), ...namesIn(parsed(applied))])];
}

function parsed(text: string): unknown {
  if (text.length > MAX_ANNOTATION || !text.includes('"imagePullSecrets"')) return null;
  try {
    return JSON.parse(text);
  } catch {
    // An annotation is anybody's text: one that is no JSON tells nothing.
    return null;
  }
}

function namesIn(pod: unknown): string[] {
  const spec = obj(obj(pod)['spec']);
  return [...list(spec['initContainers']), ...list(spec['containers'])]
    .filter((container) => list(container['imagePullSecrets']).length > 0)
    .map((container) => str(container['name']));
}
