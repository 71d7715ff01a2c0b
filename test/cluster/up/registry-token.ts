/** Tokens as docker-registry checks them ("Token Authentication Specification"). */
import { randomUUID, sign, X509Certificate } from 'node:crypto';

export interface TokenClaims {
  /** The `issuer` of the registry's settings. */
  readonly issuer: string;
  readonly user: string;
  readonly service: string;
  readonly access: readonly object[];
}

/** Good for five minutes; `key` and `certificate`: PEM, the certificate in the registry's `rootcertbundle` or signed by it. */
export function registryToken(claims: TokenClaims, key: Buffer, certificate: Buffer): string {
  const x5c = [new X509Certificate(certificate).raw.toString('base64')];
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: claims.issuer,
    sub: claims.user,
    aud: claims.service,
    exp: now + 300,
    nbf: now - 60,
    iat: now,
    jti: randomUUID(),
    access: claims.access,
  };
  const parts = [{ typ: 'JWT', alg: 'ES256', x5c }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = sign('sha256', Buffer.from(parts.join('.')), {
    key,
    dsaEncoding: 'ieee-p1363',
  });
  return [...parts, signature.toString('base64url')].join('.');
}
