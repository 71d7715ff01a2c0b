/**
 * Says of a certificate that was refused whose it is: OpenSSL's error holds no more than a code, and "unknown
 * authority" alone does not tell a re-made cluster from a proxy in between.
 * Rule: the sentences are those of Go's crypto/x509.
 */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { commonName } from '../../network/common-name.ts';
import { certificateFault } from '../../network/fault-codes.ts';
import { portOf } from '../../network/hosts.ts';
import { stamp } from '../../words/stamp.ts';
import type { Endpoint } from '../connection.ts';
import { ConnectionError } from '../errors.ts';
import { makeAgent, proxyOf } from './agent.ts';

/** The server has so long to show its certificate a second time, in milliseconds. */
const LIMIT_MS = 5000;

export interface Looker {
  readonly endpoint: Endpoint;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/**
 * The error with the names and times that kubectl would give. Connects once more where that helps, without checking
 * and without sending a byte but the handshake; the same error where that brings nothing.
 */
export async function withCertificate(
  error: ConnectionError,
  looker: Looker,
): Promise<ConnectionError> {
  const wrong = certificateFault(error.code);
  const isTime = wrong === 'expired' || wrong === 'not yet valid';
  if (error.fault !== 'tls' || !(isTime || wrong === 'unknown authority')) {
    return error;
  }
  // To look without checking would show a login meant for an https proxy to whoever answers in its place.
  if (proxyOf(looker.endpoint, looker.env)?.scheme === 'https') return error;
  const shown = await look(looker);
  if (shown === null) return error;
  const more = isTime
    ? validity(shown, looker.now())
    : await authority(shown, looker.endpoint.ca?.toString('latin1') ?? '');
  return new ConnectionError({
    fault: error.fault,
    host: error.host,
    reached: error.reached,
    code: error.code,
    detail: error.message + more,
    cause: error.cause,
  });
}

async function look({ endpoint, env, signal }: Looker): Promise<X509Certificate | null> {
  const { server } = endpoint;
  const [agent, { request }] = await Promise.all([
    makeAgent({ ...endpoint, ca: undefined, insecure: true }, {}, env),
    import('node:https'),
  ]);
  try {
    return await new Promise((done) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
      // Never ended, so that no request goes out.
      const sent = request({
        agent,
        signal: limit,
        host: server.hostname.replace(/^\[|\]$/g, ''),
        port: portOf(server),
      });
      sent.on('error', () => done(null));
      sent.on('socket', (socket) => {
        const secure = socket as TLSSocket;
        secure.once('secureConnect', () => {
          done(secure.getPeerX509Certificate() ?? null);
          sent.destroy();
        });
      });
    });
  } finally {
    agent.destroy();
  }
}

function validity(certificate: X509Certificate, now: number): string {
  const { validFromDate, validToDate } = certificate;
  const at = goTime(new Date(now));
  return now < validFromDate.getTime()
    ? `: current time ${at} is before ${goTime(validFromDate)}`
    : `: current time ${at} is after ${goTime(validToDate)}`;
}

function goTime(date: Date): string {
  // Go prints no fractions.
  return stamp(Math.trunc(date.getTime() / 1000) * 1000);
}

/** As many certificates of the kubeconfig are looked at; bundles of the whole web hold some hundred. */
const AUTHORITIES = 500;

/** A CA of the right name with the wrong key is what a re-made cluster leaves behind; otherwise both sides by name. */
async function authority(shown: X509Certificate, pem: string): Promise<string> {
  const { X509Certificate } = await import('node:crypto');
  const trusted: X509Certificate[] = [];
  for (const block of pem.split('-----BEGIN CERTIFICATE-----').slice(1, AUTHORITIES + 1)) {
    try {
      trusted.push(new X509Certificate(`-----BEGIN CERTIFICATE-----${block}`));
    } catch {
      // One that cannot be read trusts nothing.
    }
  }
  const namesake = trusted.find((certificate) => certificate.subject === shown.issuer);
  if (namesake !== undefined) {
    const why = VERIFICATION[namesake.publicKey.asymmetricKeyType ?? ''] ?? 'verification failure';
    return ` (possibly because of "${why}" while trying to verify candidate authority certificate "${commonName(namesake.subject)}")`;
  }
  const by =
    shown.issuer === shown.subject ? 'is self-signed' : `is by "${commonName(shown.issuer)}"`;
  const names = [...new Set(trusted.map(({ subject }) => `"${commonName(subject)}"`))];
  const ours = names.length === 0 ? 'the roots of this machine' : names.slice(0, 3).join(', ');
  return ` (the server's certificate ${by}; trusted here: ${ours})`;
}

const VERIFICATION: Readonly<Record<string, string>> = {
  rsa: 'crypto/rsa: verification error',
  ec: 'x509: ECDSA verification failure',
  ed25519: 'x509: Ed25519 verification failure',
};
