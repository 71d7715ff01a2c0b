/** One image asked for with one credential, step by step as a pull goes, and what that comes to. */
import { platformWords } from '../image/platforms.ts';
import type { RegistryAnswer } from '../registries/answers.ts';
import { type LadderResult, STEPS, type StepFacts, type StepResult } from '../words/ladder.ts';
import { mirrorBase, originBase } from './base.ts';
import { checkLayers, readConfigPlatform } from './blobs.ts';
import { type Chosen, choose, platformsOf, saysEveryPlatform } from './choose.ts';
import type { ParsedDocument } from './documents.ts';
import { TimeUp } from './faults.ts';
import { refine } from './habits.ts';
import { plainUrl } from './hosts.ts';
import type { SessionTarget } from './login.ts';
import { type Resolved, resolve } from './manifests.ts';
import type { Pool } from './pool.ts';
import { rateLimitWords, readRateLimit } from './rate-limit.ts';
import { Recorder } from './recorder.ts';
import { Session } from './session.ts';
import type { LadderRequest } from './settings.ts';
import { sharedCheck } from './shared-blobs.ts';
import { StepFault } from './step-fault.ts';
import { causeOf, pullability } from './verdicts.ts';

/**
 * Asks the mirrors of the settings, then the registry itself, until one would give the image. Every fault of the
 * network and of registries is part of the result; rejects only with the reason of the settings' signal, or for a
 * mistake of our own.
 */
export function climb(request: LadderRequest, pool: Pool): Promise<LadderResult> {
  const { image } = request;
  const mirrors = pool.settings.mirrors
    .filter(({ host }) => host === null || host === image.host)
    .map((mirror) => ({ host: mirror.url.host, base: mirrorBase(mirror) }));
  const home = originBase(image.apiHost, pool.settings);
  return pool.inTurn(mirrors[0]?.base ?? home, async () => {
    const tried: string[] = [];
    for (const { host, base } of mirrors) {
      const result = await climbAt(base, image.host, request, pool, tried);
      if (result.result === 'pullable') return result;
      tried.push(`${host}: ${result.code}`);
    }
    return climbAt(home, null, request, pool, tried);
  });
}

/** What was learned on the way, for the result. */
interface Learned {
  digest: string | null;
  platforms: readonly string[] | null;
}

async function climbAt(
  base: URL,
  namespace: string | null,
  request: LadderRequest,
  pool: Pool,
  tried: readonly string[],
): Promise<LadderResult> {
  const { image, credential } = request;
  const started = performance.now();
  const recorder = new Recorder();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new TimeUp()), pool.settings.timeouts.ladderMs);
  const signal = AbortSignal.any([pool.settings.signal, limit.signal]);
  const target: SessionTarget = {
    base,
    repository: image.repository,
    namespace,
    credential,
    imageHost: image.host,
  };
  const learned: Learned = { digest: null, platforms: null };
  let answer: RegistryAnswer | null = null;
  const mirrors = {
    ...(tried.length > 0 && { mirrorsTried: tried }),
    ...(namespace !== null && { mirrorOf: namespace }),
  };
  // Before the session hides anything: these are our own words.
  recorder.ok('reference', image.resolved, { ...mirrors, url: plainUrl(base) });
  const session = new Session(target, pool, recorder, signal);
  try {
    patience(pool, base, request);
    await steps({ session, request, recorder, learned, pool });
  } catch (error) {
    const plain = asFault(error, recorder, base);
    const host = namespace === null ? image.host : base.host;
    const refined = refine(plain, host, recorder.facts, session.credentialShown);
    const { fault } = refined;
    answer = refined.answer;
    if (fault.code === 'rate-limited' && fault.facts.retryAfter !== 0) {
      pool.limit(base.host, credential, fault.facts.retryAfter ?? null);
    }
    recorder.failed(fault);
  } finally {
    clearTimeout(timer);
    // Layers are asked for beside the config, which may have failed.
    limit.abort();
  }
  const all = recorder.all();
  return {
    image: image.resolved,
    repository: image.repository,
    host: base.host,
    credential: credential?.label ?? 'anonymous',
    ...verdict(all, request, answer),
    steps: all,
    digest: learned.digest,
    platforms: learned.platforms?.map((platform) => recorder.scrub(platform)) ?? null,
    realmHost: session.realmHost === null ? null : recorder.scrub(session.realmHost),
    credentialShown: session.credentialShown,
    ms: Math.round(performance.now() - started),
  };
}

/** Throws what is no fault of a registry or the network. */
function asFault(error: unknown, recorder: Recorder, base: URL): StepFault {
  if (error instanceof StepFault) return error;
  if (!(error instanceof TimeUp)) throw error;
  const next = STEPS.find((step) => !recorder.has(step)) ?? 'manifest';
  return new StepFault(next, 'timeout', `${base.host}: not done within the time limit`, {}, error);
}

/** A registry that said 429 to this identity is not asked again before its time. */
function patience(pool: Pool, base: URL, { credential }: LadderRequest): void {
  const seconds = pool.limitedFor(base.host, credential);
  if (seconds === 0) return;
  throw new StepFault(
    'manifest',
    'rate-limited',
    `${base.host} said too many requests; not asked again for ${seconds} s`,
    { retryAfter: seconds },
  );
}

interface Ladder {
  readonly session: Session;
  readonly request: LadderRequest;
  readonly recorder: Recorder;
  readonly learned: Learned;
  readonly pool: Pool;
}

