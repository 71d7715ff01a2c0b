/** Tags of a repository near to one that is not there: a listing of a page or two, never the whole of a large one. */
import { TAG } from '../image/grammar.ts';
import { fields, list, parseJson } from '../words/fields.ts';
import type { FailedCode, NearestTags } from '../words/ladder.ts';
import { distance } from '../words/nearest.ts';
import { header, readError, refusal } from './answer.ts';
import { originBase } from './base.ts';
import type { HttpAnswer } from './exchange.ts';
import { TimeUp } from './faults.ts';
import { refused } from './manifests.ts';
import type { Pool } from './pool.ts';
import { Recorder } from './recorder.ts';
import { Session } from './session.ts';
import type { LadderRequest } from './settings.ts';
import { StepFault } from './step-fault.ts';

/** Bytes of one page. */
const LIMIT = 1024 * 1024;
const MAX_PAGES = 2;
const PAGE = 1000;
const SHOWN = 10;
/** Edits between two tags that are still compared. */
const FAR = 12;

/**
 * Lists the tags of the image's repository and gives those nearest to its own. `code` is `repository-not-found` where
 * the registry says so, which tells a missing repository from a missing tag at registries that answer both alike.
 * Rejects only with the reason of the settings' signal.
 */
export async function nearestTags(
  { image, credential }: Pick<LadderRequest, 'image' | 'credential'>,
  pool: Pool,
): Promise<NearestTags> {
  const { settings } = pool;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new TimeUp()), settings.timeouts.ladderMs / 2);
  const target = {
    base: originBase(image.apiHost, settings),
    repository: image.repository,
    namespace: null,
    credential,
    imageHost: image.host,
  };
  const signal = AbortSignal.any([settings.signal, limit.signal]);
  const recorder = new Recorder();
  const session = new Session(target, pool, recorder, signal);
  const found: string[] = [];
  let code: FailedCode | null = null;
  let next: string | null = `?n=${PAGE}`;
  try {
    for (let page = 0; next !== null && page < MAX_PAGES; page++) {
      const answer = await onePage(session, next);
      found.push(...tagsOf(answer.body));
      next = nextPage(answer);
    }
  } catch (error) {
    code = codeOf(error);
  } finally {
    clearTimeout(timer);
  }
  return {
    tags: rankTags(found, image.tag ?? 'latest')
      .slice(0, SHOWN)
      .map((tag) => recorder.scrub(tag)),
    read: found.length,
    complete: code === null && next === null,
    code,
  };
}

async function onePage(session: Session, query: string): Promise<HttpAnswer> {
  const answer = await session.request({
    step: 'manifest',
    method: 'GET',
    path: '/tags/list',
    query,
    limit: LIMIT,
    larger: 'refused',
  });
  if (answer.status === 200) return answer;
  throw refused(session, 'manifest', answer, refusal('GET', answer, readError(answer)));
}

function codeOf(error: unknown): FailedCode {
  if (error instanceof StepFault) return error.code;
  if (error instanceof TimeUp) return 'timeout';
  throw error;
}

/** Of what is no list of tags none. */
function tagsOf(body: Buffer): string[] {
  const tags = list(fields(parseJson(body.toString('utf8')))['tags']);
  return tags.filter((tag): tag is string => typeof tag === 'string' && TAG.test(tag));
}

/** The query of `Link: <…?…>; rel="next"`: only the query is taken, so that no other host is asked. */
function nextPage(answer: HttpAnswer): string | null {
  const link = header(answer, 'link')?.slice(0, 4096) ?? '';
  const [, written = ''] = /^\s*<([^<>]{1,2048})>\s*;[^<>]{0,64}\brel="?next"?/.exec(link) ?? [];
  const url = written === '' ? null : URL.parse(written, answer.url.href);
  return url === null || url.search === '' ? null : url.search;
}

/** Fewest edits first, then the longest common beginning. Pure. */
export function rankTags(tags: readonly string[], wanted: string): string[] {
  const scored = [...new Set(tags)]
    .filter((tag) => tag !== wanted)
    .map((tag) => ({ tag, edits: distance(tag, wanted, FAR), common: commonStart(tag, wanted) }));
  scored.sort((a, b) => a.edits - b.edits || b.common - a.common || (a.tag < b.tag ? 1 : -1));
  return scored.map(({ tag }) => tag);
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
