/**
 * The closed union of causes. The identifiers are the contract of `-o json`, the docs and `explain`:
 * a name is never changed, only added.
 */
export const CAUSE_NAMES = [
  'InvalidImageName',
  'TagNotFound',
  'DigestNotFound',
  'RepositoryNotFound',
  'RepositoryMissingOrPrivate',
  'Unauthorized',
  'Forbidden',
  'CredentialsExpired',
  'SecretMissing',
  'SecretMalformed',
  'CredentialProviderFailed',
  'AccessBlocked',
  'PolicyBlocked',
  'SignatureRejected',
  'RateLimited',
  'QuotaExceeded',
  'PullQPSExceeded',
  'ImageNeverPull',
  'DnsFailure',
  'ConnectionRefused',
  'NetworkTimeout',
  'NetworkUnreachable',
  'ProxyFailure',
  'TlsUntrusted',
  'TlsInvalid',
  'HttpHttpsMismatch',
  'RegistryUnavailable',
  'UnexpectedContent',
  'LayerCorrupt',
  'PlatformMismatch',
  'UnsupportedManifest',
  'NodeDiskFull',
  'UnpackFailed',
  'PullTimeout',
  'RuntimeUnavailable',
  'MirrorMisconfigured',
  'PullConflict',
  'Unknown',
  'None',
] as const;

/** `Unknown`: a pull failure whose text holds no cause. `None`: no pull failure. */
export type CauseName = (typeof CAUSE_NAMES)[number];
