/** The process: real streams, argv, environment, clock and Ctrl-C around `run`. Nothing else touches it. */
import process from 'node:process';
import { COMPLETE_WORD, calledAs } from './cli/called-as.ts';
import { errorLine } from './cli/errors.ts';
import { flushed, realWorld } from './cli/real-world.ts';

/** client-node and yargs need it; `package.json` pins a newer one for the toolchain and the launcher. */
const OLDEST_NODE = [22, 19] as const;

/** How long leftover sockets may keep a process that has said everything, in milliseconds. */
const GRACE_MS = 50;

async function main(): Promise<void> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    const wanted = OLDEST_NODE.join('.');
    process.stderr.write(
      `error: kubectl-imagepull needs Node ${wanted} or later, this is ${process.versions.node}\n`,
    );
    process.exitCode = 1;
    return;
  }
  const interrupt = new AbortController();
  // A second Ctrl-C finds no handler and ends the process at once.
  process.once('SIGINT', () => interrupt.abort());
  // The default would leave behind in the cluster what Ctrl-C removes. A closed terminal sends SIGHUP more than once.
  let ended: NodeJS.Signals | null = null;
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ended ??= signal;
      interrupt.abort();
    });
  }
  let running = true;
  let left: number | null = null;
  const end = () => {
    if (running) return;
    // Whoever sent it sees that it was heeded.
    if (ended !== null) process.removeAllListeners(ended).kill(process.pid, ended);
    process.exit();
  };
  /** Ends as Ctrl-C does, after what `run` holds; writes to a stream that is gone go on failing until then. */
  const leave = (code: number, line?: string) => {
    const first = left === null;
    left ??= code;
    process.exitCode = left;
    interrupt.abort();
    if (first && line !== undefined) process.stderr.write(`${line}\n`, end);
    else end();
  };
  // As `| head -1` does it. kubectl is silent there, too.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') leave(0);
    else leave(1, `error: cannot write to standard output: ${error.message}`);
  });
  process.stderr.on('error', () => leave(1));
  const argv = process.argv.slice(2);
  const { completes, program } = calledAs(process.argv0, process.argv[1]);
  const completing = completes || argv[0] === COMPLETE_WORD;
  process.on('uncaughtException', (error) => {
    // Not into the middle of the line that somebody types.
    if (completing) process.exit(0);
    leave(1, errorLine(error));
  });
  const world = realWorld(process, interrupt.signal);
  if (completing) {
    const { complete } = await import('./cli/complete/complete.ts');
    await complete(completes ? argv : argv.slice(1), world, performance.timeOrigin);
  } else {
    const { run } = await import('./cli/run.ts');
    const code = await run(argv, world, program);
    process.exitCode = left ?? code;
  }
  running = false;
  // Leaving while a pipe still takes output would cut it off, so first wait for that.
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  if (left !== null || ended !== null) end();
  setTimeout(() => process.exit(), completing ? 0 : GRACE_MS).unref();
}

void main();
