import type { CauseName } from '../words/cause.ts';
import { CAUSE_NAMES } from '../words/cause.ts';
import { atMostLikely } from '../words/certainty.ts';
import { lookUp } from '../words/lookup.ts';
import type { Certainty, Facts, Reading, ReadingContext, Stage } from '../words/reading.ts';
import { takeApart } from './anatomy.ts';
import type { Pattern } from './cause.ts';
import { RANK } from './cause.ts';
import { readFacts } from './facts.ts';
import { CAUSES } from './index.ts';
import { isOtherOperation, isOtherTrouble } from './notpull.ts';
import type { ErrorPart } from './part.ts';
import { lookAt, type Quick, quickOf, quickTest } from './quick.ts';
import { aboutPull } from './when.ts';

/** At most so many alternatives go with an answer. */
const MAX_ALTERNATIVES = 3;

/** Longest quote that is handed on. */
const MAX_DECISIVE = 1000;

interface Candidate {
  readonly cause: CauseName;
  readonly pattern: Pattern;
  /** Made when first asked for: what stands on no way of a start is not read. */
  quick: Quick | undefined;
}

interface PartReading {
  readonly cause: CauseName;
  readonly certainty: Certainty;
  readonly alternatives: readonly CauseName[];
  readonly stage: Stage | null;
  readonly part: ErrorPart;
}

const CANDIDATES: readonly Candidate[] = CAUSE_NAMES.flatMap((cause): Candidate[] =>
  CAUSES[cause].patterns.map((pattern) => ({ cause, pattern, quick: undefined })),
).sort((a, b) => a.pattern.rank - b.pattern.rank);

/** Readings kept: the same text is asked about more than once (which containers fail, why, what to ask for). */
const MAX_KEPT = 1000;

/** Longer texts are read anew each time. */
const MAX_KEPT_TEXT = 10_000;

const kept = new Map<string, Reading>();

/**
 * Reads one text: what it says of why an image did not pull. Judged on the text alone; `context` only helps
 * where the text is bare. Any text of any size is accepted.
 */
export function classify(text: string, context: ReadingContext = {}): Reading {
  if (text.length > MAX_KEPT_TEXT) return readText(text, context);
  const key = JSON.stringify([context.reason ?? null, context.image ?? null, text]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const reading = readText(text, context);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, reading);
  return reading;
}

function readText(text: string, context: ReadingContext): Reading {
  const anatomy = takeApart(text, context.image ?? null);
  const readings = anatomy.parts.map(readPart);
  const chosen = furthest(readings);
  if (chosen === undefined) throw new Error('a text has at least one part');
  const judged =
    chosen.cause === 'Unknown' || chosen.cause === 'None' ? fromReason(chosen, context) : chosen;
  const others = readings
    .filter((reading) => reading !== chosen)
    .map((reading) => reading.cause)
    .filter((cause) => cause !== 'Unknown' && cause !== 'None');
  const alternatives = [...new Set([...others, ...judged.alternatives])]
    .filter((cause) => cause !== judged.cause)
    .slice(0, MAX_ALTERNATIVES);
  const differ = others.some((cause) => cause !== judged.cause);
  const facts: Facts = {
    ...readFacts(judged.part, judged.cause, judged.stage),
    retryable: CAUSES[judged.cause].retryable,
  };
  return {
    cause: judged.cause,
    certainty: differ ? atMostLikely(judged.certainty) : judged.certainty,
    alternatives,
    facts,
    decisive: judged.cause === 'None' ? '' : decisive(judged.part),
    image: anatomy.image,
  };
}

function readPart(part: ErrorPart): PartReading {
  const none: PartReading = {
    cause: 'None',
    certainty: 'likely',
    alternatives: [],
    stage: null,
    part,
  };
  const look = lookAt(part.masked.toLowerCase());
  const pulls = ['pull', 'back-off', 'default-tag', 'containerd', 'docker', 'crio'] as const;
  if (isOtherTrouble(part.masked, look) && !pulls.some((frame) => part.frames.has(frame))) {
    return { ...none, certainty: 'certain' };
  }
  if (
    !part.frames.has('pull') &&
    !part.frames.has('unpack') &&
    isOtherOperation(part.masked, look)
  ) {
    return none;
  }
  const inner = withoutTrailer(part.masked.slice(part.innerStart, part.innerEnd));
  const firstLine = withoutTrailer(firstLineOf(part));
  const pulling = aboutPull(part);
  const rawLine = part.raw.replace(/\n/g, ' ');
  const rawLook = lookAt(rawLine.toLowerCase());
  for (const candidate of CANDIDATES) {
    const { cause, pattern } = candidate;
    if (!pulling && pattern.runtime !== 'kubelet' && pattern.rank >= RANK.transport) continue;
    const raw = pattern.on === 'raw';
    const subject = pattern.on === 'part' ? part.masked : raw ? rawLine : inner;
    // The whole part in lower case holds every subject's words.
    candidate.quick ??= quickOf(pattern.match);
    const found =
      quickTest(candidate.quick, subject, raw ? rawLook : look) ||
      (subject === inner && firstLine !== inner && quickTest(candidate.quick, firstLine, look));
    if (!found) continue;
    if (pattern.only !== undefined && !pattern.only(part)) continue;
    const listed = pattern.alternatives ?? [];
    return {
      cause,
      certainty:
        pattern.certainty === 'certain' && !surelyPull(part, pattern)
          ? 'likely'
          : pattern.certainty,
      alternatives: typeof listed === 'function' ? listed(part) : listed,
      stage: pattern.stage ?? null,
      part,
    };
  }
  const failed = ['pull', 'back-off', 'inspect', 'default-tag'] as const;
  if (failed.some((frame) => part.frames.has(frame))) return { ...none, cause: 'Unknown' };
  // The kubelet asks the runtime's image service to pull, its runtime service to run.
  const running = /from runtime service failed/.test(part.masked);
  return aboutPull(part) && part.frames.has('rpc') && !part.frames.has('sandbox') && !running
    ? { ...none, cause: 'Unknown' }
    : none;
}

