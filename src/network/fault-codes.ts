/**
 * What the codes of Node and OpenSSL say of a connection; their texts are never read. The one table: the API server's
 * side words it as kubectl does, the registries' side as steps of a ladder.
 */
import { lookUp } from '../words/lookup.ts';

/** `http`: what came is not HTTP. */
export type ConnectionFaultKind =
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'tls'
  | 'http';

const SYSTEM: Readonly<Record<string, ConnectionFaultKind>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  EPROTO: 'tls',
};

/**
 * `unknown authority`: the issuer is not among the roots. `unfit authority`: it may not issue. `name`: the certificate
 * is for other names.
 */
export type CertificateFault =
  | 'unknown authority'
  | 'unfit authority'
  | 'expired'
  | 'not yet valid'
  | 'revoked'
  | 'name'
  | 'purpose';

const CERTIFICATE: Readonly<Record<string, CertificateFault>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown authority',
  CERT_SIGNATURE_FAILURE: 'unknown authority',
  CERT_UNTRUSTED: 'unfit authority',
  INVALID_CA: 'unfit authority',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not yet valid',
  CERT_REVOKED: 'revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name',
  HOSTNAME_MISMATCH: 'name',
  INVALID_PURPOSE: 'purpose',
};

/** The code of the error, or of the first attempt where several addresses were tried; empty where it has none. */
export function systemCodeOf(error: unknown): string {
  if (error instanceof AggregateError && !('code' in error && error.code)) {
    return systemCodeOf(error.errors[0]);
  }
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** `null` for a code that says nothing of the connection. */
export function faultKind(code: string): ConnectionFaultKind | null {
  const listed = lookUp(SYSTEM, code);
  if (listed !== undefined) return listed;
  if (code.startsWith('HPE_')) return 'http';
  const isTls =
    lookUp(CERTIFICATE, code) !== undefined || /^(?:CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_)/.test(code);
  return isTls ? 'tls' : null;
}

/** What is wrong with a certificate that was refused; `null` where it was not the certificate. */
export function certificateFault(code: string): CertificateFault | null {
  return lookUp(CERTIFICATE, code) ?? null;
}

/** OpenSSL on a first record that is no TLS: plain HTTP, most often. */
export function isNotTls(code: string): boolean {
  return NOT_TLS.has(code);
}

const NOT_TLS: ReadonlySet<string> = new Set([
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
]);
