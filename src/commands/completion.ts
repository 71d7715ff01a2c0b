/** `kubectl imagepull completion`: which link to make, and scripts for use without kubectl. */
import type { Shell } from '../words/completion.ts';
import type { ExitCode } from '../words/options.ts';
import { BINARY, COMMAND, COMPLETER } from '../words/plugin.ts';
import type { World } from '../words/streams.ts';
import { completionScript } from './completion-scripts.ts';

const UNIX = `kubectl (1.26 and later) completes "${COMMAND}" once its own completion
is set up ("kubectl completion --help") and a program called
${COMPLETER} is on the PATH.
A link to this program is enough. Installed through krew:

  ln -s ${BINARY} \\
    "\${KREW_ROOT:-$HOME/.krew}/bin/${COMPLETER}"

Installed otherwise, next to the program:

  ln -s ${BINARY} \\
    "$(dirname "$(command -v ${BINARY})")/${COMPLETER}"

The link stays good when the plugin is upgraded. To undo, remove it.
`;

const WINDOWS = `kubectl (1.26 and later) completes "${COMMAND}" once its own completion
is set up ("kubectl completion powershell --help") and a program called
${COMPLETER} is on the PATH.
A batch file that calls this program is enough, and needs no administrator.
In PowerShell, installed through krew:

  $bin = if ($env:KREW_ROOT) { "$env:KREW_ROOT\\bin" } else { "$HOME\\.krew\\bin" }
  $file = "$bin\\${COMPLETER}.cmd"
  Set-Content $file '@${BINARY} __complete %*'

Installed otherwise, put the same file into a folder of the PATH. To undo,
remove it.
`;

const SCRIPTS = `Without kubectl, for ${BINARY} itself:

  ${BINARY} completion bash

(or zsh, fish, powershell) prints a script, and says at its top where it
belongs.
`;

/** Writes the advice, or the script of a shell. */
export function completion(shell: Shell | undefined, world: World): ExitCode {
  const advice = world.platform === 'win32' ? [WINDOWS, UNIX] : [UNIX, WINDOWS];
  const [first, other] = advice;
  const elsewhere = world.platform === 'win32' ? 'On Linux and macOS' : 'On Windows';
  world.out.write(
    shell === undefined
      ? `${first}\n${SCRIPTS}\n${elsewhere}:\n\n${other}`
      : completionScript(shell),
  );
  return 0;
}
