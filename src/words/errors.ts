/**
 * Our own errors, told apart by class and never by text. `cli/errors.ts` words them and picks the exit code.
 */

/** The command line is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file, standard input or a kubeconfig cannot be used: exit code 1. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
