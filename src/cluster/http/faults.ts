/** What broke a request, from the codes of Node and OpenSSL; the texts are never read. */
import { ConnectionError, type ConnectionFault } from '../errors.ts';

/** Our own time limit passed. */
export class Silence extends Error {
  override readonly name = 'Silence';
}

/** The answer ended before its end. */
export class Cut extends Error {
  override readonly name = 'Cut';
}

/** The answer is larger than we read. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';

  constructor(limit: number) {
    super(`the answer is larger than ${Math.floor(limit / 1_048_576)} MiB`);
  }
}

/** The proxy on the way refused or failed. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
}

/**
 * The error of a request as ConnectionError. `reached`: the connection to the server stood before it failed.
 * The details are worded as Go words them, since that is what people search for.
 */
export function connectionFault(cause: unknown, server: URL, reached: boolean): ConnectionError {
  if (cause instanceof ConnectionError) return cause;
  const code = codeOf(cause);
  const fault = faultOf(cause, code, reached);
  const detail = detailOf(cause, fault, code, server, reached);
  return new ConnectionError({ fault, host: server.host, reached, code, detail, cause });
}

/** The code of the error, or of the first attempt where several addresses were tried. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && !('code' in error && error.code)) {
    return codeOf(error.errors[0]);
  }
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const FAULTS: Readonly<Record<string, ConnectionFault>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ENODATA: 'dns',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
};

/** OpenSSL's verification codes as Node names them, beside the `CERT_…` and `ERR_TLS_…` families. */
const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'EPROTO',
]);

function faultOf(cause: unknown, code: string, reached: boolean): ConnectionFault {
  if (cause instanceof Silence) return 'timeout';
  if (cause instanceof TooLarge) return 'too large';
  if (cause instanceof Cut) return 'reset';
  if (cause instanceof ProxyRefusal) return 'proxy';
  const listed = FAULTS[code];
  if (listed !== undefined) return listed;
  if (CERTIFICATE_CODES.has(code) || /^(?:CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_)/.test(code))
    return 'tls';
  return reached || code.startsWith('HPE_') ? 'protocol' : 'unreachable';
}

function detailOf(
  cause: unknown,
  fault: ConnectionFault,
  code: string,
  server: URL,
  reached: boolean,
): string {
  const text = cause instanceof Error ? firstLine(cause.message) : String(cause);
  switch (fault) {
    case 'refused':
      return `dial tcp ${server.host}: connect: connection refused`;
    case 'dns':
      return code === 'ENOTFOUND'
        ? `dial tcp: lookup ${server.hostname}: no such host`
        : `dial tcp: lookup ${server.hostname}: ${code}: the name server did not answer`;
    case 'timeout':
      return reached
        ? `${server.host} did not answer within the time limit`
        : `dial tcp ${server.host}: i/o timeout`;
    case 'reset':
      return reached
        ? `${server.host} cut the connection before the answer was complete (${code || 'unexpected EOF'})`
        : `${server.host} cut the connection before TLS was set up (${code || 'EOF'})`;
    case 'tls':
      return tlsDetail(cause, code, text);
    case 'unreachable':
      return `dial tcp ${server.host}: ${code || text}`;
    case 'protocol':
      return `${server.host} answered with something that is not HTTP (${code || text})`;
    case 'proxy':
    case 'too large':
      return text;
  }
}

const UNKNOWN_AUTHORITY = 'x509: certificate signed by unknown authority';

const TLS_DETAILS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: 'x509: certificate has expired or is not yet valid',
  CERT_NOT_YET_VALID: 'x509: certificate has expired or is not yet valid',
  CERT_REVOKED: 'x509: certificate has been revoked',
};

/** The chain does not end at a certificate authority that is trusted. `code` is OpenSSL's, as Node names it. */
export function isUnknownAuthority(code: string): boolean {
  return TLS_DETAILS[code] === UNKNOWN_AUTHORITY;
}

/** Go's sentences for the alerts that a server sends (crypto/tls alert.go). */
const ALERTS: Readonly<Record<string, string>> = {
  HANDSHAKE_FAILURE: 'handshake failure',
  BAD_CERTIFICATE: 'bad certificate',
  CERTIFICATE_EXPIRED: 'expired certificate',
  CERTIFICATE_REQUIRED: 'certificate required',
  UNKNOWN_CA: 'unknown certificate authority',
  PROTOCOL_VERSION: 'protocol version not supported',
  INTERNAL_ERROR: 'internal error',
  UNRECOGNIZED_NAME: 'unrecognized name',
  ACCESS_DENIED: 'access denied',
};

function tlsDetail(cause: unknown, code: string, text: string): string {
  const known = TLS_DETAILS[code];
  if (known !== undefined) return `tls: failed to verify certificate: ${known}`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `tls: failed to verify certificate: ${wrongName(cause) ?? `x509: ${text}`}`;
  }
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return `tls: first record does not look like a TLS handshake`;
  }
  const alert = /ALERT_(\w+)$/.exec(code)?.[1] ?? '';
  const said = ALERTS[alert];
  return said === undefined ? `tls: ${code}: ${text}` : `remote error: tls: ${said}`;
}

/** A certificate with more names is no longer read out. */
const NAMES_SHOWN = 100;

/** Go's crypto/x509 HostnameError, from what Node keeps of the certificate; null where it keeps nothing. */
function wrongName(cause: unknown): string | null {
  const { host, cert } = cause as { host?: unknown; cert?: { subjectaltname?: unknown } };
  if (typeof host !== 'string' || cert === undefined) return null;
  const names = typeof cert.subjectaltname === 'string' ? cert.subjectaltname.split(', ') : [];
  const isAddress = host.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
  const prefix = isAddress ? 'IP Address:' : 'DNS:';
  const held = names.filter((name) => name.startsWith(prefix)).map((n) => n.slice(prefix.length));
  if (isAddress && held.length === 0) {
    return `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
  }
  if (held.length >= NAMES_SHOWN) {
    const what = isAddress ? 'IP SANs' : 'names';
    return `x509: certificate is valid for ${held.length} ${what}, but none matched ${host}`;
  }
  if (held.length === 0) {
    return `x509: certificate is not valid for any names, but wanted to match ${host}`;
  }
  return `x509: certificate is valid for ${held.map(shortAddress).join(', ')}, not ${host}`;
}

/** Node writes IPv6 addresses of certificates in full. */
function shortAddress(name: string): string {
  const url = name.includes(':') ? URL.parse(`http://[${name}]`) : null;
  return url === null ? name : url.hostname.slice(1, -1);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
