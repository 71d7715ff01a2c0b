/** What was asked of IBM Cloud and what came back, before anybody judges it. No secret is in it. */

/** Why a question has no answer. */
export interface IbmRefusal {
  /**
   * `refused`: an answer of 400 or more. `unreachable`: none came. `unreadable`, `too large`: one that is of no use.
   * `withheld`: the host must not be shown a credential.
   */
  readonly problem: 'refused' | 'unreachable' | 'unreadable' | 'too large' | 'withheld';
  readonly host: string;
  /** HTTP status; `null` where no answer came. */
  readonly status: number | null;
  /** `BXNIM0415E`, `insufficent_permissions`, `CRG0014E`; `''` where there is none. IBM's text, redacted and cut. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** Of the request to assume a trusted profile: the key itself was taken. */
  readonly asked?: 'profile' | undefined;
  /** One line for a person. */
  readonly detail: string;
}

/** `ms`: whole milliseconds. */
export type IbmLearned<T> =
  | { readonly known: true; readonly value: T; readonly ms: number }
  | { readonly known: false; readonly why: IbmRefusal; readonly ms: number };

/** What the entry of a pull secret is, by its user name and the form of its password. */
export type IbmCredentialKind =
  | 'API key'
  | 'API key for a trusted profile'
  | 'IAM token'
  | 'IAM refresh token'
  | 'registry token'
  | 'other';

/** What an access token says of itself. */
export interface IbmToken {
  readonly iamId: string | null;
  readonly account: string | null;
  /** As people know it: an e-mail address, the name of a service ID. */
  readonly name: string | null;
}

/** Of `GET /v1/apikeys/details`. */
export interface IbmKey {
  readonly name: string | null;
  readonly description: string | null;
  readonly iamId: string | null;
  readonly account: string | null;
  readonly locked: boolean;
  readonly disabled: boolean;
  /** As IAM writes it. */
  readonly expiresAt: string | null;
}

/** Of `GET /v1/serviceids/ID`. */
export interface IbmServiceId {
  readonly name: string | null;
  readonly description: string | null;
  readonly account: string | null;
}

/** An attribute of a policy: `serviceName stringEquals container-registry`. */
export interface IbmAttribute {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

export interface IbmPolicy {
  readonly id: string;
  /** The access group it comes by; `null`: its own. */
  readonly group: string | null;
  /** The last part of each role's CRN with what it is: `serviceRole:Reader`, `role:Viewer`, `customRole:Puller`. */
  readonly roles: readonly string[];
  /** Of each resource. */
  readonly resources: readonly (readonly IbmAttribute[])[];
  /** It holds at certain times, for certain tags, or under other conditions that are not worked out here. */
  readonly conditional: boolean;
}

export interface IbmPolicies {
  readonly policies: readonly IbmPolicy[];
  /** What of it could not be read: a reason each; empty: these are all. */
  readonly missing: readonly IbmRefusal[];
  /** The groups it is a member of. */
  readonly groups: readonly string[];
}

export interface IbmNamespace {
  readonly name: string;
  readonly account: string | null;
  readonly resourceGroup: string | null;
}

/** Bytes; -1: without limit. */
export interface IbmQuota {
  readonly limit: { readonly storage: number; readonly traffic: number };
  readonly usage: { readonly storage: number; readonly traffic: number };
}

/** Of one repository. */
export interface IbmImages {
  readonly tags: readonly string[];
  /** `sha256:…` */
  readonly digests: readonly string[];
  /** Repositories of the namespace, this one or not. */
  readonly repositories: number;
}

/** All that was asked with one credential; `null`: not asked. */
export interface IbmLearnedAll {
  readonly credential: string;
  readonly kind: IbmCredentialKind;
  /** The user name is safe to show; `null` where it is not. */
  readonly user: string | null;
  /** The password begins or ends with a blank or line break. */
  readonly blanks: boolean;
  /** When a token that stands in the entry itself ends, in milliseconds since 1970; `null` where it does not say. */
  readonly ends: number | null;
  readonly token: IbmLearned<IbmToken> | null;
  readonly key: IbmLearned<IbmKey> | null;
  readonly serviceId: IbmLearned<IbmServiceId> | null;
  readonly policies: IbmLearned<IbmPolicies> | null;
  readonly namespaces: IbmLearned<readonly IbmNamespace[]> | null;
  readonly quota: IbmLearned<IbmQuota> | null;
  readonly images: IbmLearned<IbmImages> | null;
}

/** The image in IBM's words. */
export interface IbmImageName {
  readonly host: string;
  /** Asked for its API: the same, or the new name of an old host. */
  readonly apiHost: string;
  readonly region: string | null;
  /** Over IBM's private network, where pulls are not counted. */
  readonly isPrivate: boolean;
  readonly namespace: string;
  /** `NAMESPACE/NAME`. */
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}
