/** Which pull secrets count for a pod, a workload or a ServiceAccount, and these secrets. */
import type { Answer } from '../words/known.ts';
import { mapAnswer } from '../words/known.ts';
import { nearest } from '../words/nearest.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { isMissing, type ListedSecret, type SecretGroup, type SecretUser } from './decode-found.ts';
import { secretNames, secretOf } from './enrich.ts';
import { type Json, list, obj, str } from './json.ts';
import { SECRET, SERVICE_ACCOUNT } from './kinds.ts';
import { templateSpec } from './templates.ts';

/** An object that pods are made from, or a pod. */
interface Owner {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * The pull secrets of the object: of a pod those it lists, of a workload those that a new pod of its template gets
 * (the ServiceAccount's where the template lists none: plugin/pkg/admission/serviceaccount), of a ServiceAccount its
 * own. Null where the object holds no pod template.
 */
export async function secretsOf(
  source: ObjectSource,
  resource: ResourceKind,
  object: unknown,
): Promise<SecretGroup | null> {
  const meta = obj(obj(object)['metadata']);
  const owner = {
    kind: resource.kind,
    namespace: str(meta['namespace']) || 'default',
    name: str(meta['name']),
  };
  if (resource.kind === 'ServiceAccount' && resource.group === '') {
    return grouped(source, owner, {
      from: 'own',
      serviceAccount: owner.name,
      names: namesIn(obj(object)),
    });
  }
  const isPod = resource.kind === 'Pod' && resource.group === '';
  const spec = isPod ? obj(obj(object)['spec']) : templateSpec(obj(object));
  if (spec === null) return null;
  const serviceAccount =
    str(spec['serviceAccountName']) || str(spec['serviceAccount']) || 'default';
  const names = namesIn(spec);
  if (names.length > 0) return grouped(source, owner, { from: 'own', serviceAccount, names });
  const account = await source.get<unknown>({
    resource: SERVICE_ACCOUNT,
    namespace: owner.namespace,
    name: serviceAccount,
  });
  const given = account.known ? namesIn(obj(account.value)) : [];
  const unseen = account.known || account.why.reason === 'not found' ? null : account.why;
  if (isPod) {
    return grouped(source, owner, { from: 'own', serviceAccount, names, tooLate: given, unseen });
  }
  const from = 'serviceaccount';
  return grouped(source, owner, { from, serviceAccount, names: given, unseen });
}

function namesIn(holder: Json): string[] {
  return list(holder['imagePullSecrets'])
    .map((reference) => str(reference['name']))
    .filter((name) => name !== '');
}

interface Listing {
  readonly from: 'own' | 'serviceaccount';
  readonly serviceAccount: string;
  readonly names: readonly string[];
  readonly tooLate?: readonly string[];
  readonly unseen?: SecretUser['unseen'];
}

async function grouped(
  source: ObjectSource,
  owner: Owner,
  { names, ...listing }: Listing,
): Promise<SecretGroup> {
  const { namespace } = owner;
  const answers = await Promise.all(
    [...new Set(names)].map(async (name) => ({
      name,
      answer: await secretNamed(source, namespace, name),
    })),
  );
  const secrets = answers.map(({ name, answer }) => ({ namespace, name, answer, near: null }));
  return {
    user: { ...owner, tooLate: [], unseen: null, ...listing },
    secrets: await withNearest(source, namespace, secrets),
  };
}

/** One Secret by its name. */
async function secretNamed(source: ObjectSource, namespace: string, name: string) {
  return mapAnswer(await source.get<unknown>({ resource: SECRET, namespace, name }), secretOf);
}

/** The same secrets; missing ones with the nearest name there is. */
async function withNearest(
  source: ObjectSource,
  namespace: string,
  secrets: readonly ListedSecret[],
): Promise<ListedSecret[]> {
  if (!secrets.some(isMissing)) return [...secrets];
  const names: Answer<readonly string[]> = await secretNames(source, namespace);
  if (!names.known) return [...secrets];
  return secrets.map((secret) =>
    isMissing(secret) ? { ...secret, near: nearest(secret.name, names.value) } : secret,
  );
}
