/** Saved objects behind the same interface as a live server. */
import { type Fields, fields, nameOf, text } from '../../words/fields.ts';
import type { Answer, Unavailable } from '../../words/known.ts';
import {
  type GetQuery,
  groupOf,
  type ListQuery,
  type ObjectSource,
  type ResourceKind,
} from '../../words/objects.ts';
import { builtinKind, builtinOwnerKind } from '../lists/builtin-kinds.ts';
import { listWords, objectWords } from '../lists/paths.ts';
import { fieldSelector, labelSelector, type Selector } from '../lists/selectors.ts';
import type { SavedStore } from './store.ts';

/**
 * What no file holds is `not in the file`: that an object is missing from a dump does not say that the cluster
 * lacks it. A kind of which anything was given is known whole for the namespaces that the files speak of.
 */
export class SavedSource implements ObjectSource {
  readonly live = false;
  readonly #store: SavedStore;

  constructor(store: SavedStore) {
    this.#store = store;
  }

  async get<T>(query: GetQuery): Promise<Answer<T>> {
    const objects = this.#store.objects(query.resource) ?? [];
    for (const object of objects) {
      if (isNamed(object, query)) return { known: true, value: object as T };
    }
    const what = objectWords(query);
    return { known: false, why: missing(what, `${what} is not in the file`) };
  }

  /** Throws UsageError for a selector that cannot be read. */
  async list<T>(query: ListQuery<T>): Promise<Answer<readonly T[]>> {
    const selectors = selectorsOf(query);
    const { resource, namespace } = query;
    const objects = this.#store.objects(resource);
    const what = listWords(query);
    const scope = resource.namespaced ? namespace : undefined;
    // Said of every kind alike: of a namespace that is not there no single kind is missing.
    if (scope !== undefined && !this.#store.hasNamespace(scope)) {
      return { known: false, why: missing(what, `nothing of namespace ${scope} is in the file`) };
    }
    if (objects === undefined) {
      return { known: false, why: missing(what, `${resource.plural} are not in the file`) };
    }
    const found: T[] = [];
    for (const object of objects) {
      if (scope !== undefined && namespaceOf(object) !== scope) continue;
      if (!selectors.every((selects) => selects(object))) continue;
      if (query.keep?.(object as T) ?? true) found.push(object as T);
    }
    return { known: true, value: found };
  }

  async findKind(type: string): Promise<ResourceKind | null> {
    const [word = '', ...rest] = type.toLowerCase().split('.');
    const builtin = builtinKind(type);
    if (builtin !== undefined) return builtin;
    const group = rest.join('.');
    for (const kind of this.#store.customKinds()) {
      const named = word === kind.plural || word === kind.kind.toLowerCase();
      if (
        named &&
        (group === '' || group === kind.group || group === `${kind.version}.${kind.group}`)
      ) {
        return kind;
      }
    }
    return null;
  }

  async findOwnerKind(apiVersion: string, kind: string): Promise<ResourceKind | null> {
    const builtin = builtinOwnerKind(apiVersion, kind);
    if (builtin !== undefined) return builtin;
    const group = groupOf(apiVersion);
    for (const custom of this.#store.customKinds()) {
      if (custom.kind === kind && custom.group === group) return custom;
    }
    return null;
  }
}

function selectorsOf(query: ListQuery<never>): Selector[] {
  return [
    ...(query.labelSelector ? [labelSelector(query.labelSelector)] : []),
    ...(query.fieldSelector ? [fieldSelector(query.fieldSelector)] : []),
  ];
}

function isNamed(object: Fields, query: GetQuery): boolean {
  if (nameOf(object) !== query.name) return false;
  if (!query.resource.namespaced || query.namespace === undefined) return true;
  return namespaceOf(object) === query.namespace;
}

function namespaceOf(object: Fields): string {
  return text(fields(object['metadata'])['namespace']) || 'default';
}

function missing(what: string, sentence: string): Unavailable {
  return { reason: 'not in the file', what, text: sentence };
}
