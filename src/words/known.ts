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
