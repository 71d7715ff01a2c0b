import type { CauseName } from '../words/cause.ts';
import { AccessBlocked } from './catalogue/AccessBlocked.ts';
import { ConnectionRefused } from './catalogue/ConnectionRefused.ts';
import { CredentialProviderFailed } from './catalogue/CredentialProviderFailed.ts';
import { CredentialsExpired } from './catalogue/CredentialsExpired.ts';
import { DigestNotFound } from './catalogue/DigestNotFound.ts';
import { DnsFailure } from './catalogue/DnsFailure.ts';
import { Forbidden } from './catalogue/Forbidden.ts';
import { HttpHttpsMismatch } from './catalogue/HttpHttpsMismatch.ts';
import { ImageNeverPull } from './catalogue/ImageNeverPull.ts';
import { InvalidImageName } from './catalogue/InvalidImageName.ts';
import { LayerCorrupt } from './catalogue/LayerCorrupt.ts';
import { MirrorMisconfigured } from './catalogue/MirrorMisconfigured.ts';
import { NetworkTimeout } from './catalogue/NetworkTimeout.ts';
import { NetworkUnreachable } from './catalogue/NetworkUnreachable.ts';
import { NodeDiskFull } from './catalogue/NodeDiskFull.ts';
import { None } from './catalogue/None.ts';
import { PlatformMismatch } from './catalogue/PlatformMismatch.ts';
import { PolicyBlocked } from './catalogue/PolicyBlocked.ts';
import { ProxyFailure } from './catalogue/ProxyFailure.ts';
import { PullConflict } from './catalogue/PullConflict.ts';
import { PullQPSExceeded } from './catalogue/PullQPSExceeded.ts';
import { PullTimeout } from './catalogue/PullTimeout.ts';
import { QuotaExceeded } from './catalogue/QuotaExceeded.ts';
import { RateLimited } from './catalogue/RateLimited.ts';
import { RegistryUnavailable } from './catalogue/RegistryUnavailable.ts';
import { RepositoryMissingOrPrivate } from './catalogue/RepositoryMissingOrPrivate.ts';
import { RepositoryNotFound } from './catalogue/RepositoryNotFound.ts';
import { RuntimeUnavailable } from './catalogue/RuntimeUnavailable.ts';
import { SecretMalformed } from './catalogue/SecretMalformed.ts';
import { SecretMissing } from './catalogue/SecretMissing.ts';
import { SignatureRejected } from './catalogue/SignatureRejected.ts';
import { TagNotFound } from './catalogue/TagNotFound.ts';
import { TlsInvalid } from './catalogue/TlsInvalid.ts';
import { TlsUntrusted } from './catalogue/TlsUntrusted.ts';
import { Unauthorized } from './catalogue/Unauthorized.ts';
import { UnexpectedContent } from './catalogue/UnexpectedContent.ts';
import { Unknown } from './catalogue/Unknown.ts';
import { UnpackFailed } from './catalogue/UnpackFailed.ts';
import { UnsupportedManifest } from './catalogue/UnsupportedManifest.ts';
import type { Cause } from './cause.ts';

export type { Cause, Example, Group, Pattern, TellApart } from './cause.ts';

/** Every cause, by its name. */
export const CAUSES: Readonly<Record<CauseName, Cause>> = {
  InvalidImageName,
  TagNotFound,
  DigestNotFound,
  RepositoryNotFound,
  RepositoryMissingOrPrivate,
  Unauthorized,
  Forbidden,
  CredentialsExpired,
  SecretMissing,
  SecretMalformed,
  CredentialProviderFailed,
  AccessBlocked,
  PolicyBlocked,
  SignatureRejected,
  RateLimited,
  QuotaExceeded,
  PullQPSExceeded,
  ImageNeverPull,
  DnsFailure,
  ConnectionRefused,
  NetworkTimeout,
  NetworkUnreachable,
  ProxyFailure,
  TlsUntrusted,
  TlsInvalid,
  HttpHttpsMismatch,
  RegistryUnavailable,
  UnexpectedContent,
  LayerCorrupt,
  PlatformMismatch,
  UnsupportedManifest,
  NodeDiskFull,
  UnpackFailed,
  PullTimeout,
  RuntimeUnavailable,
  MirrorMisconfigured,
  PullConflict,
  Unknown,
  None,
};
