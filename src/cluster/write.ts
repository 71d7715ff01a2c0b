/**
 * The two writes there are: an object is made, and it is removed again. Both name the object, so that a request that is
 * sent twice (its first answer was lost) changes nothing.
 */
import type { GetQuery } from '../words/objects.ts';
import { ApiError } from './errors.ts';
import type { JsonRequests } from './http/requests.ts';
import { collectionPath, objectPath } from './lists/paths.ts';

export interface Writes {
  /**
   * Makes the object, whose name in `query` nobody else uses: that it is there already counts as made. Its answer is
   * the object as the server has it. `dryRun`: the server checks everything and keeps nothing. Throws ApiError for a
   * refusal (403 by RBAC, quota or admission, 422 for what is not valid), else what requests throw.
   */
  create(query: GetQuery, object: object, dryRun?: boolean): Promise<unknown>;
  /** Removes the object, and then what it made; one that is gone counts as removed. Throws as `create`. */
  remove(query: GetQuery): Promise<void>;
  /** Whether the object may be removed: the server checks, and removes nothing. One that is not there may. */
  tryRemove(query: GetQuery): Promise<void>;
}

/** Writes by these requests. */
export function writesOf(requests: JsonRequests): Writes {
  return {
    async create(query, object, dryRun = false) {
      const path = `${collectionPath(query)}${dryRun ? '?dryRun=All' : ''}`;
      try {
        return await requests.json(path, { method: 'POST', body: JSON.stringify(object) });
      } catch (error) {
        const there = error instanceof ApiError && error.reason === 'AlreadyExists';
        if (there && !dryRun) return object;
        throw error;
      }
    },
    async remove(query) {
      await remove(requests, query, { propagationPolicy: 'Background' });
    },
    async tryRemove(query) {
      // In the body: where there is one, the server does not read options in the query.
      await remove(requests, query, { dryRun: ['All'] });
    },
  };
}

async function remove(requests: JsonRequests, query: GetQuery, how: object): Promise<void> {
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', ...how });
  try {
    await requests.json(objectPath(query), { method: 'DELETE', body });
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}
