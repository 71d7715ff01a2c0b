/** The plugin's name, in one place: the binary, the archives, the krew manifest and the help follow it. */
export const PLUGIN = 'imagepull';

/** The file that kubectl looks for on PATH, without `.exe`. kubectl turns `-` of a name into `_`. */
export const BINARY = `kubectl-${PLUGIN.replaceAll('-', '_')}`;

/** The command as people type it. */
export const COMMAND = `kubectl ${PLUGIN}`;

/** The program that kubectl asks to complete our command lines. */
export const COMPLETER = BINARY.replace('kubectl-', 'kubectl_complete-');
