/** The name we were started by. Pure. */
import { BINARY, COMMAND, COMPLETER } from '../words/plugin.ts';

/** What other shells' scripts call first. */
export const COMPLETE_WORD = '__complete';

export interface CalledAs {
  /** What a usage line begins with: `kubectl imagepull`, or the name of a link of the user's own. */
  readonly program: string;
  /** Started to complete a command line. */
  readonly completes: boolean;
}

/**
 * From the process's own name; where that is Node (`npx`, the launcher), from its script. Names that begin with
 * `kubectl-` are plugins: dashes separate words there, `_` stands for a dash.
 */
export function calledAs(argv0: string, script: string | undefined): CalledAs {
  const own = nameOf(argv0);
  const name = own === 'node' || own === 'nodejs' ? nameOf(script ?? '') : own;
  if (name === COMPLETER) return { program: COMMAND, completes: true };
  const plugin = /^kubectl-([\w-]{1,64})$/.exec(name)?.[1];
  // `kubectl-imagepull-linux-amd64` is an archive's name, no command.
  if (plugin !== undefined && !name.startsWith(`${BINARY}-`)) {
    return {
      program: `kubectl ${plugin.replaceAll('-', ' ').replaceAll('_', '-')}`,
      completes: false,
    };
  }
  const plain = /^[\w.+-]{1,64}$/.test(name) && plugin === undefined && !/\.[cm]?[jt]s$/.test(name);
  return { program: plain ? name : COMMAND, completes: false };
}

/** The last part of a path of any system, without `.exe`. */
function nameOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:exe|cmd)$/i, '');
}
