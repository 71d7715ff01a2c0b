/** A failed request as the answer "unknown", with its reason and a command that shows the permission. */
import type { Unavailable } from '../../words/known.ts';
import type { GetQuery, ListQuery } from '../../words/objects.ts';
import type { ConnectionOptions } from '../../words/options.ts';
import { shellQuote } from '../../words/shell.ts';
import { connectionWords } from '../connection-words.ts';
import { ApiError, ConnectionError } from '../errors.ts';
import { listWords, objectWords, typeWord } from '../lists/paths.ts';

type Query = GetQuery | ListQuery<never>;

/**
 * Why one request brought nothing. Throws the error on where no other request could do better: the server was
 * not reached, or did not let us in.
 */
export function unavailable(error: unknown, query: Query, flags: ConnectionOptions): Unavailable {
  const what = 'name' in query ? objectWords(query) : listWords(query);
  const verb = 'name' in query ? 'get' : 'list';
  if (error instanceof ConnectionError && error.reached) {
    const reason = error.fault === 'timeout' ? 'timed out' : 'failed';
    const text =
      reason === 'timed out'
        ? `${what}: no answer from ${error.host} within the time limit`
        : `${what}: ${error.message}`;
    return { reason, what, text, error };
  }
  if (!(error instanceof ApiError) || error.status === 401) throw error;
  if (error.status === 403) {
    const text = `not allowed to ${verb} ${what}`;
    return { reason: 'forbidden', what, text, check: canI(verb, query, flags), error };
  }
  if (error.status === 404) return notFound(what, query, error);
  const reason = error.status === 504 || error.reason === 'Timeout' ? 'timed out' : 'failed';
  return { reason, what, text: `cannot ${verb} ${what}: ${error.message}`, error };
}

function notFound(what: string, query: Query, error: ApiError): Unavailable {
  const text =
    'name' in query
      ? `${what} not found`
      : `the server has no resource type ${typeWord(query.resource)}`;
  return { reason: 'not found', what, text, error };
}

/** `kubectl auth can-i list events -n shop`, with the flags that say who and where. */
function canI(verb: 'get' | 'list', query: Query, flags: ConnectionOptions): string {
  const type = typeWord(query.resource);
  const words = [
    'kubectl',
    'auth',
    'can-i',
    verb,
    'name' in query ? `${type}/${query.name}` : type,
  ];
  if (query.resource.namespaced) {
    words.push(...(query.namespace === undefined ? ['-A'] : ['-n', query.namespace]));
  }
  return [...words.map(shellQuote), ...connectionWords(flags)].join(' ');
}
