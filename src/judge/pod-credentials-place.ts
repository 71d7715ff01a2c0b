/** Steps that hold several commands, each put where the user looked. Pure. */
import type { NextStep } from '../words/verdict.ts';
import type { Place } from './same-place.ts';

/** Every kubectl of the step's command gets the connection's flags; a command of ours the files as well. */
export function stepInPlace(step: NextStep, { connection, files }: Place): NextStep {
  const { command } = step;
  if (command === undefined) return step;
  if (command.startsWith('kubectl imagepull ')) {
    return { ...step, command: [command, ...connection, ...files].join(' ') };
  }
  if (connection.length === 0) return step;
  const flags = connection.join(' ');
  return {
    ...step,
    command: command.replace(/(^|[\s(])kubectl /g, `$1kubectl ${flags.replaceAll('$', '$$$$')} `),
  };
}
