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

/** `USER:PASSWORD@HOST/` in front of an image, without a scheme; `TAG@sha256:…` has no slash behind. */
const IMAGE_USER = /(^|[\s"'(=,])[^\s/"'@:]{1,256}:[^\s/"'@<>]{1,512}@(?=[^\s/"'@]{1,253}\/)/g;

const HEADER = /\b((?:Bearer|Basic) )([A-Za-z0-9+/_.~=-]{16,8192})/g;

/** The text with passwords, tokens and signatures put out of sight; everything else as it was. */
export function redact(text: string): string {
  // The common text holds none of them: quick looks cost less than searches.
  let out = text;
  if (out.includes('://')) out = out.replace(USER_INFO, `$1${HIDDEN}@`);
  if (out.includes('@')) out = out.replace(IMAGE_USER, `$1${HIDDEN}@`);
  if (out.includes('=')) out = out.replace(PARAMETER, `$1${HIDDEN}`);
  if (/["']\s{0,8}:/.test(out)) out = out.replace(FIELD, `$1${HIDDEN}`);
  if (/(?:Bearer|Basic) /.test(out)) out = out.replace(HEADER, `$1${HIDDEN}`);
  return out;
}

/** A shorter secret would take letters out of ordinary words. */
const SHORTEST = 4;

/** `redact`, and each of the secrets put out of sight, as it is and as URLs and JSON write it. */
export function redactAll(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      // A lone surrogate has no form for URLs.
      ...(secret.isWellFormed() ? [encodeURIComponent(secret), formEncoded(secret)] : []),
    ])
    .toSorted((a, b) => b.length - a.length);
  let out = text;
  for (const form of forms) out = out.replaceAll(form, HIDDEN);
  return redact(out);
}

/** As an HTML form is sent. */
function formEncoded(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
