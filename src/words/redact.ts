/**
 * Takes credentials out of texts that strangers wrote. Runtimes quote URLs whole, presigned ones included, and
 * proxies and registries echo headers; none of that may reach a screen or a document. Pure.
 */
import { withoutUsers } from './redact-user.ts';

const HIDDEN = 'REDACTED';

/** Parameters of a query, form or command that hold a credential (OAuth, AWS, Azure and Google signatures). */
const PARAMETER =
  /((?:[?&;\s"'(,{-]|\\u0026)(?:(?:access|refresh|id|identity|registry)?_?token|password|passwd|client_?secret|secret|api_?key|sig|signature|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|awsaccesskeyid)=)("[^"]+|'[^']+|[^&;\s"'<>\\]+)/gi;

/** A field of JSON that holds one, up to the quote before its value; also quoted again, with backslashes. */
const FIELD =
  /\b(?:(?:access|refresh|id|identity|registry)?_?token|password|passwd|client_?secret|api_?key|auth)\\{0,7}["']\s{0,8}:\s{0,8}(\\{0,7})(["'])/gi;

const HEADER = /\b(Bearer|Basic)(\s{1,4})([A-Za-z0-9+/_.~=-]{4,8192})/gi;

/** The text with passwords, tokens and signatures put out of sight; everything else as it was. */
export function redact(text: string): string {
  // The common text holds none of these: quick looks cost less than searches.
  let out = text;
  if (out.includes('@') || out.includes('://')) out = withoutUsers(out, HIDDEN);
  if (out.includes('=')) out = out.replace(PARAMETER, hideParameter);
  if (/["']\s{0,8}:/.test(out)) out = withoutFields(out);
  if (/bearer|basic/i.test(out)) out = out.replace(HEADER, hideHeader);
  return out;
}

function hideParameter(_whole: string, name: string, value: string): string {
  return `${name}${/^["']/.exec(value)?.[0] ?? ''}${HIDDEN}`;
}

/** `Basic` and `Bearer` are words of sentences too: what follows counts only where it looks like a credential. */
function hideHeader(whole: string, scheme: string, blanks: string, value: string): string {
  const isCredential =
    scheme.toLowerCase() === 'basic'
      ? isLogin(value)
      : value.length >= 16 && (scheme === 'Bearer' || /\d/.test(value));
  return isCredential ? `${scheme}${blanks}${HIDDEN}` : whole;
}

/** Base64 of `USER:PASSWORD`, also where it is cut. */
function isLogin(value: string): boolean {
  if (value.length >= 16 && /[\d=]/.test(value)) return true;
  try {
    return atob(value.slice(0, value.length - (value.length % 4))).includes(':');
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

function withoutFields(text: string): string {
  let out = '';
  let from = 0;
  FIELD.lastIndex = 0;
  for (let found = FIELD.exec(text); found !== null; found = FIELD.exec(text)) {
    const start = FIELD.lastIndex;
    const end = valueEnd(text, start, found[2] as string, (found[1] as string).length);
    out += text.slice(from, start) + (end > start ? HIDDEN : '');
    from = end;
    FIELD.lastIndex = end;
  }
  return out + text.slice(from);
}

/**
 * Where a value ends: before the quote that opened it, with as many backslashes as that one had; those within have more.
 * What was cut ends with its line.
 */
function valueEnd(text: string, start: number, quote: string, slashes: number): number {
  let run = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') run++;
    else {
      if (char === '\n') return at;
      if (char === quote && run % (2 * slashes + 2) === slashes) return at - slashes;
      run = 0;
    }
  }
  return text.length;
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
