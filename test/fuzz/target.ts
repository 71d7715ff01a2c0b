/** What a fuzz target is: where its inputs come from, and what is done with one. */
import type fc from 'fast-check';

/** What came of one input, to be held against the properties. */
export interface Said {
  /** Everything a user would see, each stream by itself. */
  readonly texts: readonly string[];
  /** Texts that must not stand in any of `texts`. */
  readonly secrets?: readonly string[] | undefined;
}

/** An input that grows, for the time per byte. */
export interface Growth<T> {
  readonly name: string;
  /** An input of about so many bytes. */
  readonly make: (bytes: number) => T;
}

/** A target that is ready: servers run, corpora are read. */
export interface Opened<T = unknown> {
  readonly inputs: fc.Arbitrary<T>;
  /** Throws where the input breaks a promise of the code, or a `Broken` that says which. */
  run(input: T): Said | Promise<Said>;
  readonly growths: readonly Growth<T>[];
  close(): Promise<void>;
}

export interface Target {
  readonly name: string;
  /** What is mutated, and what reads it, in a line of the report. */
  readonly what: string;
  /** Of a hundred runs how many are its own: those that start servers and commands take a hundred times as long. */
  readonly share: number;
  open(): Promise<Opened>;
}

/** Nothing to end. */
export async function nothingOpen(): Promise<void> {}
