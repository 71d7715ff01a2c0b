/** One question to several namespaces: those named with `-n a,b`, or each one where the cluster as a whole may not be asked. */
import type { Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import { nameOf } from './json.ts';
import { NAMESPACE } from './kinds.ts';
import { merged, NAME_NAMESPACES, PodsUnavailable, type Subjects } from './outcome.ts';
import { inParallel, WIDTH } from './parallel.ts';

/** Names shown in one line. */
const MAX_NAMED = 20;

/** Which namespaces a command looks at; absent: all. */
export type Scope = readonly string[] | undefined;

type Ask = (namespace: string | undefined) => Promise<Subjects>;

/**
 * Asks all namespaces at once, or each one of the scope. Where the cluster as a whole may not be listed, every
 * namespace is asked, and what was refused is a gap. Throws PodsUnavailable where nothing could be looked at.
 */
export async function acrossNamespaces(
  source: ObjectSource,
  scope: Scope,
  ask: Ask,
): Promise<Subjects> {
  if (scope !== undefined) return askEach(scope, ask);
  try {
    return await ask(undefined);
  } catch (error) {
    if (!(error instanceof PodsUnavailable) || error.why.reason !== 'forbidden') throw error;
    const names = await namespaceNames(source);
    if (names === null || names.length === 0) {
      throw new PodsUnavailable(error.why, NAME_NAMESPACES);
    }
    return askEach(names, ask);
  }
}

/** `null` where the namespaces may not be listed. */
export async function namespaceNames(source: ObjectSource): Promise<readonly string[] | null> {
  const answer = await source.list<unknown>({ resource: NAMESPACE, metadataOnly: true });
  return answer.known ? answer.value.map(nameOf) : null;
}

async function askEach(names: readonly string[], ask: Ask): Promise<Subjects> {
  const refused: { readonly namespace: string; readonly error: PodsUnavailable }[] = [];
  const parts = await inParallel(names, WIDTH, async (namespace): Promise<Subjects | null> => {
    try {
      return await ask(namespace);
    } catch (error) {
      if (!(error instanceof PodsUnavailable) || names.length === 1) throw error;
      refused.push({ namespace, error });
      return null;
    }
  });
  const [first] = refused;
  if (first && refused.length === names.length) throw first.error;
  const asked = merged(parts.filter((part) => part !== null));
  const open = names.filter((name) => !refused.some(({ namespace }) => namespace === name));
  return { ...asked, gaps: [...asked.gaps, ...gapsOf(refused)], namespaces: open };
}

/** One line for all that were refused for the same reason. */
function gapsOf(
  refused: readonly { readonly namespace: string; readonly error: PodsUnavailable }[],
): Unavailable[] {
  const byReason = Map.groupBy(refused, ({ error }) => error.why.reason);
  return [...byReason.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { why } = first.error;
    if (same.length === 1 || why.reason !== 'forbidden') return same.map(({ error }) => error.why);
    return [
      closedGap(
        why,
        'pods',
        same.map(({ namespace }) => namespace),
      ),
    ];
  });
}

/** One line for several namespaces that may not be listed; `why` is the refusal of one of them. */
export function closedGap(
  why: Unavailable,
  plural: string,
  namespaces: readonly string[],
): Unavailable {
  const names = [...namespaces].sort();
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  const what = `${plural} in namespaces ${names.slice(0, MAX_NAMED).join(', ')}${more}`;
  return { ...why, what, text: `not allowed to list ${what}` };
}
