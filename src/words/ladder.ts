/**
 * One registry asked for one image with one credential: the steps a pull takes, in order, each with what came of it.
 * The codes are the contract of `-o json`: a code is never changed, only added.
 */
import type { CauseName } from './cause.ts';

/** The steps in the order in which a pull takes them. */
export const STEPS = [
  'reference',
  'dns',
  'connect',
  'tls',
  'challenge',
  'token',
  'manifest',
  'platform',
  'config',
  'layers',
  'rate-limit',
] as const;

export type StepName = (typeof STEPS)[number];

/** Why a step was not taken. */
export const SKIPPED_CODES = [
  /** An earlier step failed. */
  'not-reached',
  /** The step has nothing to do here: no TLS over plain HTTP, no name to look up for an address. */
  'not-needed',
  /** The request did not ask for it: no platform given, manifest only. */
  'not-asked',
  /** The registry asked for no credentials. */
  'no-challenge',
  /** A connection that stands already was used. */
  'connection-kept',
  /** The registry says nothing of it. */
  'not-told',
] as const;

export const FAILED_CODES = [
  'reference-invalid',
  // dns, connect, tls: of the registry itself
  'dns-not-found',
  'dns-failed',
  'connect-refused',
  'connect-timeout',
  'connect-unreachable',
  'connect-reset',
  'proxy-failed',
  'tls-untrusted',
  'tls-name',
  'tls-expired',
  'tls-failed',
  'http-on-https',
  'https-on-http',
  // challenge
  'challenge-missing',
  'challenge-malformed',
  'challenge-unsupported',
  'credentials-missing',
  'credentials-withheld',
  // token
  'token-refused',
  'token-anonymous-refused',
  'token-realm-refused',
  'token-malformed',
  'token-unreachable',
  'token-server-error',
  // any answer of the registry
  'unauthorized',
  'forbidden',
  'rate-limited',
  'quota-exceeded',
  'policy-blocked',
  'server-error',
  'not-a-registry',
  'unexpected-status',
  'redirect-refused',
  'too-large',
  'timeout',
  'connection-lost',
  // manifest
  'manifest-not-found',
  'repository-not-found',
  'missing-or-private',
  'manifest-unsupported',
  'manifest-malformed',
  'digest-mismatch',
  // platform
  'platform-missing',
  'platform-manifest-missing',
  'index-too-deep',
  // config and layers
  'blob-missing',
  'blob-forbidden',
  'blob-unreachable',
] as const;

export type SkippedCode = (typeof SKIPPED_CODES)[number];
export type FailedCode = (typeof FAILED_CODES)[number];
export type LadderCode = 'ok' | SkippedCode | FailedCode;

/** What a step learned; only what it did learn is there. Texts are a stranger's where it says so. */
export interface StepFacts {
  /** HTTP status of the answer that decided. */
  readonly status?: number | undefined;
  /** `HEAD`, `GET` or `POST`. */
  readonly method?: string | undefined;
  /** Asked for, without user, password and query. */
  readonly url?: string | undefined;
  /** The first error of the answer, as the registry worded it: its code and its message. Redacted and cut. */
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  /** The error of the connection as Node names it, `ECONNREFUSED`. */
  readonly systemCode?: string | undefined;
  /** `HOST:PORT` of the connection's other end. */
  readonly address?: string | undefined;
  /** `TLSv1.3` and the like. */
  readonly tlsVersion?: string | undefined;
  /** Of the certificate that was shown: who issued it, the names it is for, when it ends (RFC 3339). */
  readonly issuer?: string | undefined;
  readonly names?: string | undefined;
  readonly validTo?: string | undefined;
  /** `bearer` or `basic`. */
  readonly scheme?: 'bearer' | 'basic' | undefined;
  readonly realmHost?: string | undefined;
  readonly service?: string | undefined;
  readonly scope?: string | undefined;
  /** `error` of the challenge after a token: `insufficient_scope`, `invalid_token`. A stranger's text, cut. */
  readonly challengeError?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly digest?: string | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  /** `linux/arm64/v8` each. */
  readonly platforms?: readonly string[] | undefined;
  /** Digests of the manifests that an index names. */
  readonly manifests?: readonly string[] | undefined;
  /** The one looked for, and the one chosen. */
  readonly wanted?: string | undefined;
  readonly chosen?: string | undefined;
  /** Blobs that were looked at, and of how many. */
  readonly checked?: number | undefined;
  readonly of?: number | undefined;
  /** Mirrors that were asked before and did not give the image: `HOST: CODE` each. */
  readonly mirrorsTried?: readonly string[] | undefined;
  /** The host that is asked is a mirror of this one. */
  readonly mirrorOf?: string | undefined;
  /** Hosts to which the registry redirected. */
  readonly redirectedTo?: readonly string[] | undefined;
  /** Pulls left, of how many, in how many seconds (Docker Hub). */
  readonly remaining?: number | undefined;
  readonly limit?: number | undefined;
  readonly windowSeconds?: number | undefined;
  /** Whose limit it is: an address or an account id. */
  readonly limitSource?: string | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

interface StepCommon {
  readonly step: StepName;
  /** One line for a person; never a secret. */
  readonly detail: string;
  /** Whole milliseconds; 0 for a step that was not taken. */
  readonly ms: number;
  readonly facts: StepFacts;
}

export interface StepOk extends StepCommon {
  readonly outcome: 'ok';
  readonly code: 'ok';
}

export interface StepSkipped extends StepCommon {
  readonly outcome: 'skipped';
  readonly code: SkippedCode;
}

export interface StepFailed extends StepCommon {
  readonly outcome: 'failed';
  readonly code: FailedCode;
}

export type StepResult = StepOk | StepSkipped | StepFailed;

/** `unverifiable`: this machine could not find out; never to be read as a yes or a no. */
export type Pullability = 'pullable' | 'not pullable' | 'unverifiable';

export interface LadderResult {
  /** `HOST/REPOSITORY:TAG` or `…@DIGEST`, as the runtime resolves it. */
  readonly image: string;
  readonly repository: string;
  /** The host that was asked, with the port where one is written: `registry-1.docker.io` for `docker.io`. */
  readonly host: string;
  /** The label of the credential; `anonymous` where there was none. */
  readonly credential: string;
  readonly result: Pullability;
  /** The code of the step that decided; `ok` where it is pullable. */
  readonly code: 'ok' | FailedCode;
  /** The step that decided; `null` where it is pullable. */
  readonly step: StepName | null;
  readonly cause: CauseName | null;
  /** One for each of STEPS, in their order. */
  readonly steps: readonly StepResult[];
  /** Of what the reference names (an index where it is one); `null` where it was not learned. */
  readonly digest: string | null;
  /** Of the index, or of the one image; `null` where it was not learned. */
  readonly platforms: readonly string[] | null;
  /** The host that the token came, or would have come, from. */
  readonly realmHost: string | null;
  /** Seconds. */
  readonly retryAfter: number | null;
  /** True where the registry was shown the credential, or its token server was. */
  readonly credentialShown: boolean;
  /** Whole milliseconds for all steps. */
  readonly ms: number;
}

/** Tags of a repository near to one that is not there. */
export interface NearestTags {
  /** Nearest first, at most ten. */
  readonly tags: readonly string[];
  /** How many were read. */
  readonly read: number;
  /** False where the listing goes on, or is not allowed. */
  readonly complete: boolean;
  /** Why none could be read; `null` where they were. */
  readonly code: FailedCode | null;
}
