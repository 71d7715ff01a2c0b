/** What the code of the step that decided means for the image: one table. */
import type { ImageReference } from '../image/reference.ts';
import type { RegistryAnswer } from '../registries/answers.ts';
import type { CauseName } from '../words/cause.ts';
import type { FailedCode, Pullability } from '../words/ladder.ts';

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
  'connection-lost': { cause: 'NetworkUnreachable', unverifiable: true },
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

export function causeOf(
  code: FailedCode,
  image: ImageReference,
  status: number | undefined,
  answer: RegistryAnswer | null,
): CauseName {
  if (code === 'manifest-not-found' && image.digest !== null) return 'DigestNotFound';
  // The registry's own words know more than a status.
  if (answer !== null) return answer.causes[0];
  // A token server that refuses with 403 denies, as a registry does (GHCR, GitLab, Artifact Registry).
  if (code.startsWith('token-') && status === 403) return 'Forbidden';
  if (code === 'not-a-registry' && (status === 403 || status === 451)) return 'AccessBlocked';
  return MEANINGS[code].cause;
}
