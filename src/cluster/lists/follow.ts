/**
 * A list that stays up to date: listed once, then watched, through the ends that a watch has by itself, through
 * expired versions (410: listed anew), lost connections and restarts of the server.
 * Rule: client-go tools/cache/reflector.go.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fields, fields, isFields, text } from '../../words/fields.ts';
import { lookUp } from '../../words/lookup.ts';
import type { Changed, Follow, ListQuery } from '../../words/objects.ts';
import { ApiError, ConnectionError, notWhatWasAsked } from '../errors.ts';
import type { JsonRequests } from '../http/requests.ts';
import { apiError, type Failed, failureCode } from '../http/status.ts';
import type { Transport } from '../http/transport.ts';
import { type PageSettings, readPages } from './pages.ts';
import { listWords, watchPath } from './paths.ts';
import { readLines } from './watch-lines.ts';

/** The server ends a watch after so long, in seconds, and a new one goes on from there. */
const WATCH_SECONDS = 290;
/** Servers send a bookmark about every minute; a connection that is dead without saying so is noticed by this. */
const SILENCE_MS = 150_000;
/** A watch that held for so long was a good one, whatever ended it. */
const GOOD_MS = 5_000;
const FIRST_PAUSE_MS = 500;
/** While the server is not reached it is tried this often; somebody waits for it to come back. */
const LOST_PAUSE_MS = 5_000;
/** Where it answers and the watch does not hold. */
const LONGEST_PAUSE_MS = 30_000;
/** A list that expires while it is read is read again so often in turn. */
const LIST_STARTS = 3;
/** A server that has just started, or a login plugin without network, refuses for a while what it allowed before. */
const REFUSALS = 6;
/** Failures that a server answers with are told of after so many in turn: most pass. */
const UNTOLD_FAILURES = 2;

/** The version that was being watched is too old: the list has to be read again. */
class Expired extends Error {
  override readonly name = 'Expired';
}

/** An ERROR event, or a refusal that came with a success: the `Status` of it. */
class WatchError extends Error {
  override readonly name = 'WatchError';
  readonly answer: Failed;

  constructor(answer: Failed) {
    super();
    this.answer = answer;
  }
}

export interface FollowSettings {
  readonly requests: JsonRequests;
  readonly transport: Transport;
  readonly pages: PageSettings;
  /** Milliseconds before the first attempt after a failed one; absent: FIRST_PAUSE_MS. */
  readonly firstPauseMs?: number | undefined;
}

/** Makes the function that follows lists of one server. */
export function follower(settings: FollowSettings): Follow {
  return async (query, onChange, signal) => {
    // What fails at the first list is the caller's to word: later failures are waited out.
    let version = await tellList(settings, query, onChange);
    let lost = false;
    let bad = 0;
    let refusals = 0;
    let held = false;
    let doubted = false;
    for (;;) {
      let openedAt: number | null = null;
      let events = 0;
      let waiting: NodeJS.Timeout | undefined;
      const tellBack = () => {
        if (lost) onChange({ kind: 'back' });
        lost = false;
      };
      const opened = () => {
        openedAt = performance.now();
        // After an answer that was no watch only an event, or a while without the next such answer, is a good sign.
        if (doubted) waiting = setTimeout(tellBack, GOOD_MS);
        else tellBack();
      };
      const onEvent = ({ kind, object }: WatchEvent) => {
        events++;
        tellBack();
        version = text(fields(object['metadata'])['resourceVersion']) || version;
        if (kind !== 'bookmark') onChange({ kind, object: object as never });
      };
      const problem = await problemOf(async () => {
        version ||= await tellList(settings, query, onChange);
        await watch(settings, { query, version, opened, onEvent, signal });
      });
      clearTimeout(waiting);
      signal.throwIfAborted();
      const wasWatch = openedAt !== null && (events > 0 || !isAnswer(problem));
      const good = wasWatch && (events > 0 || performance.now() - (openedAt ?? 0) >= GOOD_MS);
      held ||= wasWatch;
      bad = good ? 0 : bad + 1;
      if (good) refusals = 0;
      doubted = !good && (doubted || (openedAt !== null && !wasWatch));
      const unreached = problem instanceof ConnectionError && !isAnswer(problem);
      if (problem instanceof Expired) version = '';
      else if (problem !== null && !isPassing(problem) && (!held || ++refusals > REFUSALS)) {
        throw problem;
      }
      // A watch that was open and is cut off is opened again without a word.
      const untold = !isAnswer(problem) ? (openedAt === null ? 0 : 1) : UNTOLD_FAILURES;
      if (problem instanceof Error && !(problem instanceof Expired) && !lost && bad > untold) {
        lost = true;
        onChange({ kind: 'lost', error: problem });
      }
      await sleep(pauseMs(bad, unreached, settings.firstPauseMs), undefined, { signal });
    }
  };
}

/** The server, or what stands before it, answered, and with something other than was asked for. */
function isAnswer(problem: unknown): boolean {
  if (problem instanceof ConnectionError) return problem.fault === 'content';
  return problem instanceof ApiError;
}

/** What the work threw, null where it ended by itself. */
async function problemOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return null;
  } catch (error) {
    return error;
  }
}

function pauseMs(bad: number, unreached: boolean, first = FIRST_PAUSE_MS): number {
  if (bad === 0) return 0;
  const longest = unreached ? LOST_PAUSE_MS : LONGEST_PAUSE_MS;
  return Math.min(first * 2 ** Math.min(bad - 1, 20), longest);
}

/** The version of the list, which was told. */
async function tellList<T>(
  { requests, pages }: FollowSettings,
  query: ListQuery<T>,
  onChange: (change: Changed<T>) => void,
): Promise<string> {
  for (let start = 1; ; start++) {
    try {
      const listed = await readPages(requests, query, pages);
      onChange({ kind: 'all', objects: listed.items });
      return listed.resourceVersion;
    } catch (error) {
      const expired = error instanceof ApiError && error.status === 410;
      if (!expired || start >= LIST_STARTS) throw error;
    }
  }
}

/** It may be over in a moment. Anything else is believed at once, or after some attempts where it went well before. */
function isPassing(problem: unknown): boolean {
  if (problem instanceof ApiError) {
    return problem.status >= 500 || problem.status === 429 || problem.status === 410;
  }
  return problem instanceof ConnectionError || problem instanceof Expired;
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
        onEvent(readEvent(line, query));
      } catch (error) {
        problem = error;
      }
      return problem === null;
    });
  });
  const { authorization } = response;
  if (problem instanceof WatchError) throw apiError({ ...problem.answer, authorization }, url);
  if (problem !== null) throw problem;
  if (response.status === 410) throw new Expired();
  if (response.status !== 200) throw apiError(response, url);
}

function readEvent(line: string, query: ListQuery<never>): WatchEvent {
  const event = parsed(line);
  const kind = lookUp(KINDS, text(event['type']));
  const object = event['object'];
  if (kind !== undefined && isFields(object)) return { kind, object };
  const status = event['type'] === 'ERROR' ? (failureCode(object) ?? 500) : failureCode(event);
  if (status === null) throw notWhatWasAsked(listWords(query), 'a watch event');
  if (status === 410) throw new Expired();
  const body = Buffer.from(JSON.stringify(event['type'] === 'ERROR' ? object : event));
  throw new WatchError({ status, retryAfter: undefined, body });
}

/** No fields where the line is not JSON: a page of some proxy. */
function parsed(line: string): Fields {
  try {
    return fields(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
