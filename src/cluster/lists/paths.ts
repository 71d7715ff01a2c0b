/** Request paths of the API, and how objects and lists are called in our sentences. */
import type { GetQuery, ListQuery, ResourceKind } from '../../words/objects.ts';

/** kubectl's `--chunk-size`. */
export const PAGE_SIZE = 500;

type Scope = Pick<ListQuery<unknown>, 'resource' | 'namespace'>;

/** `/apis/apps/v1/namespaces/shop/deployments/web` */
export function objectPath({ resource, namespace, name }: GetQuery): string {
  return `${collectionPath({ resource, namespace })}/${segment(name)}`;
}

/** A page of a list, its selectors included; `continueToken` is empty for the first one. `size` 0: no pages. */
export function listPath(query: ListQuery<never>, continueToken: string, size: number): string {
  const params = new URLSearchParams(size > 0 ? { limit: String(size) } : {});
  addSelectors(params, query);
  if (continueToken !== '') params.set('continue', continueToken);
  return withParams(collectionPath(query), params);
}

/** Every change of a list since `resourceVersion`, for `seconds`. */
export function watchPath(
  query: ListQuery<never>,
  resourceVersion: string,
  seconds: number,
): string {
  const params = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(seconds),
  });
  addSelectors(params, query);
  return withParams(collectionPath(query), params);
}

function addSelectors(params: URLSearchParams, query: ListQuery<never>): void {
  if (query.labelSelector) params.set('labelSelector', query.labelSelector);
  if (query.fieldSelector) params.set('fieldSelector', query.fieldSelector);
}

function withParams(path: string, params: URLSearchParams): string {
  return params.size > 0 ? `${path}?${params}` : path;
}

/** `/apis/batch/v1/namespaces/shop/jobs` */
export function collectionPath({ resource, namespace }: Scope): string {
  const { group, version, plural } = resource;
  const of = segment(version);
  const root = group === '' ? `/api/${of}` : `/apis/${segment(group)}/${of}`;
  const scope =
    resource.namespaced && namespace !== undefined ? `/namespaces/${segment(namespace)}` : '';
  return `${root}${scope}/${segment(plural)}`;
}

/** Names come from answers and files as well: half of a pair of surrogates has no form in a URL. */
function segment(name: string): string {
  return encodeURIComponent(name.toWellFormed());
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
