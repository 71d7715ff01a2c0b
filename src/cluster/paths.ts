/** Request paths of the API, and how objects and lists are called in our sentences. */
import type { GetQuery, ListQuery, ResourceKind } from '../words/objects.ts';

/** kubectl's `--chunk-size`. */
export const PAGE_SIZE = 500;

type Scope = Pick<ListQuery<unknown>, 'resource' | 'namespace'>;

/** `/apis/apps/v1/namespaces/shop/deployments/web` */
export function objectPath({ resource, namespace, name }: GetQuery): string {
  return `${collectionPath({ resource, namespace })}/${encodeURIComponent(name)}`;
}

/** A page of a list, its selectors included; `continueToken` is empty for the first one. */
export function listPath(query: ListQuery<never>, continueToken: string): string {
  const params = new URLSearchParams({ limit: String(PAGE_SIZE) });
  if (query.labelSelector) params.set('labelSelector', query.labelSelector);
  if (query.fieldSelector) params.set('fieldSelector', query.fieldSelector);
  if (continueToken !== '') params.set('continue', continueToken);
  return `${collectionPath(query)}?${params}`;
}

function collectionPath({ resource, namespace }: Scope): string {
  const { group, version, plural } = resource;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scope =
    resource.namespaced && namespace !== undefined
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
  return `${root}${scope}/${plural}`;
}

/** `secret shop/regcred`, `node worker-1` */
export function objectWords({ resource, namespace, name }: GetQuery): string {
  const where = resource.namespaced && namespace !== undefined ? `${namespace}/` : '';
  return `${resource.kind.toLowerCase()} ${where}${name}`;
}

/** `events in namespace shop`, `pods in all namespaces`, `nodes` */
export function listWords({ resource, namespace }: Scope): string {
  if (!resource.namespaced) return resource.plural;
  return namespace === undefined
    ? `${resource.plural} in all namespaces`
    : `${resource.plural} in namespace ${namespace}`;
}

/** The type as kubectl takes it on a command line: `pods`, `deployments.apps`. */
export function typeWord(resource: ResourceKind): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}
