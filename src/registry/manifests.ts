/** The manifest of a reference, as containerd's resolver and fetcher ask for it: HEAD by tag, then GET by digest. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImageReference } from '../image/reference.ts';
import type { StepFacts, StepName } from '../words/ladder.ts';
import {
  contentType,
  ERROR_LIMIT,
  header,
  type Refusal,
  readError,
  refusal,
  retryAfter,
  shorten,
} from './answer.ts';
import {
  ACCEPT,
  type DocumentKind,
  isDigest,
  isSchema1,
  kindOf,
  type ParsedDocument,
  parseDocument,
} from './documents.ts';
import type { HttpAnswer } from './exchange.ts';
import type { Session } from './session.ts';
import { StepFault } from './step-fault.ts';

/** Bytes of a manifest that containerd reads. */
const LIMIT = 4 * 1024 * 1024;
/** A registry that wants to be left alone for no longer is waited for, once; in seconds. */
const SHORT_WAIT = 5;

/** What the registry says the reference names. */
export interface Resolved {
  readonly digest: string | null;
  readonly mediaType: string;
  readonly kind: DocumentKind;
  readonly size: number | null;
  readonly answer: HttpAnswer;
  /** Where it was read already. */
  readonly document: ParsedDocument | null;
}

/** Throws StepFault. `withBody`: the document is read too. */
export async function resolve(
  session: Session,
  image: ImageReference,
  withBody: boolean,
): Promise<Resolved> {
  const wanted = image.digest;
  const path = `/manifests/${wanted ?? image.tag ?? 'latest'}`;
  const answer = await ask(session, 'manifest', path);
  const told = header(answer, 'docker-content-digest') ?? null;
  const facts = factsOf(answer);
  if (told !== null && !isDigest(told)) {
    throw new StepFault(
      'manifest',
      'manifest-malformed',
      `${answer.url.host} names a digest that is none`,
      facts,
    );
  }
  if (wanted !== null && told !== null && told !== wanted) {
    throw mismatch('manifest', answer, wanted, told);
  }
  const kind = checkedKind('manifest', answer);
  const length = answer.headers['content-length'];
  const size = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
  const digest = wanted ?? told;
  const resolved: Resolved = {
    digest,
    mediaType: contentType(answer),
    kind,
    size,
    answer,
    document: null,
  };
  const isRead = answer.body.length > 0;
  if (!withBody && digest !== null && (size !== null || isRead)) return resolved;
  const read = await readDocument(
    session,
    'manifest',
    digest === null ? path : `/manifests/${digest}`,
    {
      digest,
      kind,
    },
  );
  return { ...resolved, digest: read.digest, size: read.size, document: read.document };
}

interface Expected {
  /** `null`: not known yet. */
  readonly digest: string | null;
  readonly kind: DocumentKind | null;
}

export interface ReadDocument {
  readonly digest: string;
  readonly kind: DocumentKind;
  readonly mediaType: string;
  readonly size: number;
  readonly document: ParsedDocument;
}

/** GET, with its digest checked. Throws StepFault. */
export async function readDocument(
  session: Session,
  step: StepName,
  path: string,
  expected: Expected,
): Promise<ReadDocument> {
  const answer = await session.request({
    step,
    method: 'GET',
    path,
    headers: { Accept: ACCEPT },
    limit: LIMIT,
    larger: 'refused',
  });
  if (answer.status !== 200) throw refused(session, step, answer, describe('GET', answer, answer));
  const kind = checkedKind(step, answer);
  const encoding = answer.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw malformed(step, answer, 'it is packed, which nobody asked for');
  }
  const told = header(answer, 'docker-content-digest');
  const digest = digestOf(
    answer.body,
    expected.digest ?? (told !== undefined && isDigest(told) ? told : null),
  );
  for (const other of [expected.digest, told]) {
    if (other !== null && other !== undefined && other !== digest)
      throw mismatch(step, answer, other, digest);
  }
  const document = parseDocument(answer.body, kind);
  if (typeof document === 'string') throw malformed(step, answer, document);
  return { digest, kind, mediaType: contentType(answer), size: answer.body.length, document };
}

/** By the algorithm of `like`. */
function digestOf(body: Buffer, like: string | null): string {
  const algorithm = like?.split(':', 1)[0] ?? 'sha256';
  return `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`;
}

