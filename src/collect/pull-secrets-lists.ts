/** One list over the namespaces of a command, where some of them, or the cluster as a whole, may not be listed. */
import type { Unavailable } from '../words/known.ts';
import type { ListQuery, ObjectSource } from '../words/objects.ts';
import { closedGap, namespaceNames, type Scope } from './namespaces.ts';
import { inParallel, WIDTH } from './parallel.ts';

/** What listing brought besides the items, which `keep` of the query saw. */
export interface ScopeListed {
  /** Why something was not listed, each reason and place once. */
  readonly gaps: readonly Unavailable[];
  /** Whether the list of this namespace is known. */
  readonly covers: (namespace: string) => boolean;
  /** No namespace was listed. */
  readonly nothing: boolean;
}

/** Lists of several kinds over one scope; the names of the namespaces are asked for once at most. */
export type ListScope = (query: ListQuery<unknown>) => Promise<ScopeListed>;

/** `keep` of a query must drop every item: nothing is handed back. It sees an item twice where a list is read again. */
export function listerOf(source: ObjectSource, scope: Scope): ListScope {
  let names: Promise<readonly string[] | null> | undefined;
  return async (query) => {
    if (scope !== undefined) return listEach(source, scope, query);
    const answer = await source.list(query);
    if (answer.known) return { gaps: [], covers: () => true, nothing: false };
    if (answer.why.reason === 'forbidden') {
      names ??= namespaceNames(source);
      const known = await names;
      if (known !== null && known.length > 0) return listEach(source, known, query);
    }
    return { gaps: [answer.why], covers: () => false, nothing: true };
  };
}

async function listEach(
  source: ObjectSource,
  names: readonly string[],
  query: ListQuery<unknown>,
): Promise<ScopeListed> {
  const refused = new Map<string, Unavailable>();
  await inParallel(names, WIDTH, async (namespace) => {
    const answer = await source.list({ ...query, namespace });
    if (!answer.known) refused.set(namespace, answer.why);
  });
  const asked = new Set(names);
  return {
    gaps: gapsOf(refused, query.resource.plural),
    covers: (namespace) => asked.has(namespace) && !refused.has(namespace),
    nothing: refused.size === asked.size,
  };
}

/** One line for all namespaces that may not be listed. */
function gapsOf(refused: ReadonlyMap<string, Unavailable>, plural: string): Unavailable[] {
  const closed = [...refused].filter(([, why]) => why.reason === 'forbidden');
  const rest = [...refused.values()].filter((why) => why.reason !== 'forbidden');
  const [first] = closed;
  if (first === undefined) return rest;
  if (closed.length === 1) return [first[1], ...rest];
  const gap = closedGap(
    first[1],
    plural,
    closed.map(([namespace]) => namespace),
  );
  return [gap, ...rest];
}
