/** What broke a request to an API server, worded as Go words it, since that is what people search for. */
import {
  type CertificateFault,
  certificateFault,
  faultKind,
  systemCodeOf,
} from '../../network/fault-codes.ts';
import { ProxyRefusal } from '../../network/proxy-errors.ts';
import { lookUp } from '../../words/lookup.ts';
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

/** The error of a request as ConnectionError. `reached`: the connection to the server stood before it failed. */
export function connectionFault(cause: unknown, server: URL, reached: boolean): ConnectionError {
  if (cause instanceof ConnectionError) return cause;
  const code = systemCodeOf(cause);
  const fault = faultOf(cause, code, reached);
  const detail = detailOf(cause, fault, code, server, reached);
  return new ConnectionError({ fault, host: server.host, reached, code, detail, cause });
}

function faultOf(cause: unknown, code: string, reached: boolean): ConnectionFault {
  if (cause instanceof Silence) return 'timeout';
  if (cause instanceof TooLarge) return 'too large';
  if (cause instanceof Cut) return 'reset';
  if (cause instanceof ProxyRefusal) return 'proxy';
  const kind = faultKind(code);
  if (kind === null) return reached ? 'protocol' : 'unreachable';
  return kind === 'http' ? 'protocol' : kind;
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
      return cause instanceof ProxyRefusal ? proxyDetail(cause) : text;
    case 'content':
    case 'too large':
      return text;
  }
}

function proxyDetail(refusal: ProxyRefusal): string {
  const { stage, proxy, port, target, status, said, cause } = refusal;
  const inner = (reached: boolean) => connectionFault(cause, urlOf(proxy), reached).message;
  switch (stage) {
    case 'port':
      return `proxyconnect tcp: dial tcp: address ${port}: invalid port`;
    case 'dial':
      return `proxyconnect tcp: ${inner(false)}`;
    case 'ask':
      return `proxyconnect tcp: CONNECT ${target}: ${inner(true)}`;
    case 'answer':
      // Go's whole error is the phrase; without the rest nobody would look for a proxy.
      return `${said || 'unknown status code'} (the proxy ${proxy} answered CONNECT ${target} with ${status})`;
    case 'socks':
      return `socks connect tcp ${proxy}->${target}: ${said}`;
    case 'silent':
      return `proxyconnect tcp: ${proxy} did not answer within the time limit`;
    case 'stopped':
      return 'proxyconnect tcp: operation was canceled';
  }
}

/** With a scheme that has no port of its own, so that the port is always shown. */
function urlOf(address: string): URL {
  return URL.parse(`tcp://${address}`) ?? new URL('tcp://proxy');
}

/** Go's sentences for certificates (crypto/x509); the others have no more than OpenSSL's code. */
const CERTIFICATE_DETAILS: Partial<Record<CertificateFault, string>> = {
  'unknown authority': 'x509: certificate signed by unknown authority',
  expired: 'x509: certificate has expired or is not yet valid',
  'not yet valid': 'x509: certificate has expired or is not yet valid',
  revoked: 'x509: certificate has been revoked',
};

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
  const wrong = certificateFault(code);
  const known = wrong === null ? undefined : CERTIFICATE_DETAILS[wrong];
  if (known !== undefined) return `tls: failed to verify certificate: ${known}`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `tls: failed to verify certificate: ${wrongName(cause) ?? `x509: ${text}`}`;
  }
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return `tls: first record does not look like a TLS handshake`;
  }
  const alert = /ALERT_(\w+)$/.exec(code)?.[1] ?? '';
  const said = lookUp(ALERTS, alert);
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
