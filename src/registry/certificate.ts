/**
 * Whose a certificate is that was refused: OpenSSL's error holds no more than a code. Connects once more, checks
 * nothing, and sends nothing but the handshake.
 */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { commonName } from '../network/common-name.ts';
import type { StepFacts } from '../words/ladder.ts';
import { type Agents, placeOf } from './agents.ts';
import { shorten } from './answer.ts';
import { RequestFault } from './faults.ts';
import { plainHost } from './hosts.ts';

/** Milliseconds for the second look. */
const LIMIT_MS = 5000;

/** The fault with names and times; the same one where that brings nothing. */
export async function withCertificate(
  fault: RequestFault,
  url: URL,
  agents: Agents,
  addresses: ReadonlyMap<string, string>,
): Promise<RequestFault> {
  if (!['tls-untrusted', 'tls-name', 'tls-expired'].includes(fault.code)) return fault;
  const shown = await look(url, agents, addresses);
  if (shown === null) return fault;
  const facts: StepFacts = {
    ...fault.facts,
    issuer: shorten(commonName(shown.issuer)),
    names: shorten(shown.subjectAltName ?? commonName(shown.subject)),
    validTo: shown.validToDate.toISOString(),
  };
  const more = {
    'tls-untrusted': `issued by ${facts.issuer}`,
    'tls-name': facts.names,
    'tls-expired': `it ended at ${facts.validTo}`,
  }[fault.code as 'tls-untrusted' | 'tls-name' | 'tls-expired'];
  return new RequestFault('tls', fault.code, `${fault.message} (${more})`, facts, fault);
}

async function look(
  url: URL,
  agents: Agents,
  addresses: ReadonlyMap<string, string>,
): Promise<X509Certificate | null> {
  const host = plainHost(url.hostname);
  // A proxy that let us through once and now does not: the certificate stays unseen.
  const through = await agents.dial(url).catch(() => undefined);
  if (through === undefined) return null;
  return new Promise((done) => {
    const socket = connect({
      ...(through === null ? placeOf(url, addresses) : { socket: through }),
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    });
    const end = (certificate: X509Certificate | null) => {
      clearTimeout(timer);
      socket.destroy();
      done(certificate);
    };
    const timer = setTimeout(() => end(null), LIMIT_MS);
    socket.once('error', () => end(null));
    socket.once('secureConnect', () => end(socket.getPeerX509Certificate() ?? null));
  });
}
