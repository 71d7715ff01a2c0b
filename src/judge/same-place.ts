/** Advice must act where the user looked: on the cluster of the flags, or on the same files. Pure. */
import type { NextStep } from '../words/next-step.ts';
import type { Verdict } from '../words/verdict.ts';

export interface Place {
  /** Connection flags as words of a shell; empty for the current context. */
  readonly connection: readonly string[];
  /** `-f FILE` words for our own commands; empty for a cluster. */
  readonly files: readonly string[];
}

/**
 * The command with the flags put where kubectl takes them: behind every `kubectl` of it, for a plugin at the end. What
 * needs no cluster (`explain`, an image by its name) stays as it is.
 */
export function inPlace(command: string, place: Place): string {
  if (/^kubectl imagepull (?:describe|secrets|decode|verify) (?!--image )/.test(command)) {
    return [command, ...place.connection, ...place.files].join(' ');
  }
  if (command.startsWith('kubectl imagepull ') || place.connection.length === 0) return command;
  const flags = place.connection.join(' ');
  // A question to `kubectl auth can-i` brings them already.
  if (command.endsWith(` ${flags}`)) return command;
  return command.replace(/(^|[\s(])kubectl /g, (_, lead: string) => `${lead}kubectl ${flags} `);
}

/** The step with its command in place. */
export function stepInPlace(step: NextStep, place: Place): NextStep {
  const { command } = step;
  return command === undefined ? step : { ...step, command: inPlace(command, place) };
}

/** The verdict with every command in place. */
export function verdictInPlace(verdict: Verdict, place: Place): Verdict {
  return {
    ...verdict,
    nextSteps: verdict.nextSteps.map((step) => stepInPlace(step, place)),
    couldBe: verdict.couldBe.map((c) =>
      c.command === null ? c : { ...c, command: inPlace(c.command, place) },
    ),
  };
}
