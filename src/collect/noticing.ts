/** A source that looks at every object that passes for a sign of OpenShift, at no cost of requests. */
import type { GetQuery, ListQuery, ObjectSource } from '../words/objects.ts';
import { hasOpenShiftMark } from './marks.ts';

export interface NoticingSource extends ObjectSource {
  /** A sign was seen so far. */
  readonly isOpenShift: () => boolean;
}

export function noticing(source: ObjectSource): NoticingSource {
  let seen = false;
  const look = (object: unknown) => {
    seen ||= hasOpenShiftMark(object);
  };
  return {
    live: source.live,
    isOpenShift: () => seen,
    async get<T>(query: GetQuery) {
      const answer = await source.get<T>(query);
      if (answer.known) look(answer.value);
      return answer;
    },
    list<T>(query: ListQuery<T>) {
      const keep = (item: T) => {
        if (!seen) look(item);
        return query.keep?.(item) ?? true;
      };
      return source.list<T>({ ...query, keep });
    },
    findKind: (type) => source.findKind(type),
    findOwnerKind: (apiVersion, kind) => source.findOwnerKind(apiVersion, kind),
  };
}
