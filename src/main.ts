/** The real world: streams, argv, environment, clock, signals. The only place that sets the exit code. */
import { writeSync } from 'node:fs';
import { run } from './cli/run.ts';
import { InputError } from './words/errors.ts';
import type { Output, World } from './words/streams.ts';

const abort = new AbortController();
process.once('SIGINT', () => {
  abort.abort();
  // A verb that does not listen must not hold the user: the signal ends at once, nothing is half-written.
  process.exit(130);
});

/** A reader that went away (`| head`) is no error of ours. */
function quietly(stream: NodeJS.WriteStream): Output {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
  });
  return {
    write: (text) => {
      if (!closed) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  };
}

async function readStdin(limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const part = Buffer.from(chunk);
    size += part.length;
    if (size > limit) throw new InputError(`standard input is larger than ${limit} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

const world: World = {
  out: quietly(process.stdout),
  err: quietly(process.stderr),
  stdin: { isTTY: process.stdin.isTTY === true, read: readStdin },
  env: process.env,
  now: Date.now,
  cwd: process.cwd(),
  platform: process.platform,
  signal: abort.signal,
};

run(process.argv.slice(2), world).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    writeSync(2, `error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
