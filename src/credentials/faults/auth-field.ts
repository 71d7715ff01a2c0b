/**
 * The field `auth` as the kubelet decodes it (pkg/credentialprovider/config.go): padded standard base64 where it ends
 * in `=`, else unpadded; line breaks are skipped, nothing else; the first colon parts user name and password. Pure.
 */

const MAX_AUTH = 1_048_576;

/** What `auth` holds, or why it cannot be read. */
export type AuthReading =
  | { readonly ok: true; readonly username: string; readonly password: string }
  | { readonly ok: false; readonly why: 'not base64' }
  | { readonly ok: false; readonly why: 'no colon'; readonly decoded: string };

/** Reads the field. Never throws. */
export function readAuth(auth: string): AuthReading {
  const decoded = decodeGo(auth);
  if (decoded === null) return { ok: false, why: 'not base64' };
  const colon = decoded.indexOf(':');
  if (colon < 0) return { ok: false, why: 'no colon', decoded };
  return {
    ok: true,
    username: decoded.slice(0, colon),
    password: decoded.slice(colon + 1),
  };
}

/** Text behind base64, by Go's rules for `auth`, or null. */
export function decodeGo(text: string): string | null {
  if (text.length > MAX_AUTH) return null;
  const padded = text.trimEnd().endsWith('=');
  const bare = text.replace(/[\r\n]/g, '');
  if (!(padded ? /^[A-Za-z0-9+/]*={1,2}$/ : /^[A-Za-z0-9+/]*$/).test(bare)) return null;
  if (padded ? bare.length % 4 !== 0 : bare.length % 4 === 1) return null;
  const binary = atob(bare);
  // Nearly every one is ASCII, which needs no decoder.
  if (!/[\x80-\xff]/.test(binary)) return binary;
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** True where the text is base64 of `user:password`: it was encoded once more than needed. */
export function isAuthAgain(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length < 4) return false;
  const decoded = decodeGo(trimmed);
  return decoded?.includes(':') === true && isPrintable(decoded.trim());
}

/** No control and no broken character: chance does not make such a text from bytes. */
function isPrintable(text: string): boolean {
  return !/[\p{Cc}\ufffd]/u.test(text);
}
