/** Advice must act where the user looked: on the cluster of the flags, or on the same files. Pure. */
import type { NextStep, Verdict } from '../words/verdict.ts';

export interface Place {
  /** Connection flags as words of a shell; empty for the current context. */
  readonly connection: readonly string[];
  /** `-f FILE` words for our own commands; empty for a cluster. */
  readonly files: readonly string[];
}

/** The command with the flags put where kubectl takes them: behind `kubectl`, for a plugin behind its verb. */
export function inPlace(command: string, place: Place): string {
  const own = /^kubectl imagepull (?:describe)\b/.exec(command)?.[0];
  const words = own ? [...place.connection, ...place.files] : place.connection;
  if (words.length === 0 || (!own && !command.startsWith('kubectl '))) return command;
  if (!own && command.startsWith('kubectl imagepull ')) return command;
  const head = own ?? 'kubectl';
  return `${head} ${words.join(' ')}${command.slice(head.length)}`;
}

/** The verdict with every command in place. */
export function verdictInPlace(verdict: Verdict, place: Place): Verdict {
  const step = (s: NextStep): NextStep =>
    s.command === undefined ? s : { ...s, command: inPlace(s.command, place) };
  return {
    ...verdict,
    nextSteps: verdict.nextSteps.map(step),
    couldBe: verdict.couldBe.map((c) =>
      c.command === null ? c : { ...c, command: inPlace(c.command, place) },
    ),
  };
}