async function steps(ladder: Ladder): Promise<void> {
  const { session, request, recorder, learned } = ladder;
  const { image, platform, depth } = request;
  const resolved = await resolve(session, image, platform !== null || depth === 'blobs');
  recorder.skip('challenge', 'no-challenge');
  recorder.skip('token', 'not-needed');
  learned.digest = resolved.digest;
  recorder.ok('manifest', manifestWords(resolved), {
    status: resolved.answer.status,
    mediaType: resolved.mediaType,
    ...(resolved.digest !== null && { digest: resolved.digest }),
    ...(resolved.size !== null && { size: resolved.size }),
    ...(session.redirectedTo.length > 0 && { redirectedTo: session.redirectedTo }),
  });
  const { document } = resolved;
  if (document === null) {
    for (const step of ['platform', 'config', 'layers'] as const) recorder.skip(step, 'not-asked');
  } else {
    const found = await images(ladder, resolved, document);
    if (depth === 'blobs') {
      const layers = askLayers(ladder, found);
      // Told after the config, which may fail first.
      layers.catch(() => undefined);
      await configs(ladder, found, resolved.kind === 'image');
      recordLayers(recorder, await layers);
    } else for (const step of ['config', 'layers'] as const) recorder.skip(step, 'not-asked');
  }
  rateLimit(resolved, recorder);
}

function manifestWords({ kind, digest, mediaType }: Resolved): string {
  const what = kind === 'index' ? 'an index' : 'one image';
  return digest === null ? `${what}, ${mediaType}` : `${what}, ${digest}`;
}

/** The reference's own image, or those of the index for the platforms, each once. Never empty. */
async function images(
  { session, request, recorder, learned }: Ladder,
  resolved: Resolved,
  document: ParsedDocument,
): Promise<ParsedDocument[]> {
  const { platform, others = [] } = request;
  if (resolved.kind === 'image') {
    recorder.skip('platform', platform === null ? 'not-asked' : 'not-needed');
    return [document];
  }
  const platforms = platformsOf(document);
  learned.platforms = saysEveryPlatform(document) ? platforms : null;
  const chosen = new Map<string, Chosen>();
  for (const wanted of [platform, ...others]) {
    const one = await choose(session, document, wanted);
    chosen.set(one.descriptor.digest, one);
  }
  const all = [...chosen.values()];
  const names = all.map(({ descriptor }) => nameOf(descriptor));
  recorder.ok(
    'platform',
    all.map(({ descriptor }, i) => `${names[i]}, ${descriptor.digest}`).join('; '),
    {
      digest: all[0]?.descriptor.digest,
      platforms,
      manifests: document.manifests.slice(0, MAX_MANIFESTS).map(({ digest }) => digest),
      ...(platform !== null && { wanted: [platform, ...others].map(platformWords).join(', ') }),
      chosen: names.join(', '),
    },
  );
  return all.map(({ read }) => read.document);
}

/** Manifests of an index that are told. */
const MAX_MANIFESTS = 64;

function nameOf({ platform }: Chosen['descriptor']): string {
  return platform === null ? 'an image without a platform' : platformWords(platform);
}

async function configs(
  { session, request, recorder, learned, pool }: Ladder,
  found: readonly ParsedDocument[],
  isAlone: boolean,
): Promise<void> {
  const { platform } = request;
  const all = found.flatMap(({ config }) => config ?? []);
  const [first] = all;
  if (first === undefined) {
    recorder.skip('config', 'not-needed');
    return;
  }
  if (isAlone && platform !== null) {
    const made = await readConfigPlatform(session, first);
    if (made !== null) learned.platforms = [platformWords(made)];
    recorder.ok('config', made === null ? first.digest : `made for ${platformWords(made)}`, {
      digest: first.digest,
      ...(made !== null && { platforms: [platformWords(made)], wanted: platformWords(platform) }),
    });
    return;
  }
  const check = sharedCheck(pool, () => {});
  for (const config of all) await check(session, 'config', config);
  recorder.ok('config', all.map(({ digest }) => digest).join(', '), { digest: first.digest });
}

async function askLayers(
  { session, pool }: Ladder,
  found: readonly ParsedDocument[],
): Promise<StepFacts> {
  const before = new Set<string>();
  const layers = found.flatMap((document) => document.layers);
  const told = await checkLayers(
    session,
    layers,
    sharedCheck(pool, (host) => before.add(host)),
  );
  const from = [...new Set([...before, ...(told.redirectedTo ?? [])])];
  return { ...told, ...(from.length > 0 && { redirectedTo: from }) };
}

function recordLayers(recorder: Recorder, facts: StepFacts): void {
  const from = facts.redirectedTo ?? [];
  const hosts = from.length === 0 ? '' : `, from ${from.slice(0, 3).join(', ')}`;
  recorder.ok('layers', `${facts.checked} of ${facts.of} can be read${hosts}`, facts);
}

function rateLimit({ answer }: Resolved, recorder: Recorder): void {
  const facts = readRateLimit(answer);
  if (facts === null) {
    recorder.skip('rate-limit', 'not-told');
    return;
  }
  if (facts.remaining === 0) {
    throw new StepFault('rate-limit', 'rate-limited', rateLimitWords(facts), {
      ...facts,
      retryAfter: 0,
    });
  }
  recorder.ok('rate-limit', rateLimitWords(facts), facts);
}

type Verdict = Pick<LadderResult, 'result' | 'code' | 'step' | 'cause' | 'retryAfter'>;

function verdict(
  all: readonly StepResult[],
  { image }: LadderRequest,
  answer: RegistryAnswer | null,
): Verdict {
  const failed = all.find((step) => step.outcome === 'failed');
  if (failed === undefined) {
    return { result: 'pullable', code: 'ok', step: null, cause: null, retryAfter: null };
  }
  const { code, step, facts } = failed;
  return {
    result: pullability(code, answer),
    code,
    step,
    cause: causeOf(code, image, facts, answer),
    retryAfter: facts.retryAfter || null,
  };
}
