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

/** An object that was named is not there; worded as kubectl words it. Exit code 1. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  readonly object: string;

  /** `type` as kubectl prints it (`pods`, `deployments.apps`); `hints` are short sentences without a full stop. */
  constructor(
    type: string,
    object: string,
    namespace: string | undefined,
    hints: readonly string[] = [],
  ) {
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
    const more = hints.length > 0 ? ` (${hints.join('; ')})` : '';
    super(`${type} "${object}" not found${where}${more}`);
    this.object = object;
  }

  words(): string {
    return `Error from server (NotFound): ${this.message}`;
  }
}
