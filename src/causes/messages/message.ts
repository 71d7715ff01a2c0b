/** One message to classify, with what the input says beside it. */
import { redact } from '../../words/redact.ts';

/**
 * Longest message that is classified and shown, in characters. An event has 1024 at most, a waiting message some
 * thousand, a log line rarely more than 16 thousand.
 */
export const MAX_MESSAGE = 65_536;

const HALF = MAX_MESSAGE / 2;

export interface Message {
  /** At most a little more than `MAX_MESSAGE` characters. */
  readonly text: string;
  /** Reason of the event or of the waiting state; `null` where the input names none. */
  readonly reason: string | null;
  /** The image as the input names it beside the message, `null` where it does not. */
  readonly image: string | null;
  /** What it is about, e.g. `Pod/web-1`; `null` where the input does not say. */
  readonly object: string | null;
  /** The text to classify where it is not `text` itself. */
  readonly readAs?: string;
}

/**
 * A message cut to a size that can be classified. The middle goes: the wrappers stand in front, the innermost
 * error at the end. Credentials in it are put out of sight: what was pasted is printed again.
 */
export function message(text: string, beside: Partial<Omit<Message, 'text'>> = {}): Message {
  const bounded =
    text.length <= MAX_MESSAGE
      ? text
      : `${text.slice(0, HALF)} (${text.length - MAX_MESSAGE} characters left out) ${text.slice(-HALF)}`;
  return {
    text: redact(bounded),
    reason: beside.reason ?? null,
    image: beside.image == null ? null : redact(beside.image),
    object: beside.object ?? null,
  };
}
