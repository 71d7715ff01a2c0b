/** The flags that say where and as whom, as words of a command line. Tokens and passwords are never among them. */
import type { ConnectionOptions } from '../words/options.ts';
import { redact } from '../words/redact.ts';
import { shellQuote } from '../words/shell.ts';

/** As the user gave them, quoted for a shell; empty where none was given. */
export function connectionWords(flags: ConnectionOptions): string[] {
  const words: string[] = [];
  for (const [flag, value] of [
    ['--kubeconfig', flags.kubeconfig],
    ['--context', flags.context],
    ['--cluster', flags.cluster],
    ['--user', flags.user],
    // Its URL may hold a login.
    ['--server', flags.server && redact(flags.server)],
    ['--as', flags.as],
    ['--as-uid', flags.asUid],
  ] as const) {
    if (value) words.push(flag, value);
  }
  for (const group of flags.asGroups) words.push('--as-group', group);
  return words.map(shellQuote);
}
