import type { Answer } from './known.ts';

/** Where to find objects of a kind in the API. */
export interface ResourceKind {
  /** `Pod` */
  readonly kind: string;
  /** `pods` */
  readonly plural: string;
  /** API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
}

/** The group of an `apiVersion`: `apps/v1` → `apps`, `v1` → empty. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

export interface GetQuery {
  readonly resource: ResourceKind;
  /** Absent for kinds without a namespace. */
  readonly namespace?: string | undefined;
  readonly name: string;
}

export interface ListQuery<T> {
  readonly resource: ResourceKind;
  /** Absent: all namespaces. */
  readonly namespace?: string | undefined;
  /** As `-l` takes it. */
  readonly labelSelector?: string | undefined;
  /** As `--field-selector` takes it. */
  readonly fieldSelector?: string | undefined;
  /** Only names, labels and the like: what the objects hold does not leave the API server. */
  readonly metadataOnly?: boolean | undefined;
  /** Only the first page: of a large list a part is enough. */
  readonly firstPage?: boolean | undefined;
  /** Keeps only these items, page by page, so that a large list is never held whole. */
  readonly keep?: ((item: T) => boolean) | undefined;
  /** False for the JSON text of an item that `keep` is sure to drop: a live source need not parse it then. */
  readonly mayKeep?: ((json: string) => boolean) | undefined;
}

/**
 * Objects of a cluster, from a live API server or from saved files.
 *
 * `get` of an object that is not there answers unknown with `not found` (live) or `not in the file` (saved);
 * a kind that may not be read answers `forbidden`. What makes every further request pointless (server not
 * reached, not logged in) is thrown.
 */
export interface ObjectSource {
  readonly live: boolean;
  get<T>(query: GetQuery): Promise<Answer<T>>;
  list<T>(query: ListQuery<T>): Promise<Answer<readonly T[]>>;
  /**
   * The kind a TYPE word stands for (`deploy`, `deployments.apps`, `rollouts.argoproj.io`), or null where the
   * server (or the files) does not have it. Built-in kinds are answered without a request. Throws InputError where
   * it is not found, and not everything could be looked through.
   */
  findKind(type: string): Promise<ResourceKind | null>;
  /** The kind an owner reference names (`apps/v1`, `ReplicaSet`), or null where the source does not know it. */
  findOwnerKind(apiVersion: string, kind: string): Promise<ResourceKind | null>;
}

/** What happened to a list that is followed. */
export type Changed<T> =
  /** The list as it is now: at first, and whenever changes were missed. */
  | { readonly kind: 'all'; readonly objects: readonly T[] }
  | { readonly kind: 'changed' | 'gone'; readonly object: T }
  /** The server is not reached any more; it is tried again until it is. */
  | { readonly kind: 'lost'; readonly error: Error }
  | { readonly kind: 'back' };

/**
 * Tells of a list and of every change to it, until `signal` is aborted (its reason is thrown then). `query.keep`
 * leaves objects out of `all`, never a change. Throws what a list throws where the first one fails, later only
 * what waiting cannot mend: not logged in, not allowed.
 */
export type Follow = <T>(
  query: ListQuery<T>,
  onChange: (change: Changed<T>) => void,
  signal: AbortSignal,
) => Promise<never>;
