/** Objects of a live API server. */
import type { Answer } from '../words/known.ts';
import type { GetQuery, ListQuery, ObjectSource, ResourceKind } from '../words/objects.ts';
import type { ConnectionOptions } from '../words/options.ts';
import { Discovery } from './discovery.ts';
import { ApiError, ConnectionError } from './errors.ts';
import { fields, isFields, text } from './fields.ts';
import { listPath, objectPath } from './paths.ts';
import type { JsonRequests } from './requests.ts';
import { unavailable } from './unavailable.ts';

/** apimachinery pkg/apis/meta/v1, PartialObjectMetadataList; every server since 1.15 knows it. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** A list that expired while it was read (410) is read once more from its start. */
const LIST_STARTS = 2;
/** Five million objects: a server that always says `continue` must end somewhere. */
const PAGE_LIMIT = 10_000;

/**
 * - Every request that another could not outdo is an answer: 403 `forbidden`, 404 `not found`, a time limit
 *   `timed out`, everything else `failed`, each with its error.
 * - Thrown: ConnectionError where the server is not reached, ApiError 401, ExecPluginError, KubeconfigError.
 */
export class LiveSource implements ObjectSource {
  readonly live = true;
  readonly #requests: JsonRequests;
  readonly #flags: ConnectionOptions;
  readonly #discovery: Discovery;

  /** `flags` are repeated in the permission checks that answers propose. */
  constructor(requests: JsonRequests, flags: ConnectionOptions) {
    this.#requests = requests;
    this.#flags = flags;
    this.#discovery = new Discovery(requests);
  }

  async get<T>(query: GetQuery): Promise<Answer<T>> {
    try {
      return { known: true, value: (await this.#requests.json(objectPath(query))) as T };
    } catch (error) {
      return { known: false, why: unavailable(error, query, this.#flags) };
    }
  }

  async list<T>(query: ListQuery<T>): Promise<Answer<readonly T[]>> {
    for (let start = 1; ; start++) {
      try {
        return { known: true, value: await this.#readPages(query) };
      } catch (error) {
        const expired = error instanceof ApiError && error.status === 410;
        if (expired && start < LIST_STARTS) continue;
        return { known: false, why: unavailable(error, query, this.#flags) };
      }
    }
  }

  findKind(type: string): Promise<ResourceKind | null> {
    return this.#discovery.findKind(type);
  }

  findOwnerKind(apiVersion: string, kind: string): Promise<ResourceKind | null> {
    return this.#discovery.findOwnerKind(apiVersion, kind);
  }

  async #readPages<T>(query: ListQuery<T>): Promise<readonly T[]> {
    const kept: T[] = [];
    let token = '';
    for (let page = 0; page < PAGE_LIMIT; page++) {
      const accept = query.metadataOnly ? METADATA_ONLY : undefined;
      const body = await this.#requests.json(listPath(query, token), accept);
      const items = isFields(body) ? (body['items'] ?? []) : undefined;
      if (!Array.isArray(items)) throw notAList();
      for (const item of items as T[]) {
        if (isFields(item) && (query.keep?.(item) ?? true)) kept.push(item);
      }
      token = text(fields(fields(body)['metadata'])['continue']);
      if (token === '') return kept;
    }
    throw notAList();
  }
}

function notAList(): ConnectionError {
  return new ConnectionError({
    fault: 'protocol',
    host: '',
    reached: true,
    code: '',
    detail: 'the server answered with something that is not a list',
  });
}
