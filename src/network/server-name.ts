/** The name that TLS asks a server for and looks for in its certificate. */
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';

/**
 * Options for a connection to `host` (an address without brackets); `override` is `tls-server-name`.
 *
 * - An IP address is not sent (RFC 6066, section 3), only looked for in the certificate. Node would send one that is
 *   given as name, with a warning.
 * - Node from 22.23.0 and 24.17.0 finds no IPv6 address in any certificate (nodejs/node#64032), so OpenSSL looks for
 *   it; where it is missing, Node's error is kept.
 */
export async function serverName(
  host: string,
  override?: string | undefined,
): Promise<ConnectionOptions> {
  const name = override ?? host;
  const family = isIP(name);
  if (family === 0) return { servername: name };
  if (family === 4 && override === undefined) return { servername: '' };
  const [{ X509Certificate }, { checkServerIdentity }] = await Promise.all([
    import('node:crypto'),
    import('node:tls'),
  ]);
  return {
    servername: '',
    checkServerIdentity: (_, certificate) =>
      new X509Certificate(certificate.raw).checkIP(name) === undefined
        ? checkServerIdentity(name, certificate)
        : undefined,
  };
}
