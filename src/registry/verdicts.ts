/** What the code of the step that decided means for the image: one table. */
import type { ImageReference } from '../image/reference.ts';
import type { RegistryAnswer } from '../registries/answers.ts';
import type { CauseName } from '../words/cause.ts';
import type { FailedCode, Pullability, StepFacts } from '../words/ladder.ts';
import { requestFault } from './faults.ts';

interface Meaning {
  readonly cause: CauseName;
  /** This machine could not find out; a node may. */
  readonly unverifiable?: true;
}

const MEANINGS: Readonly<Record<FailedCode, Meaning>> = {
  'reference-invalid': { cause: 'InvalidImageName' },
  'dns-not-found': { cause: 'DnsFailure', unverifiable: true },
  'dns-failed': { cause: 'DnsFailure', unverifiable: true },
  'connect-refused': { cause: 'ConnectionRefused', unverifiable: true },
  'connect-timeout': { cause: 'NetworkTimeout', unverifiable: true },
  'connect-unreachable': { cause: 'NetworkUnreachable', unverifiable: true },
  'connect-reset': { cause: 'NetworkUnreachable', unverifiable: true },
  'proxy-failed': { cause: 'ProxyFailure', unverifiable: true },
  'tls-untrusted': { cause: 'TlsUntrusted', unverifiable: true },
  'tls-name': { cause: 'TlsInvalid', unverifiable: true },
  'tls-expired': { cause: 'TlsInvalid', unverifiable: true },
  'tls-failed': { cause: 'TlsInvalid', unverifiable: true },
  'http-on-https': { cause: 'HttpHttpsMismatch', unverifiable: true },
  'https-on-http': { cause: 'HttpHttpsMismatch', unverifiable: true },
  'challenge-missing': { cause: 'Unauthorized' },
  'challenge-malformed': { cause: 'UnexpectedContent' },
  'challenge-unsupported': { cause: 'UnexpectedContent' },
  'credentials-missing': { cause: 'Unauthorized' },
  'credentials-withheld': { cause: 'Unknown', unverifiable: true },
  'token-refused': { cause: 'Unauthorized' },
  'token-anonymous-refused': { cause: 'Unauthorized' },
  'token-realm-refused': { cause: 'Unknown', unverifiable: true },
  'token-malformed': { cause: 'UnexpectedContent' },
  'token-unreachable': { cause: 'NetworkUnreachable', unverifiable: true },
  'token-server-error': { cause: 'RegistryUnavailable' },
  unauthorized: { cause: 'Unauthorized' },
  forbidden: { cause: 'Forbidden' },
  'rate-limited': { cause: 'RateLimited', unverifiable: true },
  'quota-exceeded': { cause: 'QuotaExceeded' },
  'policy-blocked': { cause: 'PolicyBlocked' },
  'server-error': { cause: 'RegistryUnavailable' },
  'not-a-registry': { cause: 'UnexpectedContent' },
  'unexpected-status': { cause: 'UnexpectedContent' },
  'redirect-refused': { cause: 'Unknown', unverifiable: true },
  'too-large': { cause: 'UnexpectedContent', unverifiable: true },
  timeout: { cause: 'NetworkTimeout', unverifiable: true },
  'connection-lost': { cause: 'RegistryUnavailable', unverifiable: true },
  'manifest-not-found': { cause: 'TagNotFound' },
  'repository-not-found': { cause: 'RepositoryNotFound' },
  'missing-or-private': { cause: 'RepositoryMissingOrPrivate' },
  'manifest-unsupported': { cause: 'UnsupportedManifest' },
  'manifest-malformed': { cause: 'UnexpectedContent' },
  'digest-mismatch': { cause: 'UnexpectedContent' },
  'platform-missing': { cause: 'PlatformMismatch' },
  'platform-manifest-missing': { cause: 'DigestNotFound' },
  'index-too-deep': { cause: 'UnsupportedManifest' },
  'blob-missing': { cause: 'LayerCorrupt' },
  'blob-forbidden': { cause: 'Forbidden' },
  'blob-unreachable': { cause: 'NetworkUnreachable', unverifiable: true },
};

/**
 * Whether a step that failed so is a no, or says only that this machine could not find out: also where the registry
 * answers to the address that asks.
 */
export function pullability(code: FailedCode, answer: RegistryAnswer | null): Pullability {
  const isOurs = MEANINGS[code].unverifiable === true || answer?.address === true;
  return isOurs ? 'unverifiable' : 'not pullable';
}

/** Azure's, IBM's and others' words for a caller's address that may not come in, whoever it is. */
const BY_ADDRESS =
  /client with IP .{0,80}not allowed|private-only access|over the private network|context-based restriction|\bIP (?:address )?\S{0,60} ?(?:is )?not (?:allowed|authorized|permitted)/i;

/** A refused login's time is over, in the words of registries and token servers. */
const EXPIRED =
  /\b(?:tokens?|credentials?|passwords?|sessions?|jwt|keys?) (?:(?:has|have|is|are) )?(?:been )?expired\b/i;

/** Codes with which a login is refused. */
const LOGIN_REFUSED: ReadonlySet<FailedCode> = new Set<FailedCode>([
  'token-refused',
  'unauthorized',
  'forbidden',
]);

/** `facts`: of the step that failed. */
export function causeOf(
  code: FailedCode,
  image: ImageReference,
  { status, systemCode, errorMessage }: StepFacts = {},
  answer: RegistryAnswer | null = null,
): CauseName {
  if (code === 'manifest-not-found' && image.digest !== null) return 'DigestNotFound';
  // The registry's own words know more than a status.
  if (answer !== null) return answer.causes[0];
  if (LOGIN_REFUSED.has(code) && EXPIRED.test(errorMessage ?? '')) return 'CredentialsExpired';
  // A token server that refuses with 403 denies, as a registry does (GHCR, GitLab, Artifact Registry).
  if (code.startsWith('token-') && status === 403) return 'Forbidden';
  if (code === 'not-a-registry' && (status === 403 || status === 451)) return 'AccessBlocked';
  if (code === 'forbidden' && BY_ADDRESS.test(errorMessage ?? '')) return 'AccessBlocked';
  if (code === 'token-unreachable' || code === 'blob-unreachable') return unreachable(systemCode);
  return MEANINGS[code].cause;
}

/** A token server or a storage that is not reached has the causes that a registry would have. */
function unreachable(systemCode: string | undefined): CauseName {
  if (systemCode === undefined) return 'NetworkUnreachable';
  const error = Object.assign(new Error(systemCode), { code: systemCode });
  return MEANINGS[requestFault(error, '', 'connect').code].cause;
}
