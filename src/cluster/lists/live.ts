/** Objects of a live API server. */
import { nameOf } from '../../words/fields.ts';
import type { Answer } from '../../words/known.ts';
import type { GetQuery, ListQuery, ObjectSource, ResourceKind } from '../../words/objects.ts';
import type { ConnectionOptions } from '../../words/options.ts';
import { ApiError, notWhatWasAsked } from '../errors.ts';
import type { JsonRequests } from '../http/requests.ts';
import { unavailable } from '../http/unavailable.ts';
import { Discovery } from './discovery.ts';
import { type Listed, readPages } from './pages.ts';
import { objectPath, objectWords, PAGE_SIZE } from './paths.ts';

/** A list that expired while it was read (410) is read again from its start. */
const LIST_STARTS = 3;

/** Told of each page: how many objects of which type it held. */
export type OnRead = (plural: string, count: number) => void;

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
  readonly #progress: OnRead | undefined;

  /** `flags` are repeated in the permission checks that answers propose. */
  constructor(requests: JsonRequests, flags: ConnectionOptions, progress?: OnRead) {
    this.#requests = requests;
    this.#progress = progress;
    this.#flags = flags;
    this.#discovery = new Discovery(requests);
  }

  async get<T>(query: GetQuery): Promise<Answer<T>> {
    try {
      const value = await this.#requests.json(objectPath(query));
      if (nameOf(value) !== query.name) {
        throw notWhatWasAsked(objectWords(query), 'this object');
      }
      return { known: true, value: value as T };
    } catch (error) {
      return { known: false, why: unavailable(error, query, this.#flags) };
    }
  }

  async list<T>(query: ListQuery<T>): Promise<Answer<readonly T[]>> {
    for (let start = 1; ; start++) {
      try {
        return { known: true, value: (await this.#readPages(query)).items };
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

  #readPages<T>(query: ListQuery<T>): Promise<Listed<T>> {
    const size = this.#flags.chunkSize ?? PAGE_SIZE;
    const onPage = (count: number) => this.#progress?.(query.resource.plural, count);
    return readPages(this.#requests, query, { size, onPage });
  }
}
