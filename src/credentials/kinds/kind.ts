/** What one row of the table of credential kinds holds. Pure. */
import type { RegistryId } from '../../registries/index.ts';
import type { Shape } from './shape.ts';

export type KindId =
  | 'none'
  | 'no-password'
  | 'ibm-api-key'
  | 'ibm-iam-token'
  | 'ibm-refresh-token'
  | 'ibm-profile'
  | 'ibm-registry-token'
  | 'ibm-entitlement'
  | 'ecr-token'
  | 'gcp-access-token'
  | 'gcp-json-key'
  | 'gcp-json-key-base64'
  | 'acr-token'
  | 'acr-service-principal'
  | 'acr-admin'
  | 'acr-scoped-token'
  | 'github-classic'
  | 'github-fine-grained'
  | 'github-actions'
  | 'github-app'
  | 'gitlab-personal'
  | 'gitlab-deploy'
  | 'gitlab-job'
  | 'gitlab-wrong-kind'
  | 'docker-personal'
  | 'docker-organisation'
  | 'docker-password'
  | 'quay-robot'
  | 'quay-access'
  | 'quay-oauth'
  | 'quay-app'
  | 'ngc-key'
  | 'harbor-robot'
  | 'artifactory-api-key'
  | 'artifactory-reference'
  | 'artifactory-access'
  | 'digitalocean-token'
  | 'oci-auth-token'
  | 'alibaba-temporary'
  | 'alibaba-password'
  | 'chainguard-pull-token'
  | 'redhat-service-account'
  | 'redhat-login'
  | 'openshift-service-account'
  | 'openshift-user'
  | 'jwt'
  | 'unknown';

/** Where the time of its end stands inside a credential. */
export type ExpiryForm = 'jwt' | 'ecr' | 'alibaba';

export interface CredentialKind {
  readonly id: KindId;
  /** For the column KIND. */
  readonly label: string;
  /** How long it lives, as a fragment: `until it is deleted`. */
  readonly life: string;
  /** Milliseconds from its making, where every one of the kind lives as long; else `null`. */
  readonly lifeMs: number | null;
  /** `null` where the end cannot be read from it. */
  readonly expiry: ExpiryForm | null;
  /** Whether a registry takes it for pulls at all. */
  readonly pulls: 'yes' | 'no' | 'unknown';
  /** Registries that take it, for kinds that a prefix makes unmistakable; empty elsewhere. */
  readonly homes: readonly RegistryId[];
  /** True where the user name is a secret too. */
  readonly secretUser: boolean;
  /** One sentence. */
  readonly advice: string;
}

/** A kind and how it is recognised: by registry, user name and the form of the password, never by more of it. */
export interface KindRow {
  readonly kind: CredentialKind;
  readonly fits: (shape: Shape) => boolean;
}

const USUAL = {
  life: 'not known',
  lifeMs: null,
  expiry: null,
  pulls: 'yes',
  homes: [],
  secretUser: false,
} as const;

/** A row with the usual values for what is left out. */
export function row(
  kind: Pick<CredentialKind, 'id' | 'label' | 'advice'> & Partial<CredentialKind>,
  fits: (shape: Shape) => boolean,
): KindRow {
  return { kind: { ...USUAL, ...kind }, fits };
}

export const HOUR = 3_600_000;
export const UNTIL_DELETED = 'until it is deleted or disabled';
