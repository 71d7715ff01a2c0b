/** The World of a real process. The process is a parameter: only `main.ts` knows the global one. */
import { InputError } from '../words/errors.ts';
import type { Output, World } from '../words/streams.ts';

/** Streams, environment and clock of `proc`; `signal` ends waiting for standard input as well. */
export function realWorld(proc: NodeJS.Process, signal: AbortSignal): World {
  return {
    out: output(proc.stdout),
    err: output(proc.stderr),
    stdin: {
      get isTTY() {
        return proc.stdin.isTTY === true;
      },
      read: (limit) => readAll(proc.stdin, limit, signal),
      line: () => readLine(proc.stdin, signal),
    },
    env: proc.env,
    now: Date.now,
    cwd: workingFolder(proc),
    platform: proc.platform,
    arch: proc.arch,
    node: proc.versions.node,
    signal,
  };
}

/**
 * The working folder. One that was deleted under us still has its name in PWD: files in it are then said to be
 * missing. The process leaves it, since libraries ask for their folder at load and would fail.
 */
function workingFolder(proc: NodeJS.Process): string {
  try {
    return proc.cwd();
  } catch {
    proc.chdir('/');
    return proc.env['PWD'] ?? '/';
  }
}

function output(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
  };
}

/** Resolves once everything written so far has been handed to the system; a closed pipe counts as handed. */
export function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}

/** Longest line somebody types, in bytes; a terminal hands over whole lines. */
const LONGEST_LINE = 4096;

async function readLine(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  let typed = '';
  const stop = () => stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      typed += String(chunk);
      if (typed.includes('\n') || typed.length > LONGEST_LINE) break;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stdin.pause();
  }
  return typed.split('\n', 1)[0] ?? '';
}

async function readAll(
  stdin: NodeJS.ReadStream,
  limit: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = () => stdin.destroy(new InputError('reading standard input was interrupted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stdin) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > limit) throw new InputError(`standard input is larger than ${limit} bytes`);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`cannot read standard input: ${why}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks, size);
}
