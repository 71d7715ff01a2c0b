/** What one argument of `explain` means: a cause's name, a message, or the innermost line of one. */
import { classify } from '../causes/classify.ts';
import type { Message } from '../causes/messages.ts';
import { CAUSE_NAMES, type CauseName } from '../words/cause.ts';
import { atMostLikely } from '../words/certainty.ts';
import { InputError } from '../words/errors.ts';
import { nearest } from '../words/nearest.ts';
import type { Reading } from '../words/reading.ts';

/** Reads a message; what was read only as the error of a pull is never certain. */
export function readingOf(message: Message): Reading {
  const context = { reason: message.reason, image: message.image };
  if (message.readAs === undefined) return classify(message.text, context);
  const reading = classify(message.readAs, context);
  const certainty = atMostLikely(reading.certainty);
  return { ...reading, certainty, decisive: message.text.trim() };
}

/**
 * Whoever pastes one line asks about a pull; often it is the innermost error without its wrappers. Where the bare line is
 * no pull failure by itself, it is read as the error of one.
 */
export function asPullError(message: Message): Message {
  const bare = classify(message.text, { reason: message.reason });
  if (bare.cause !== 'None' || bare.certainty === 'certain') return message;
  const wrapped = `Failed to pull image: ${message.text}`;
  const { cause } = classify(wrapped, { reason: message.reason });
  return cause === 'None' || cause === 'Unknown' ? message : { ...message, readAs: wrapped };
}

/** What the kubelet calls some causes, in `waiting.reason` or as the reason of an event. */
const REASONS: ReadonlyMap<string, CauseName> = new Map([
  ['errimageneverpull', 'ImageNeverPull'],
  ['signaturevalidationfailed', 'SignatureRejected'],
  ['failedtoretrieveimagepullsecret', 'SecretMissing'],
]);

export function causeNamed(word: string): CauseName | null {
  const lower = word.toLowerCase();
  return CAUSE_NAMES.find((name) => name.toLowerCase() === lower) ?? REASONS.get(lower) ?? null;
}

/** One word as names are made of; messages have blanks or signs. */
export function isWord(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,60}$/.test(text);
}

export function tellsNothing(message: Message): boolean {
  const { cause } = classify(message.text);
  return cause === 'None' || cause === 'Unknown';
}

/** Reasons that every failed pull has: no cause, but what people see first. */
const STATES = ['ErrImagePull', 'ImagePullBackOff', 'ImageInspectError'];

export function noSuchCause(word: string): InputError {
  if (STATES.some((state) => state.toLowerCase() === word.toLowerCase())) {
    return new InputError(
      `"${word}" is the state of every image that does not pull, not a cause: give the whole message, or run kubectl imagepull describe POD`,
    );
  }
  const lower = new Map(CAUSE_NAMES.map((name) => [name.toLowerCase(), name]));
  const near = lower.get(nearest(word.toLowerCase(), lower.keys()) ?? '');
  const hint =
    near === undefined ? 'kubectl imagepull explain lists the causes' : `did you mean "${near}"?`;
  return new InputError(`no cause named "${word}"; ${hint}`);
}
