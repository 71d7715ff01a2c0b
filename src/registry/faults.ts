/** What goes wrong between us and a registry, as a step of the ladder. */
import {
  type ConnectionFaultKind,
  certificateFault,
  faultKind,
  isNotTls,
  systemCodeOf,
} from '../network/fault-codes.ts';
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
  const at = phaseOf(faultKind(systemCode), phase);
  const { code, detail } = worded(cause, systemCode, host, at);
  return new RequestFault(at, code, detail, systemCode === '' ? {} : { systemCode }, cause);
}

function phaseOf(kind: ConnectionFaultKind | null, phase: Phase): Phase {
  if (kind === 'dns' || kind === 'tls') return kind;
  return phase === 'dns' && kind !== null && CONNECT_CODES[kind] !== undefined ? 'connect' : phase;
}

const CONNECT_CODES: Partial<Record<ConnectionFaultKind, FailedCode>> = {
  refused: 'connect-refused',
  unreachable: 'connect-unreachable',
  timeout: 'connect-timeout',
  reset: 'connect-reset',
};

/** The certificate's issuer is not among the roots that were looked at. */
export function isUntrusted(systemCode: string): boolean {
  const fault = certificateFault(systemCode);
  return fault === 'unknown authority' || fault === 'unfit authority';
}

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
    cause instanceof TimeUp
      ? 'connect-timeout'
      : (CONNECT_CODES[faultKind(systemCode) ?? 'reset'] ?? 'connect-reset');
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
  const wrong = certificateFault(systemCode);
  if (wrong === 'expired' || wrong === 'not yet valid') {
    const when = wrong === 'expired' ? 'has expired' : 'is not valid yet';
    return { code: 'tls-expired', detail: `the certificate of ${host} ${when}` };
  }
  if (wrong === 'name') {
    return { code: 'tls-name', detail: `the certificate is for other names than ${host}` };
  }
  if (isUntrusted(systemCode)) {
    return {
      code: 'tls-untrusted',
      detail: `the certificate of ${host} is signed by an authority that this machine does not trust`,
    };
  }
  if (isNotTls(systemCode)) {
    return { code: 'http-on-https', detail: `${host} does not speak TLS, plain HTTP perhaps` };
  }
  // A firewall that resets, or a server that has no more to say: not a matter of TLS.
  if (systemCode === '' || faultKind(systemCode) === 'reset') {
    return { code: 'connection-lost', detail: `${host} cut the connection in the TLS handshake` };
  }
  return { code: 'tls-failed', detail: `no TLS with ${host}: ${systemCode}` };
}

function answerWords(cause: unknown, systemCode: string, host: string): Worded {
  if (cause instanceof TimeUp) {
    return { code: 'timeout', detail: `${host}: no complete answer within the time limit` };
  }
  if (systemCode === 'HPE_HEADER_OVERFLOW') {
    return { code: 'too-large', detail: `${host}: the headers of the answer are too large` };
  }
  if (faultKind(systemCode) === 'http') {
    return { code: 'not-a-registry', detail: `${host} answers with something that is not HTTP` };
  }
  return {
    code: 'connection-lost',
    detail: `${host} cut the connection before the answer was complete`,
  };
}
