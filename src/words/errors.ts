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
  readonly #live: boolean;

  /**
   * `type` as kubectl prints it (`pods`, `deployments.apps`); `hints` are short sentences without a full stop. Saved
   * objects (`live` false) never tell that something does not exist, only that it is not in the file.
   */
  constructor(
    type: string,
    object: string,
    namespace: string | undefined,
    hints: readonly string[] = [],
    live = true,
  ) {
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
    const more = hints.length > 0 ? ` (${hints.join('; ')})` : '';
    super(
      `${type} "${object}" ${live ? `not found${where}` : `is not in the file${where}`}${more}`,
    );
    this.object = object;
    this.#live = live;
  }

  words(): string {
    return this.#live ? `Error from server (NotFound): ${this.message}` : `error: ${this.message}`;
  }
}

interface Worded {
  words(): string;
}

function isWorded(error: unknown): error is Worded {
  return error instanceof Error && 'words' in error && typeof error.words === 'function';
}

/**
 * The line an error is told in. A class of ours that kubectl has its own words for brings them along (`words()`);
 * `cause` is looked through for one.
 */
export function words(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++) {
    if (isWorded(inner)) return inner.words();
    inner = inner.cause;
  }
  if (error instanceof UsageError || error instanceof InputError) return `error: ${error.message}`;
  if (error instanceof Error) return `error: ${error.message || error.name}`;
  return `error: ${String(error)}`;
}
