/** What can go wrong between two machines, from the codes of Node and OpenSSL; their texts are never read. */
import type { FailedCode, StepFacts, StepName } from '../words/ladder.ts';

/** How far a connection had come when it failed. */
export type Phase = 'dns' | 'connect' | 'tls' | 'answer';

/** No answer came, or none that can be used. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault';
  readonly phase: Phase;
  readonly code: FailedCode;
  readonly facts: StepFacts;

  /** `detail` is one line for a person, without a secret. */
  constructor(
    phase: Phase,
    code: FailedCode,
    detail: string,
    facts: StepFacts = {},
    cause?: unknown,
  ) {
    super(detail, { cause });
    this.phase = phase;
    this.code = code;
    this.facts = facts;
  }

  /** The step that a fault of the registry itself belongs to; `null` where it came in the middle of an answer. */
  get step(): StepName | null {
    return this.phase === 'answer' ? null : this.phase;
  }
}

/** Our own time limit passed. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';
}

/** The answer ended before its end. */
export class Cut extends Error {
  override readonly name = 'Cut';
}

/** The answer is larger than is read. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly limit: number;

  constructor(limit: number) {
    super(`the answer is larger than ${sizeWords(limit)}`);
    this.limit = limit;
  }
}

function sizeWords(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${bytes} bytes`;
}

/** The error of a request to `host` (with port, as written) that failed in `phase`. */
export function requestFault(cause: unknown, host: string, phase: Phase): RequestFault {
  if (cause instanceof RequestFault) return cause;
  const systemCode = systemCodeOf(cause);
  const at = phaseOf(systemCode, phase);
  const { code, detail } = worded(cause, systemCode, host, at);
  return new RequestFault(at, code, detail, systemCode === '' ? {} : { systemCode }, cause);
}

/** The code of the error, or of the first attempt where several addresses were tried. */
export function systemCodeOf(error: unknown): string {
  if (error instanceof AggregateError && !('code' in error && error.code)) {
    return systemCodeOf(error.errors[0]);
  }
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const DNS_CODES: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'ENODATA',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
]);

function phaseOf(systemCode: string, phase: Phase): Phase {
  if (DNS_CODES.has(systemCode)) return 'dns';
  if (isTls(systemCode)) return 'tls';
  return phase === 'dns' && CONNECT_CODES[systemCode] !== undefined ? 'connect' : phase;
}

const CONNECT_CODES: Readonly<Record<string, FailedCode>> = {
  ECONNREFUSED: 'connect-refused',
  EHOSTUNREACH: 'connect-unreachable',
  ENETUNREACH: 'connect-unreachable',
  EADDRNOTAVAIL: 'connect-unreachable',
  EACCES: 'connect-unreachable',
  EPERM: 'connect-unreachable',
  ETIMEDOUT: 'connect-timeout',
  ECONNRESET: 'connect-reset',
  ECONNABORTED: 'connect-reset',
  EPIPE: 'connect-reset',
};

/** OpenSSL's verification codes as Node names them, beside the families of codes. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

/** The certificate's issuer is not among the roots that were looked at. */
export function isUntrusted(systemCode: string): boolean {
  return UNTRUSTED.has(systemCode);
}

function isTls(systemCode: string): boolean {
  return (
    isUntrusted(systemCode) ||
    systemCode === 'EPROTO' ||
    systemCode === 'INVALID_PURPOSE' ||
    systemCode === 'HOSTNAME_MISMATCH' ||
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_)/.test(systemCode)
  );
}

/** What OpenSSL says of a first record that is no TLS: plain HTTP, most often. */
const NOT_TLS: ReadonlySet<string> = new Set([
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
]);

interface Worded {
  readonly code: FailedCode;
  readonly detail: string;
}

function worded(cause: unknown, systemCode: string, host: string, phase: Phase): Worded {
  if (cause instanceof TooLarge) return { code: 'too-large', detail: `${host}: ${cause.message}` };
  switch (phase) {
    case 'dns':
      return dnsWords(cause, systemCode, host);
    case 'connect':
      return connectWords(cause, systemCode, host);
    case 'tls':
      return tlsWords(cause, systemCode, host);
    case 'answer':
      return answerWords(cause, systemCode, host);
  }
}

function dnsWords(cause: unknown, systemCode: string, host: string): Worded {
  if (systemCode === 'ENOTFOUND') {
    return { code: 'dns-not-found', detail: `lookup ${host}: no such host` };
  }
  if (cause instanceof TimeUp) {
    return { code: 'dns-failed', detail: `lookup ${host}: no answer within the time limit` };
  }
  return { code: 'dns-failed', detail: `lookup ${host}: the name server did not answer` };
}

function connectWords(cause: unknown, systemCode: string, host: string): Worded {
  const code =
    cause instanceof TimeUp ? 'connect-timeout' : (CONNECT_CODES[systemCode] ?? 'connect-reset');
  const said = {
    'connect-refused': 'connection refused',
    'connect-timeout': 'no connection within the time limit',
    'connect-unreachable': 'no route to it from this machine',
    'connect-reset': 'the connection was cut',
  } as const;
  return { code, detail: `${host}: ${said[code as keyof typeof said]}` };
}

function tlsWords(cause: unknown, systemCode: string, host: string): Worded {
  if (cause instanceof TimeUp) {
    return { code: 'timeout', detail: `${host}: no TLS handshake within the time limit` };
  }
  if (systemCode === 'CERT_HAS_EXPIRED' || systemCode === 'CERT_NOT_YET_VALID') {
    const when = systemCode === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet';
    return { code: 'tls-expired', detail: `the certificate of ${host} ${when}` };
  }
  if (systemCode === 'ERR_TLS_CERT_ALTNAME_INVALID' || systemCode === 'HOSTNAME_MISMATCH') {
    return { code: 'tls-name', detail: `the certificate is for other names than ${host}` };
  }
  if (isUntrusted(systemCode)) {
    return {
      code: 'tls-untrusted',
      detail: `the certificate of ${host} is signed by an authority that this machine does not trust`,
    };
  }
  if (NOT_TLS.has(systemCode)) {
    return { code: 'http-on-https', detail: `${host} does not speak TLS, plain HTTP perhaps` };
  }
  const why = systemCode === '' ? 'the connection was cut' : systemCode;
  return { code: 'tls-failed', detail: `no TLS with ${host}: ${why}` };
}

function answerWords(cause: unknown, systemCode: string, host: string): Worded {
  if (cause instanceof TimeUp) {
    return { code: 'timeout', detail: `${host}: no complete answer within the time limit` };
  }
  if (systemCode === 'HPE_HEADER_OVERFLOW') {
    return { code: 'too-large', detail: `${host}: the headers of the answer are too large` };
  }
  if (systemCode.startsWith('HPE_')) {
    return { code: 'not-a-registry', detail: `${host} answers with something that is not HTTP` };
  }
  return {
    code: 'connection-lost',
    detail: `${host} cut the connection before the answer was complete`,
  };
}
