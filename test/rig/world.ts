/** A world for tests: buffers, a fixed clock, an environment of its own. */
import { InputError } from '../../src/words/errors.ts';
import type { World } from '../../src/words/streams.ts';

export interface TestWorld extends World {
  outText(): string;
  errText(): string;
}

export interface TestWorldOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly cwd?: string;
  /** Piped standard input; absent: a terminal. */
  readonly stdin?: string | Buffer;
  readonly isTTY?: boolean;
  /** Of the terminal. */
  readonly columns?: number;
  /** What somebody types at the terminal. */
  readonly typed?: string;
  readonly platform?: string;
  readonly signal?: AbortSignal;
}

/** What is written can be read back with `outText` and `errText`. */
export function testWorld(options: TestWorldOptions = {}): TestWorld {
  const out: string[] = [];
  const err: string[] = [];
  const isTTY = options.isTTY ?? false;
  const { stdin, columns } = options;
  return {
    out: { write: (text) => void out.push(text), isTTY, columns },
    err: { write: (text) => void err.push(text), isTTY },
    stdin: {
      isTTY: stdin === undefined,
      read: async (limit) => {
        const bytes = Buffer.from(stdin ?? '');
        if (bytes.length > limit)
          throw new InputError(`standard input is larger than ${limit} bytes`);
        return bytes;
      },
      line: async () => (options.typed ?? '').split('\n', 1)[0] ?? '',
    },
    env: options.env ?? {},
    now: () => options.now ?? 0,
    cwd: options.cwd ?? process.cwd(),
    platform: options.platform ?? 'linux',
    arch: 'x64',
    node: '22.23.2',
    signal: options.signal ?? new AbortController().signal,
    outText: () => out.join(''),
    errText: () => err.join(''),
  };
}
