/**
 * Errors → one line and one exit code; nobody else writes `error:`.
 *
 * | error | line | code |
 * |---|---|---|
 * | UsageError | `error: …`, a FlagError with the line that names the help | 2 |
 * | has `words()` (the API server's answer, NotFoundError) | what it gives | 1 |
 * | InputError | `error: …` | 1 |
 * | anything after Ctrl-C | none | 130 |
 * | anything else: a mistake of ours | `error: internal error: …` | 1 |
 */
import { cut, visible, visibleLines } from '../print/escape.ts';
import { InputError, UsageError, words } from '../words/errors.ts';
import type { ExitCode } from '../words/options.ts';
import { COMMAND } from '../words/plugin.ts';
import type { World } from '../words/streams.ts';
import { FlagError } from './flag-error.ts';

/** Longest error line, in characters. */
const MAX_LINE = 2000;

/** Longest stack trace under KUBECTL_IMAGEPULL_DEBUG, in characters. */
const MAX_STACK = 10_000;

/** Writes the line of an error that ended the command (`program`: as it was called) and gives the exit code. */
export function reportError(error: unknown, world: World, program = COMMAND): ExitCode {
  if (world.signal.aborted) return 130;
  world.err.write(`${errorLine(error)}\n`);
  if (error instanceof FlagError) {
    const command = [program, ...(error.verb ? [error.verb] : [])].join(' ');
    world.err.write(`See '${command} --help' for usage.\n`);
  }
  if (world.env.KUBECTL_IMAGEPULL_DEBUG && error instanceof Error && error.stack) {
    world.err.write(`${visibleLines(cut(error.stack, MAX_STACK))}\n`);
  }
  return error instanceof UsageError ? 2 : 1;
}

/** The line (some of kubectl's are several), without its last line break: bounded, control characters visible. */
export function errorLine(error: unknown): string {
  const text = cut(lineOf(error), MAX_LINE);
  return spansLines(error) ? visibleLines(text) : visible(text);
}

function lineOf(error: unknown): string {
  if (isExpected(error)) return words(error);
  const message = error instanceof Error ? error.message || error.name : String(error);
  return `error: internal error: ${message}`;
}

/** Line breaks are kept only where the error says so: texts of a server must not look like lines of ours. */
function spansLines(error: unknown): boolean {
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++) {
    if ('words' in inner) return 'multiline' in inner && inner.multiline === true;
    inner = inner.cause;
  }
  return false;
}

/** An error class of ours, or one that brings its words along, itself or as the cause of another. */
function isExpected(error: unknown): boolean {
  if (error instanceof UsageError || error instanceof InputError) return true;
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++) {
    if ('words' in inner) return true;
    inner = inner.cause;
  }
  return false;
}
