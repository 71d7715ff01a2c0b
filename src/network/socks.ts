/** The SOCKS5 handshake (RFC 1928, RFC 1929) on a connection to a proxy. The proxy looks up the server's name. */
import type { Socket } from 'node:net';
import { SocksClient } from 'socks';
import { hostPort, type Place } from './hosts.ts';
import { ProxyRefusal } from './proxy-errors.ts';
import type { ProxyUrl } from './proxy-url.ts';

/** Bytes; the length is written in one byte. */
const LONGEST = 255;

/** What a proxy says of the server, by the name that the library gives the reply code, in Go's words. */
const REPLIES: Readonly<Record<string, string>> = {
  undefined: 'unknown reply code',
  Failure: 'general SOCKS server failure',
  NotAllowed: 'connection not allowed by ruleset',
  NetworkUnreachable: 'network unreachable',
  HostUnreachable: 'host unreachable',
  TTLExpired: 'TTL expired',
  CommandNotSupported: 'command not supported',
  AddressNotSupported: 'address type not supported',
};

/** The server refused the proxy's connection: for the user the same as if it had refused ours. */
class Refused extends Error {
  readonly code = 'ECONNREFUSED';
}

/**
 * Asks the proxy at the other end of `socket` for a connection to the target. What follows on the socket is said to
 * the target. Throws ProxyRefusal; an error with the code ECONNREFUSED where the
 * target, not the proxy, refused.
 */
export async function socksConnect(
  socket: Socket,
  via: ProxyUrl,
  target: Place,
  limitMs: number,
): Promise<void> {
  const refusal = (said: string) =>
    new ProxyRefusal({
      stage: 'socks',
      proxy: via.address,
      port: via.port,
      target: hostPort(target),
      said,
    });
  const { user, password } = via.login ?? { user: '', password: '' };
  // Checked here: the library would throw it from within an event, where nobody can catch it.
  if (Buffer.byteLength(user) > LONGEST || Buffer.byteLength(password) > LONGEST) {
    throw refusal(`invalid username/password (longer than ${LONGEST} bytes)`);
  }
  try {
    await SocksClient.createConnection({
      command: 'connect',
      proxy: { host: via.host, port: via.port, type: 5, userId: user, password },
      destination: target,
      existing_socket: socket,
      timeout: limitMs,
    });
  } catch (error) {
    // Only its text: the library's error carries the password.
    const text = error instanceof Error ? error.message : String(error);
    const reply = text.slice(text.lastIndexOf(' ') + 1);
    if (reply === 'ConnectionRefused')
      throw new Refused(`${via.address}->${hostPort(target)}: ${text}`);
    throw refusal(REPLIES[reply] ?? text);
  }
}
