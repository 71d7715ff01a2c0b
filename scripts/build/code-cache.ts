/**
 * Makes the code cache that `dist/start.cjs` hands to V8: runs the bundle on a few command lines in a child
 * of this very Node, so that what they compiled is in the cache. Command lines follow each other in one
 * process; the next begins when the loop of the one before has run dry.
 *
 * Called as a program: node code-cache.ts BUNDLE CACHE COMMAND-LINES-AS-JSON
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/** A warm-up that hangs must not hang the build. */
const WARM_UP_LIMIT_MS = 60_000;

/**
 * Writes the code cache of `bundle` to `cache`. The command lines are run for what they compile; what they
 * print and how they end does not matter.
 *
 * @returns whether there is a cache now; without one a start is slower and nothing else changes
 */
export async function makeCodeCache(
  bundle: string,
  cache: string,
  commandLines: readonly (readonly string[])[],
): Promise<boolean> {
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  const args = [import.meta.filename, bundle, cache, JSON.stringify(commandLines)];
  const child = spawn(process.execPath, args, {
    env,
    stdio: 'ignore',
    timeout: WARM_UP_LIMIT_MS,
  });
  await once(child, 'exit');
  return existsSync(cache);
}

type ModuleFunction = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  dirname: string,
) => void;

/** Runs the command lines one after the other, then writes the cache. */
function warmUp(bundle: string, cache: string, commandLines: string[][]): void {
  const script = new vm.Script(Module.wrap(readFileSync(bundle, 'latin1')), { filename: bundle });
  const run = script.runInThisContext() as ModuleFunction;
  // A command that has said everything ends its process after a grace time: here the next one follows.
  process.exit = (() => undefined) as never;
  process.on('beforeExit', () => {
    const next = commandLines.shift();
    if (next === undefined) return;
    process.argv = [process.execPath, bundle, ...next];
    run({}, createRequire(bundle), { exports: {} }, bundle, path.dirname(bundle));
    // The event comes again only after the loop had something to do.
    setImmediate(() => {});
  });
  // However a command line ended the process: what was compiled until then is worth keeping.
  process.on('exit', () => {
    writeFileSync(`${cache}.part`, script.createCachedData());
    renameSync(`${cache}.part`, cache);
    process.exitCode = 0;
  });
}

if (process.argv[1] === import.meta.filename) {
  const [, , bundle = '', cache = '', commandLines = '[]'] = process.argv;
  rmSync(cache, { force: true });
  warmUp(bundle, cache, JSON.parse(commandLines));
}
