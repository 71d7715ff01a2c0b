/**
 * When a credential ends, as far as it says so itself. Nothing is asked and no signature checked; what cannot be read
 * stays unknown. Pure.
 */
import type { Hidden } from '../words/hidden.ts';
import { base64Object, jwtClaims, MAX_TOKEN, secondsToMs } from './jwt.ts';
import type { CredentialKind, ExpiryForm } from './kinds/index.ts';

/** Where the date was read. */
export type ExpirySource = 'exp of the JWT' | 'expiration of the ECR token' | 'time of the token';

/** A date that a credential carries, or none. Times are milliseconds, `expiresAt` since 1970. */
export type Expiry =
  | {
      readonly known: true;
      readonly expiresAt: number;
      /** Negative where it is over. */
      readonly leftMs: number;
      readonly from: ExpirySource;
    }
  | { readonly known: false };

const UNKNOWN: Expiry = { known: false };

const SOURCES: Readonly<Record<ExpiryForm, ExpirySource>> = {
  jwt: 'exp of the JWT',
  ecr: 'expiration of the ECR token',
  alibaba: 'time of the token',
};

const READERS: Readonly<Record<ExpiryForm, (token: string) => number | null>> = {
  jwt: (token) => jwtClaims(token)?.expiresAt ?? null,
  ecr: (token) => secondsToMs(base64Object(token)?.['expiration']),
  alibaba: (token) => alibabaTime(token),
};

/**
 * The end of a credential of this kind. A password that is a JWT says its date whatever the kind (robots of old
 * Harbors, federated robots of Quay). Never throws; passwords above 64 KiB are not read.
 */
export function expiryOf(kind: CredentialKind, password: Hidden, now: number): Expiry {
  if (password.length > MAX_TOKEN) return UNKNOWN;
  const token = password.reveal().trim();
  const forms: readonly ExpiryForm[] =
    kind.expiry === null || kind.expiry === 'jwt' ? ['jwt'] : [kind.expiry, 'jwt'];
  for (const form of forms) {
    const expiresAt = READERS[form](token);
    if (expiresAt === null) continue;
    return { known: true, expiresAt, leftMs: expiresAt - now, from: SOURCES[form] };
  }
  return UNKNOWN;
}

/**
 * The time after which a credential that carries no date is certainly over: it was made before it was written into
 * the secret, and each of its kind lives as long. `null` where the kind has no fixed life. `writtenAt`: the last write
 * of the secret's data, milliseconds since 1970.
 */
export function endsAtLatest(kind: CredentialKind, writtenAt: number): number | null {
  return kind.lifeMs === null ? null : writtenAt + kind.lifeMs;
}

/** `base64({"instanceId","time","type","userId"}):signature`; `time` is milliseconds, as text or number. */
function alibabaTime(token: string): number | null {
  const time = base64Object(token.split(':', 1)[0] ?? '')?.['time'];
  const ms = typeof time === 'string' && /^\d{1,16}$/.test(time) ? Number(time) : time;
  return typeof ms === 'number' ? secondsToMs(ms / 1000) : null;
}
