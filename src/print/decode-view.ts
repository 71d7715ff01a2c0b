/**
 * What `decode` prints, in plain texts: masked already where `--show-secrets` was not given, so that nothing below
 * here can show more. Times are milliseconds since the epoch.
 */

export interface DecodedView {
  readonly secrets: readonly SecretItem[];
  readonly users: readonly UserItem[];
}

/** A pod or workload whose pull secrets were asked for. */
export interface UserItem {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly from: 'own' | 'serviceaccount';
  readonly serviceAccount: string;
  /** Names of its pull secrets, in the order in which the kubelet reads them. */
  readonly pullSecrets: readonly string[];
  /** Of a pod that lists none: what its ServiceAccount lists. */
  readonly tooLate: readonly string[];
  /** The ServiceAccount's list, which counts, is not known. */
  readonly unseen: boolean;
}

/** A secret, or a docker config that stood in a file. */
export interface SecretItem {
  /** Null for a docker config. */
  readonly namespace: string | null;
  readonly name: string | null;
  /** Where a docker config stood; null for a Secret. */
  readonly file: string | null;
  readonly status: string;
  /** Why the status is not `ok`. */
  readonly why: string | null;
  /** Remarks of how it was given: pasted base64 and the like. Whole sentences without full stop. */
  readonly notes: readonly string[];
  /** Null where it could not be read. */
  readonly type: string | null;
  readonly dataKey: string | null;
  readonly createdAt: number | null;
  readonly changedAt: number | null;
  /** What the kubelet says of a broken one. */
  readonly kubelet: { readonly error: string; readonly entry: string | null } | null;
  readonly fingerprint: string | null;
  /** The whole content where it may be shown, else null. */
  readonly content: string | null;
  readonly faults: readonly FaultItem[];
  readonly entries: readonly EntryItem[];
  /** Of a missing one. */
  readonly near: string | null;
}

export interface EntryItem {
  readonly registry: string;
  /** Null: the kubelet cannot read the key and leaves the entry out. */
  readonly readAs: string | null;
  readonly user: string;
  readonly password: SecretText;
  readonly from: 'auth' | 'username and password' | 'nothing';
  /** The kubelet cannot read it: user name and password are empty for that. */
  readonly broken: boolean;
  /** The same key stood in the secret before; only this last one counts. */
  readonly repeated: boolean;
  /** Of the field as written; null where it is absent. */
  readonly auth: string | null;
  readonly identityToken: string | null;
  readonly registryToken: string | null;
  readonly email: string | null;
  readonly kind: {
    readonly id: string;
    readonly label: string;
    readonly life: string;
    readonly advice: string;
  };
  readonly expires: { readonly at: number; readonly atLatest: boolean } | null;
  /** Null where there is neither user name nor password. */
  readonly fingerprint: string | null;
  readonly faults: readonly FaultItem[];
}

export interface SecretText {
  /** The mask, or the text where it may be shown. */
  readonly text: string;
  readonly masked: boolean;
  /** Of the real text, in characters. */
  readonly length: number;
}

export interface FaultItem {
  readonly id: string;
  readonly place: string;
  readonly effect: string;
  readonly certainty: 'certain' | 'likely';
  readonly text: string;
  readonly fix: string;
}

/** `shop/regcred`, `regcred`, or the file that a docker config stood in. */
export function nameOf(secret: SecretItem, withNamespace: boolean): string {
  if (secret.file !== null) return secret.file;
  return withNamespace ? `${secret.namespace}/${secret.name}` : `${secret.name}`;
}

/** Why `-o name` prints nothing of a docker config. */
export function withoutName(shown: string): string {
  return `${shown}: it is a docker config, which has no name to print; -o wide, json, yaml and dockerconfigjson print what is in it`;
}
