/**
 * What the payload of a token says. A signature is never checked: nobody here decides on access, only on the date a
 * token itself carries. Pure; hostile input gives null.
 */
import { type Fields, isFields, parseJson } from '../words/fields.ts';

/** Tokens of registries have a few KiB; what is larger is not read. */
export const MAX_TOKEN = 65_536;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const JWT = /^ey[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*$/;

/** A date outside what `Date` holds is no date. */
const MAX_SECONDS = 8_640_000_000_000;

/** The few claims that say how long a token lives and whose it is. Never shown unasked: they are a secret's content. */
export interface JwtClaims {
  /** Milliseconds since 1970; `null` where the claim is absent or no date. */
  readonly expiresAt: number | null;
  readonly issuedAt: number | null;
  /** IBM: `iam_id` and `account.bss`. */
  readonly iamId: string | null;
  readonly account: string | null;
  /** Kubernetes: `kubernetes.io` (bound tokens) or its older flat claims. */
  readonly serviceAccount: { readonly namespace: string; readonly name: string } | null;
}

/** Whether a text has the form of a JSON Web Token with a readable payload. */
export function isJwt(text: string): boolean {
  return jwtPayload(text) !== null;
}

/** The claims of a token, or `null` where the text is no token of this form. */
export function jwtClaims(text: string): JwtClaims | null {
  const payload = jwtPayload(text);
  if (payload === null) return null;
  const bound = objectAt(payload, 'kubernetes.io');
  const namespace = bound
    ? textAt(bound, 'namespace')
    : textAt(payload, 'kubernetes.io/serviceaccount/namespace');
  const name = bound
    ? textAt(objectAt(bound, 'serviceaccount') ?? {}, 'name')
    : textAt(payload, 'kubernetes.io/serviceaccount/service-account.name');
  return {
    expiresAt: secondsToMs(payload['exp']),
    issuedAt: secondsToMs(payload['iat']),
    iamId: textAt(payload, 'iam_id'),
    account: textAt(objectAt(payload, 'account') ?? {}, 'bss'),
    serviceAccount: namespace === null || name === null ? null : { namespace, name },
  };
}

/** Seconds since 1970 (a number, or a number written as text) to milliseconds, or `null`. */
export function secondsToMs(value: unknown): number | null {
  const seconds = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > MAX_SECONDS) return null;
  return Math.floor(seconds * 1000);
}

/**
 * The JSON object inside standard or URL-safe base64, padded or not; `null` where it is none or too large. Bytes above
 * 127 come out as Latin-1: enough for dates and identifiers, which are ASCII.
 */
export function base64Object(text: string): Fields | null {
  if (text.length > MAX_TOKEN) return null;
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  if (!BASE64.test(standard)) return null;
  const bare = standard.replace(/={1,2}$/, '');
  if (bare.length % 4 === 1) return null;
  return parseObject(atob(bare));
}

/** The JSON object a text is, or `null`. */
export function parseObject(text: string): Fields | null {
  const value = parseJson(text);
  return isFields(value) ? value : null;
}

function jwtPayload(text: string): Fields | null {
  if (text.length > MAX_TOKEN || !JWT.test(text)) return null;
  return base64Object(text.split('.', 2)[1] ?? '');
}

function objectAt(from: Fields, name: string): Fields | null {
  const value = Object.hasOwn(from, name) ? from[name] : null;
  return isFields(value) ? value : null;
}

function textAt(from: Fields, name: string): string | null {
  const value = Object.hasOwn(from, name) ? from[name] : null;
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : null;
}
