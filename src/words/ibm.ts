/**
 * What IBM Cloud itself says of the credential of one image: the steps that its runbook takes by hand, each with what came
 * of it. The codes are part of `-o json`: a code is never changed, only added.
 */

/** In the order in which they are told. */
export const IBM_STEPS = [
  /** What the entry is: API key, token, or something that is dead by its nature. */
  'ibm-credential',
  /** IAM gives an access token for it. */
  'ibm-alive',
  /** Whose it is. */
  'ibm-identity',
  /** The registry namespace of the image belongs to its account. */
  'ibm-account',
  /** A policy lets it pull. */
  'ibm-access',
  'ibm-traffic',
  'ibm-storage',
  /** The tag, and the tags there are. */
  'ibm-image',
] as const;

export type IbmStepName = (typeof IBM_STEPS)[number];

export const IBM_FAILED_CODES = [
  // ibm-credential
  'ibm-registry-token-dead',
  'ibm-user-unknown',
  'ibm-key-is-token',
  'ibm-token-expired',
  // ibm-alive
  'ibm-key-not-found',
  'ibm-key-disabled',
  'ibm-key-locked',
  'ibm-key-expired',
  'ibm-key-empty',
  'ibm-token-refused',
  'ibm-refresh-token-expired',
  'ibm-session-ended',
  'ibm-account-refused',
  'ibm-profile-refused',
  // ibm-account
  'ibm-other-account',
  'ibm-namespace-not-in-account',
  // ibm-access
  'ibm-access-none',
  'ibm-access-wrong-role',
  'ibm-access-wrong-namespace',
  'ibm-access-wrong-region',
  'ibm-access-wrong-group',
  // ibm-traffic
  'ibm-traffic-reached',
  // ibm-image
  'ibm-tag-missing',
  'ibm-repository-missing',
] as const;

/** Why a step cannot tell; never to be read as a yes or a no. */
export const IBM_UNKNOWN_CODES = [
  'ibm-not-allowed',
  'ibm-not-found',
  'ibm-unreachable',
  'ibm-server-error',
  'ibm-rate-limited',
  'ibm-answer-unreadable',
  'ibm-answer-too-large',
  'ibm-credential-withheld',
  'ibm-refused-unknown',
  'ibm-list-may-be-partial',
  'ibm-policy-unclear',
  'ibm-owner-unknown',
  'ibm-token-life-unknown',
] as const;

export const IBM_NOTE_CODES = ['ibm-storage-full', 'ibm-traffic-high', 'ibm-token-ends'] as const;

export const IBM_SKIPPED_CODES = ['ibm-not-reached', 'ibm-not-needed'] as const;

export type IbmFailedCode = (typeof IBM_FAILED_CODES)[number];
export type IbmUnknownCode = (typeof IBM_UNKNOWN_CODES)[number];
export type IbmNoteCode = (typeof IBM_NOTE_CODES)[number];
export type IbmSkippedCode = (typeof IBM_SKIPPED_CODES)[number];

/** Only what a step learned. Texts are IBM's or an account's where names are; redacted and cut. */
export type IbmFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface IbmStepCommon {
  readonly step: IbmStepName;
  /** One line for a person; never a secret. */
  readonly detail: string;
  /** Whole milliseconds of the requests behind it. */
  readonly ms: number;
  readonly facts: IbmFacts;
}

/** `note`: worth knowing, and no reason why the pull fails. */
export type IbmStep = IbmStepCommon &
  (
    | { readonly outcome: 'ok'; readonly code: 'ok' }
    | { readonly outcome: 'note'; readonly code: IbmNoteCode }
    | { readonly outcome: 'failed'; readonly code: IbmFailedCode }
    | { readonly outcome: 'unknown'; readonly code: IbmUnknownCode }
    | { readonly outcome: 'skipped'; readonly code: IbmSkippedCode }
  );

/** Whose a credential is, as far as IAM tells. */
export interface IbmIdentity {
  readonly kind: 'service ID' | 'user' | 'trusted profile' | 'unknown';
  /** `iam-ServiceId-…`, `IBMid-…`; `null` where it was not learned. */
  readonly iamId: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** Account ID. */
  readonly account: string | null;
  /** ID of the cluster for which `ibmcloud ks cluster pull-secret apply` made it. */
  readonly cluster: string | null;
}

/** One IBM credential of the pod, or of whoever asks. */
export interface IbmCredentialAnswer {
  /** Label of the row it stands beside. */
  readonly credential: string;
  readonly identity: IbmIdentity;
  /** One for each of IBM_STEPS, in their order. */
  readonly steps: readonly IbmStep[];
}

export interface IbmAnswer {
  /** `us-south`, `global`; `null` for a region that is not known. */
  readonly region: string | null;
  /** The registry namespace of the image. */
  readonly namespace: string;
  /** The account the registry namespace belongs to; `null` where nobody asked may see it. */
  readonly owner: string | null;
  /** Empty where the pod has no IBM credential for the image. */
  readonly credentials: readonly IbmCredentialAnswer[];
}
