/** Pull secrets that were not named one by one: those of namespaces, of a selector, of a file. */
import type { Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { SecretView } from '../words/pod.ts';
import { DOCKER_TYPES } from '../words/secret-types.ts';
import { type FoundSecrets, type ListedSecret, NOTHING_FOUND } from './decode-found.ts';
import { secretOf } from './enrich.ts';
import { SECRET } from './kinds.ts';
import type { Scope } from './namespaces.ts';
import { secretsUnavailable } from './outcome.ts';
import { inParallel, WIDTH } from './parallel.ts';

/**
 * The pull secrets of the scope whose labels match. Of a live server only the two docker types are asked for, never
 * other Secrets; of a file also those that hold a docker config under another type, and a Secret that is alone in it.
 * Throws SecretsUnavailable where nothing could be looked at.
 */
export async function listedSecrets(
  source: ObjectSource,
  scope: Scope,
  labelSelector: string | undefined,
): Promise<FoundSecrets> {
  const namespaces = scope ?? [undefined];
  const parts = await inParallel(namespaces, WIDTH, (namespace) =>
    source.live
      ? dockerSecrets(source, namespace, labelSelector)
      : savedSecrets(source, namespace, labelSelector),
  );
  const gaps = parts.flatMap((part) => part.gaps);
  const [first] = gaps;
  if (first && gaps.length === parts.length) {
    throw secretsUnavailable(first, scope === undefined);
  }
  const secrets = parts.flatMap((part) => part.secrets).map(asListed);
  return { ...NOTHING_FOUND, groups: [{ user: null, secrets }], gaps };
}

interface Part {
  readonly secrets: readonly SecretView[];
  /** One at most. */
  readonly gaps: readonly Unavailable[];
}

async function dockerSecrets(
  source: ObjectSource,
  namespace: string | undefined,
  labelSelector: string | undefined,
): Promise<Part> {
  const answers = await Promise.all(
    DOCKER_TYPES.map((type) =>
      source.list<unknown>({
        resource: SECRET,
        namespace,
        labelSelector,
        fieldSelector: `type=${type}`,
      }),
    ),
  );
  const secrets: SecretView[] = [];
  for (const answer of answers) {
    if (!answer.known) return { secrets: [], gaps: [answer.why] };
    secrets.push(...answer.value.map(secretOf));
  }
  return { secrets: secrets.sort(byName), gaps: [] };
}

async function savedSecrets(
  source: ObjectSource,
  namespace: string | undefined,
  labelSelector: string | undefined,
): Promise<Part> {
  const answer = await source.list<unknown>({ resource: SECRET, namespace, labelSelector });
  if (!answer.known) return { secrets: [], gaps: [answer.why] };
  const all = answer.value.map(secretOf);
  const pull = all.filter((s) => DOCKER_TYPES.includes(s.type) || s.data.size > 0);
  return { secrets: all.length === 1 ? all : pull, gaps: [] };
}

function byName(a: SecretView, b: SecretView): number {
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** A secret that was found in a list. */
export function asListed(secret: SecretView): ListedSecret {
  const { namespace, name } = secret;
  return { namespace, name, answer: { known: true, value: secret }, near: null };
}
