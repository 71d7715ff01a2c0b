/**
 * Completion by kubectl's protocol (kubectl pkg/cmd/plugin/plugin_completion.go): candidates a line each, then `:N`. A
 * person is typing: what does not come in time is left out, and nothing is said of errors.
 */
import type { Completed } from '../../words/completion.ts';
import type { World } from '../../words/streams.ts';
import { connectionOptions } from '../options.ts';
import { type Plan, planOf } from './plan.ts';
import { readTyped, type Typed } from './typed.ts';

/** From the start of the process to the answer, in milliseconds, where the API server is on this machine. */
export const LOCAL_LIMIT_MS = 150;
/** Where it is not: three round trips to another continent. */
const REMOTE_LIMIT_MS = 1000;
/** What is left for the server on a machine that is slow to start us. */
const LEAST_MS = 70;

/** No shell is helped by more. */
const MAX_CANDIDATES = 5000;
const MAX_ABOUT = 100;

/**
 * Writes what can follow `words`, the words behind the program's name up to the cursor. `startedAt`: when the process
 * began, in milliseconds since the epoch. Throws nothing.
 */
export async function complete(
  words: readonly string[],
  world: World,
  startedAt: number,
): Promise<void> {
  const typed = readTyped(words);
  const plan = planOf(typed);
  const completed: Completed = { candidates: plan.candidates, directive: plan.directive };
  if (plan.wanted !== undefined) await ask(typed, plan, completed, world, startedAt);
  world.out.write(lines(plan, completed));
}

async function ask(
  typed: Typed,
  plan: Plan,
  completed: Completed,
  world: World,
  startedAt: number,
): Promise<void> {
  const { wanted, word } = plan;
  if (wanted === undefined) return;
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const wait = (limit: number) => {
    clearTimeout(timer);
    const left = startedAt + limit - world.now();
    timer = setTimeout(() => stop.abort(), Math.max(left, LEAST_MS));
  };
  wait(LOCAL_LIMIT_MS);
  const over = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve());
  });
  const silent = {
    ...world,
    err: { write: () => undefined, isTTY: false, silent: true },
    stdin: { isTTY: false, read: async () => Buffer.alloc(0), line: async () => '' },
    signal: AbortSignal.any([world.signal, stop.signal]),
  };
  const answer = async () => {
    const { completeNames } = await import('../../commands/complete/names.ts');
    const connection = { ...connectionOptions(typed.flags), verbosity: undefined };
    const namespace = typed.flags.string('namespace');
    const names = { wanted, word, connection, namespace };
    await completeNames(names, silent, completed, () => wait(REMOTE_LIMIT_MS));
  };
  try {
    await Promise.race([answer(), over]);
  } catch {
    // The command itself will say what is wrong; here it would be in the middle of a line.
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function lines({ before, word }: Plan, { candidates, directive }: Completed): string {
  const fit = candidates
    .filter(({ text }) => text.startsWith(word) && isOneWord(text))
    .slice(0, MAX_CANDIDATES)
    .map(({ text, about }) => {
      const beside = about === undefined ? '' : `\t${about.slice(0, MAX_ABOUT)}`;
      return `${before}${text}${beside}\n`;
    });
  return `${fit.join('')}:${directive}\n`;
}

/** Names of others come to a command line: what is not one plain word of it is not offered. */
function isOneWord(text: string): boolean {
  return text !== '' && /^[^\p{C}\p{Z}"'`$\\|&;<>(){}*?!#]*$/u.test(text);
}
