/** What a proxy did instead of letting us through, as a fault of the step `connect`. */
import { STATUS_CODES } from 'node:http';
import { systemCodeOf } from '../network/fault-codes.ts';
import type { ProxyRefusal } from '../network/proxy-errors.ts';
import type { ProxyUrl } from '../network/proxy-url.ts';
import { contentType } from './answer.ts';
import type { HttpAnswer } from './exchange.ts';
import { RequestFault, requestFault } from './faults.ts';

/** Names the proxy, never its login; what the proxy itself says is not repeated: it may repeat what it was shown. */
export function proxyFault(refusal: ProxyRefusal): RequestFault {
  const { proxy, status, cause } = refusal;
  const systemCode = systemCodeOf(cause);
  return new RequestFault(
    'connect',
    'proxy-failed',
    detailOf(refusal),
    {
      address: proxy,
      ...(status !== null && { status }),
      ...(systemCode !== '' && { systemCode }),
    },
    refusal,
  );
}

/** A proxy of the environment that cannot be used; `why` does not show its URL. */
export function unusableProxy(why: string): RequestFault {
  return new RequestFault('connect', 'proxy-failed', why);
}

function detailOf({ stage, proxy, target, status, said, cause }: ProxyRefusal): string {
  const name = `proxy ${proxy}`;
  switch (stage) {
    case 'port':
      return `${name}: there is no such port`;
    case 'dial':
      return requestFault(cause, name, 'connect').message;
    case 'ask':
      return requestFault(cause, name, 'answer').message;
    case 'answer':
      return `${name} answers CONNECT ${target} with ${statusWords(status ?? 0)}`;
    case 'socks':
      return `${name}, asked for ${target}: ${said}`;
    case 'silent':
      return `${name} did not let us through within the time limit`;
    case 'stopped':
      return `${name}: given up`;
  }
}

function statusWords(status: number): string {
  const known = STATUS_CODES[status];
  return known === undefined ? String(status) : `${status} (${known})`;
}

/**
 * An HTTP proxy that is asked for a whole URL answers in the registry's place. 407 is a proxy's own; what a gateway says
 * of a server that it does not reach (RFC 9110, section 15.6), and a page of 403, are taken for the proxy's where
 * nothing in them is a registry's. `null` where the registry speaks.
 */
export function answerOfProxy(answer: HttpAnswer, via: ProxyUrl): RequestFault | null {
  const { status, url, headers } = answer;
  if (url.protocol !== 'http:' || via.scheme === 'socks5') return null;
  const isRegistry =
    headers['docker-distribution-api-version'] !== undefined || answer.challenges.length > 0;
  const isProxy =
    status === 407 ||
    (!isRegistry && [502, 503, 504].includes(status)) ||
    (!isRegistry && status === 403 && contentType(answer) === 'text/html');
  if (!isProxy) return null;
  const detail = `proxy ${via.address}, asked for ${url.host}, answers ${statusWords(status)}`;
  return new RequestFault('connect', 'proxy-failed', detail, { address: via.address, status });
}
