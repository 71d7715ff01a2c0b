/** Why something is not known. No room turns an unknown into a no. */
export interface Unavailable {
  readonly reason:
    | 'forbidden'
    | 'not found'
    | 'timed out'
    | 'not in the file'
    | 'elided'
    | 'not asked'
    | 'failed';
  /** What is not known, e.g. `events in namespace shop`, `secret shop/regcred`. */
  readonly what: string;
  /** One line for a person, e.g. `not allowed to list events in namespace shop`. */
  readonly text: string;
  /** A command that shows the permission or fills the gap. */
  readonly check?: string;
  /** The error behind it, where there was one. */
  readonly error?: Error;
}

/** An answer: known with its value, or unknown with its reason. */
export type Answer<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: Unavailable };

/** The object is not there, as far as the source goes: no such object, or none in the file. */
export function isAbsent(why: Unavailable): boolean {
  return why.reason === 'not found' || why.reason === 'not in the file';
}

/** Each once: what reads the same is the same. */
export function distinctGaps(gaps: readonly Unavailable[]): Unavailable[] {
  return [...new Map(gaps.map((gap) => [gap.text, gap])).values()];
}

/** A part that was left out on purpose or for want of need. */
export function notAsked(what: string, text: string): Answer<never> {
  return { known: false, why: { reason: 'not asked', what, text } };
}

/** The same answer about something else: `view` is applied to a known value. */
export function mapAnswer<T, U>(answer: Answer<T>, view: (value: T) => U): Answer<U> {
  return answer.known ? { known: true, value: view(answer.value) } : answer;
}
