/** Manifests before they are applied: what they bring along counts first, then what the cluster has already. */
import type { Answer, Unavailable } from '../words/known.ts';
import type { GetQuery, ListQuery, ObjectSource } from '../words/objects.ts';
import { obj, str } from './json.ts';
import { NODE } from './kinds.ts';

/**
 * Both as one source. `home`: where objects of the files are that name no namespace. A cluster that cannot be reached
 * is asked once, and what it would have answered is unknown.
 */
export function manifestSource(
  files: ObjectSource,
  cluster: ObjectSource | null,
  home: string,
): ObjectSource {
  let down: Error | null = null;
  const askCluster = async <T>(
    what: string,
    ask: (source: ObjectSource) => Promise<Answer<T>>,
    otherwise: Unavailable,
  ): Promise<Answer<T>> => {
    if (cluster === null) return { known: false, why: otherwise };
    try {
      if (down === null) return await ask(cluster);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      down = error;
    }
    const text = `${what}: not in the file, and the cluster could not be asked`;
    return { known: false, why: { reason: 'failed', what, text, error: down } };
  };
  return {
    live: false,
    async get<T>(query: GetQuery): Promise<Answer<T>> {
      const own = await files.get<T>(query);
      if (own.known) return own;
      const homeless =
        query.namespace === home ? await files.get<T>({ ...query, namespace: undefined }) : own;
      if (homeless.known && str(obj(obj(homeless.value)['metadata'])['namespace']) === '') {
        return homeless;
      }
      return askCluster(own.why.what, (source) => source.get<T>(query), own.why);
    },
    async list<T>(query: ListQuery<T>): Promise<Answer<readonly T[]>> {
      const own = await files.list<T>(query);
      if (own.known || query.resource.kind !== NODE.kind) return own;
      return askCluster(own.why.what, (source) => source.list<T>(query), own.why);
    },
    findKind: (type) => files.findKind(type),
    findOwnerKind: (apiVersion, kind) => files.findOwnerKind(apiVersion, kind),
  };
}
