/** What a fault is, and what the table of faults looks at. Pure. */
import type { Hidden } from '../../words/hidden.ts';

/** One entry of a docker config, as it is written and as the kubelet reads it. */
export interface EntryFacts {
  /** The key as written. It may hold a user and a password before `@`: see `holdsUser`. */
  readonly key: string;
  /** As the kubelet reads them (`auth` wins); `''` where absent or not readable. */
  readonly username: string;
  readonly password: Hidden;
  /** The fields as they stand in the JSON; `null` where absent or no text. */
  readonly auth: Hidden | null;
  readonly writtenUsername: Hidden | null;
  readonly writtenPassword: Hidden | null;
  /** `identitytoken` or `registrytoken` is there: the kubelet looks at neither. */
  readonly identityToken: boolean;
}

/** One secret, or one file that could be its content. */
export interface SecretFacts {
  /** `null` for a file. */
  readonly name: string | null;
  /** `null` for a file. */
  readonly type: string | null;
  /** Names in `data`. */
  readonly dataKeys: readonly string[];
  /**
   * The content that counts, decoded from base64, with its byte order mark if it has one (UTF-8 decoders drop it
   * unless told not to); `null` where it was not read or is elided.
   */
  readonly content: Hidden | null;
}

/**
 * What comes of it. `stops-pod`: the kubelet pulls no image of the pod. `never-used`: no image ever matches, or the
 * whole secret is looked over. `refused`: the registry says no. `note`: it may work, and is worth a look.
 */
export type FaultEffect = 'stops-pod' | 'never-used' | 'refused' | 'note';

export type FaultPlace =
  | 'name'
  | 'type'
  | 'data'
  | 'content'
  | 'key'
  | 'username'
  | 'password'
  | 'auth';

/** A fault that was found. None of its texts holds anything of a user name, password or content: only lengths and places. */
export interface Fault {
  readonly id: FaultId;
  readonly place: FaultPlace;
  readonly effect: FaultEffect;
  /** `likely` where another reading is possible. */
  readonly certainty: 'certain' | 'likely';
  /** One sentence without a full stop. */
  readonly text: string;
  /** One sentence without a full stop: what to write in its place. */
  readonly fix: string;
}

/** One row of the table. `test` gives the text, or null where the fault is not there. */
export interface FaultRow<Facts> extends Omit<Fault, 'text'> {
  readonly test: (facts: Facts) => string | null;
}

/** The fault of a row, where it is there. */
export function faultsOf<Facts>(rows: readonly FaultRow<Facts>[], facts: Facts): Fault[] {
  return rows.flatMap(({ test, ...fault }) => {
    const text = test(facts);
    return text === null ? [] : [{ ...fault, text }];
  });
}

export type FaultId = EntryFaultId | SecretFaultId;

export type EntryFaultId =
  | 'key-empty'
  | 'key-blank'
  | 'key-scheme'
  | 'key-placeholder'
  | 'key-holds-user'
  | 'secret-key-case'
  | 'key-trailing-dot'
  | 'key-tag'
  | 'key-version-path'
  | 'key-default-port'
  | 'key-hub-name'
  | 'key-old-host'
  | 'key-no-registry'
  | 'auth-not-base64'
  | 'auth-double-base64'
  | 'auth-no-colon'
  | 'auth-disagrees'
  | 'empty-credentials'
  | 'identity-token-only'
  | 'username-missing'
  | 'username-blank'
  | 'username-quoted'
  | 'username-shell'
  | 'username-placeholder'
  | 'username-unknown'
  | 'password-missing'
  | 'password-newline'
  | 'password-blank'
  | 'password-quoted'
  | 'password-invisible'
  | 'password-bearer'
  | 'password-command-output'
  | 'password-placeholder'
  | 'password-wrong-form'
  | 'credential-cannot-pull'
  | 'credential-of-another-registry';

export type SecretFaultId =
  | 'secret-name-impossible'
  | 'secret-wrong-type'
  | 'data-key-wrong'
  | 'content-empty'
  | 'content-bom'
  | 'content-utf16'
  | 'content-double-base64'
  | 'content-placeholder'
  | 'content-not-json'
  | 'content-not-object'
  | 'auths-missing'
  | 'auths-wrong-shape'
  | 'auths-empty'
  | 'dockercfg-has-auths'
  | 'entry-wrong-shape'
  | 'creds-store';