/** HEAD, or GET where the registry knows no HEAD; patient once. */
async function ask(session: Session, step: StepName, path: string): Promise<HttpAnswer> {
  const headers = { Accept: ACCEPT };
  const send = (method: 'HEAD' | 'GET', larger: 'refused' | 'cut', limit: number) =>
    session.request({ step, method, path, headers, limit, larger });
  let answer = await send('HEAD', 'cut', ERROR_LIMIT);
  if (answer.status === 405) answer = await send('GET', 'refused', LIMIT);
  if (
    isPassing(answer.status) ||
    (answer.status === 429 && (await waitsShortly(session, answer)))
  ) {
    answer = await send('HEAD', 'cut', ERROR_LIMIT);
  }
  if (answer.status === 200) return answer;
  if (answer.status === 429 || answer.body.length > 0) {
    throw refused(session, step, answer, describe('HEAD', answer, answer));
  }
  // An answer to HEAD has no body to say why; containerd asks once more for that since 2.3.3.
  const spoken = await send('GET', 'cut', ERROR_LIMIT);
  const isSame = spoken.status === answer.status;
  throw refused(session, step, answer, describe('HEAD', answer, isSame ? spoken : answer));
}

/** containerd asks once more after these. */
function isPassing(status: number): boolean {
  return status === 408 || status === 500 || status === 503 || status === 504;
}

async function waitsShortly(session: Session, answer: HttpAnswer): Promise<boolean> {
  const seconds = retryAfter(answer, session.now);
  if (seconds === null || seconds > SHORT_WAIT) return false;
  try {
    await pause(seconds * 1000, undefined, { signal: session.signal });
    return true;
  } catch {
    // The time limit came first: the 429 is the answer.
    return false;
  }
}

function describe(method: string, answer: HttpAnswer, spoken: HttpAnswer): Refusal {
  return refusal(method, answer, readError(spoken));
}

/** What a refusal means depends on who asked: after a token a 401 speaks of rights, not of the login. */
export function refused(
  session: Session,
  step: StepName,
  answer: HttpAnswer,
  said: Refusal,
): StepFault {
  const facts: StepFacts = { ...said.facts, ...challengeError(answer), ...redirects(session) };
  const seconds = said.code === 'rate-limited' ? retryAfter(answer, session.now) : null;
  const all = { ...facts, ...(seconds !== null && { retryAfter: seconds }) };
  if (session.redirectedTo.includes(answer.url.host) && answer.status === 401) {
    return new StepFault(
      step,
      'redirect-refused',
      `${answer.url.host}, where the registry redirects to, asks for credentials; none go there`,
      all,
    );
  }
  if (said.code !== 'unauthorized') return new StepFault(step, said.code, said.detail, all);
  const isOpen = session.realmHost !== null && facts.challengeError !== 'invalid_token';
  if (!isOpen) return new StepFault(step, 'unauthorized', said.detail, all);
  const detail = `no such repository, or no right to read it (401${all.errorMessage === undefined ? '' : `: ${all.errorMessage}`})`;
  return new StepFault(step, 'missing-or-private', detail, all);
}

function challengeError(answer: HttpAnswer): StepFacts {
  const error = answer.challenges.flatMap(
    (header) => /\berror="?([A-Za-z_]{1,64})/.exec(header.slice(0, 8192))?.[1] ?? [],
  )[0];
  return error === undefined ? {} : { challengeError: error };
}

function redirects(session: Session): StepFacts {
  return session.redirectedTo.length === 0 ? {} : { redirectedTo: session.redirectedTo };
}

function factsOf(answer: HttpAnswer): StepFacts {
  return { status: answer.status, mediaType: shorten(contentType(answer)) };
}

function checkedKind(step: StepName, answer: HttpAnswer): DocumentKind {
  const mediaType = contentType(answer);
  const kind = kindOf(mediaType);
  if (kind !== null) return kind;
  const facts = factsOf(answer);
  if (mediaType === 'text/html') {
    throw new StepFault(
      step,
      'not-a-registry',
      `${answer.url.host} answers with a web page`,
      facts,
    );
  }
  const what = isSchema1(mediaType)
    ? "docker's first image format, which the runtimes no longer pull"
    : `nothing the runtimes pull as an image: ${shorten(mediaType) || 'no Content-Type'}`;
  throw new StepFault(step, 'manifest-unsupported', what, facts);
}

function malformed(step: StepName, answer: HttpAnswer, why: string): StepFault {
  return new StepFault(
    step,
    'manifest-malformed',
    `the manifest cannot be used: ${why}`,
    factsOf(answer),
  );
}

function mismatch(step: StepName, answer: HttpAnswer, wanted: string, got: string): StepFault {
  return new StepFault(step, 'digest-mismatch', `asked for ${wanted}, got ${got}`, {
    ...factsOf(answer),
    digest: got,
  });
}
