/** The outside world as a command sees it; `main` makes the real one, tests make theirs. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in columns, absent where it is not a terminal. */
  readonly columns?: number | undefined;
  /** Nothing may be written there, not by programs we start either. */
  readonly silent?: boolean | undefined;
}

export interface World {
  readonly out: Output;
  readonly err: Output;
  /** Reads standard input whole, at most `limit` bytes; more is an InputError. */
  readonly stdin: {
    readonly isTTY: boolean;
    read(limit: number): Promise<Buffer>;
    /** The line a person types at the terminal, without its end; empty where input ends. */
    line(): Promise<string>;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly cwd: string;
  readonly platform: string;
  /** Node's words: `x64`, `arm64`. */
  readonly arch: string;
  /** Version of the Node that runs this, without `v`. */
  readonly node: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
