/**
 * A list that stays up to date: listed once, then watched, through the ends that a watch has by itself, through
 * expired versions (410: listed anew), lost connections and restarts of the server.
 * Rule: client-go tools/cache/reflector.go.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Changed, Follow, ListQuery } from '../../words/objects.ts';
import { ApiError } from '../errors.ts';
import { type Fields, fields, text } from '../fields.ts';
import type { JsonRequests } from '../http/requests.ts';
import { apiError } from '../http/status.ts';
import type { Transport } from '../http/transport.ts';
import { type Listed, type PageSettings, readPages } from './pages.ts';
import { watchPath } from './paths.ts';
import { readLines } from './watch-lines.ts';

/** The server ends a watch after so long, in seconds, and a new one goes on from there. */
const WATCH_SECONDS = 290;
/** Servers send a bookmark about every minute; a connection that is dead without saying so is noticed by this. */
const SILENCE_MS = 150_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** The version that was being watched is too old: the list has to be read again. */
class Expired extends Error {
  override readonly name = 'Expired';
}

export interface FollowSettings {
  readonly requests: JsonRequests;
  readonly transport: Transport;
  readonly pages: PageSettings;
  /** Milliseconds before the first attempt to reach a lost server again; absent: FIRST_PAUSE_MS. */
  readonly firstPauseMs?: number | undefined;
}

/** Makes the function that follows lists of one server. */
export function follower(settings: FollowSettings): Follow {
  return async (query, onChange, signal) => {
    // What fails at the first list is the caller's to word: later failures are waited out.
    let version = tell(await list(settings, query), onChange);
    let failures = 0;
    const opened = () => {
      if (failures > 0) onChange({ kind: 'back' });
      failures = 0;
    };
    const onEvent = ({ kind, object }: WatchEvent) => {
      version = text(fields(object['metadata'])['resourceVersion']) || version;
      if (kind !== 'bookmark') onChange({ kind, object: object as never });
    };
    for (;;) {
      try {
        version ||= tell(await list(settings, query), onChange);
        await watch(settings, { query, version, opened, onEvent, signal });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Expired) version = '';
        else if (isFinal(error)) throw error;
        else if (failures++ === 0) onChange({ kind: 'lost', error: error as Error });
        const first = settings.firstPauseMs ?? FIRST_PAUSE_MS;
        const pause = Math.min(first * 2 ** Math.max(failures - 1, 0), LONGEST_PAUSE_MS);
        await sleep(pause, undefined, { signal });
      }
      signal.throwIfAborted();
    }
  };
}

function list<T>({ requests, pages }: FollowSettings, query: ListQuery<T>): Promise<Listed<T>> {
  return readPages(requests, query, pages);
}

function tell<T>(listed: Listed<T>, onChange: (change: Changed<T>) => void): string {
  onChange({ kind: 'all', objects: listed.items });
  return listed.resourceVersion;
}

/** Asking again brings the same: we are not let in, may not watch, or asked for something that is not there. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if (error instanceof ApiError) return error.status < 500 && error.status !== 429;
  return error.name !== 'ConnectionError';
}

interface WatchEvent {
  readonly kind: 'changed' | 'gone' | 'bookmark';
  readonly object: Fields;
}

const KINDS: Readonly<Record<string, WatchEvent['kind']>> = {
  ADDED: 'changed',
  MODIFIED: 'changed',
  DELETED: 'gone',
  BOOKMARK: 'bookmark',
};

interface WatchSettings {
  readonly query: ListQuery<never>;
  readonly version: string;
  /** Called when the server has begun to answer. */
  readonly opened: () => void;
  readonly onEvent: (event: WatchEvent) => void;
  readonly signal: AbortSignal;
}

/** Until the server ends it. */
async function watch(
  { transport }: FollowSettings,
  { query, version, opened, onEvent, signal }: WatchSettings,
): Promise<void> {
  const path = watchPath(query, version, WATCH_SECONDS);
  const url = transport.url(path);
  let problem: unknown = null;
  const response = await transport.watch({ path, signal }, SILENCE_MS, (message) => {
    opened();
    return readLines(message, (line) => {
      // Kept for later: what breaks the reading itself counts as a lost connection.
      try {
        onEvent(readEvent(line, url));
      } catch (error) {
        problem = error;
      }
      return problem === null;
    });
  });
  if (problem instanceof SyntaxError) throw new Expired();
  if (problem !== null) throw problem;
  if (response.status === 410) throw new Expired();
  if (response.status !== 200) throw apiError(response, url);
}

function readEvent(line: string, url: string): WatchEvent {
  const event = fields(JSON.parse(line));
  const object = fields(event['object']);
  const kind = KINDS[text(event['type'])];
  if (kind !== undefined) return { kind, object };
  const code = object['code'];
  if (code === 410) throw new Expired();
  const status = typeof code === 'number' ? code : 500;
  throw apiError({ status, retryAfter: undefined, body: Buffer.from(JSON.stringify(object)) }, url);
}