/** The line the innermost error begins on: command line tools go on with hints and with what they do next. */
function firstLineOf(part: ErrorPart): string {
  const end = part.raw.slice(part.innerStart, part.innerEnd).trimEnd().indexOf('\n');
  return part.masked.slice(part.innerStart, end === -1 ? part.innerEnd : part.innerStart + end);
}

/** Quotes, blanks and the full stop a command line tool adds. */
function withoutTrailer(error: string): string {
  let end = error.length;
  while (end > 0 && /["'\s.]/.test(error[end - 1] ?? '')) end--;
  return error.slice(0, end);
}

/**
 * A text that breaks off leaves open what it would have said. Words alone do not make an answer certain: a wrapper of a pull or a registry's URL must stand around them,
 * unless the sentence is said of pulls only.
 */
function surelyPull(part: ErrorPart, pattern: Pattern): boolean {
  if (part.cut) return false;
  if (pattern.runtime === 'kubelet') return true;
  const frames = [
    'pull',
    'containerd',
    'crio',
    'docker',
    'ping',
    'sandbox',
    'default-tag',
    'inspect',
  ] as const;
  return (
    frames.some((frame) => part.frames.has(frame)) || part.urls.some((url) => url.kind !== 'other')
  );
}

const STAGES: readonly Stage[] = ['name', 'resolve', 'auth', 'manifest', 'layer', 'unpack'];

/**
 * Of several errors (one for each credential or registry that was tried) the one that got furthest: a
 * credential that is let in says more than one that is refused.
 */
function furthest(readings: readonly PartReading[]): PartReading | undefined {
  let best: PartReading | undefined;
  for (const reading of readings) {
    if (best === undefined || weight(reading) > weight(best)) best = reading;
  }
  return best;
}

function weight(reading: PartReading): number {
  if (reading.cause === 'None') return -2;
  if (reading.cause === 'Unknown') return -1;
  return reading.stage === null ? 1.5 : STAGES.indexOf(reading.stage);
}

const REASONS: Readonly<Record<string, CauseName>> = {
  ErrImageNeverPull: 'ImageNeverPull',
  InvalidImageName: 'InvalidImageName',
  RegistryUnavailable: 'RegistryUnavailable',
  SignatureValidationFailed: 'SignatureRejected',
  FailedToRetrieveImagePullSecret: 'SecretMissing',
};

const PULL_REASONS: readonly string[] = ['ErrImagePull', 'ImagePullBackOff', 'ImageInspectError'];

/** What the reason of an event or a waiting state adds to a text that holds no cause. */
function fromReason(reading: PartReading, context: ReadingContext): PartReading {
  const reason = context.reason ?? '';
  const cause = lookUp(REASONS, reason);
  if (cause !== undefined) return { ...reading, cause, certainty: 'likely' };
  if (
    reading.cause === 'None' &&
    reading.certainty !== 'certain' &&
    PULL_REASONS.includes(reason)
  ) {
    return { ...reading, cause: 'Unknown' };
  }
  return reading;
}

/** Where a runtime says what it was doing, with the URL it asked. */
const OPERATION =
  /failed to authorize: |failed to do request: |unexpected status(?: code)? |(?:Get|Head|Post) ["']|proxyconnect /;

/**
 * The innermost error as it stands in the text, from the operation on that failed: `401 Unauthorized` alone shows
 * nobody who answered.
 */
function decisive(part: ErrorPart): string {
  const operation = part.raw.slice(0, part.innerStart).search(OPERATION);
  const start = operation === -1 ? part.innerStart : operation;
  const inner = part.raw.slice(start, part.innerEnd).trim();
  return (inner === '' ? part.raw.trim() : inner).slice(0, MAX_DECISIVE);
}
