/**
 * Takes credentials out of texts that strangers wrote. Runtimes quote URLs whole, presigned ones included, and
 * proxies and registries echo headers; none of that may reach a screen or a document. Pure.
 */

const HIDDEN = 'REDACTED';

/** Parameters of a query or form that hold a credential (OAuth, AWS, Azure and Google signatures). */
const PARAMETER =
  /([?&;\s"'](?:access_token|refresh_token|id_token|token|password|passwd|client_secret|secret|api_?key|sig|signature|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|awsaccesskeyid)=)([^&;\s"'<>]{1,4096})/gi;

/** A field of JSON that holds one, also quoted again; what is quoted may be cut, and no JSON any more. */
const FIELD =
  /(\b(?:access_token|refresh_token|id_token|token|identitytoken|registrytoken|password|passwd|client_secret|api_?key|auth)\\{0,3}["']\s{0,8}:\s{0,8}\\{0,3}["'])([^"'\\]{1,4096}(?:\\[^"'\\][^"'\\]{0,4096}){0,64})/gi;

const USER_INFO = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/"'@<>]{1,512}@/gi;

const HEADER = /\b((?:Bearer|Basic) )([A-Za-z0-9+/_.~=-]{16,8192})/g;

/** The text with passwords, tokens and signatures put out of sight; everything else as it was. */
export function redact(text: string): string {
  // The common text holds none of these: quick looks cost less than searches.
  let out = text;
  if (out.includes('://')) out = out.replace(USER_INFO, `$1${HIDDEN}@`);
  if (out.includes('=')) out = out.replace(PARAMETER, `$1${HIDDEN}`);
  if (/["']\s{0,8}:/.test(out)) out = out.replace(FIELD, `$1${HIDDEN}`);
  if (/(?:Bearer|Basic) /.test(out)) out = out.replace(HEADER, `$1${HIDDEN}`);
  return out;
}
