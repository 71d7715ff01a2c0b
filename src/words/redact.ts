/**
 * Takes credentials out of texts that strangers wrote. Runtimes quote URLs whole, presigned ones included, and
 * proxies and registries echo headers; none of that may reach a screen or a document. Pure.
 */
import { withoutUsers } from './redact-user.ts';

const HIDDEN = 'REDACTED';

/** Before a `=`: a parameter of a query, form, command or environment that holds a credential (OAuth, AWS, Azure, Google). */
const NAME =
  /(?:^|[^a-z0-9]|\\u0026)(?:(?:access|refresh|id|identity|registry)?_?token|password|passwd|client_?secret|secret(?:_?access_?key)?|api_?key|sig|signature|x-amz-credential|x-goog-credential|awsaccesskeyid)$/i;

/** The longest of these names, and what may stand before one. */
const MAX_NAME = 40;

/** The end of an unquoted value in a query, and elsewhere. */
const QUERY_END = /[&;\s"'<>\\]/g;
const VALUE_END = /[\s"<>]/g;

/** A field of JSON that holds one, up to the quote before its value; also quoted again, with backslashes. */
const FIELD =
  /\b(?:(?:access|refresh|id|identity|registry)?_?token|password|passwd|client_?secret|api_?key|auth)\\{0,7}["']\s{0,8}:\s{0,8}(\\{0,7})(["'])/gi;

const HEADER = /\b(Bearer|Basic)(\s{1,4})([A-Za-z0-9+/_.~=-]{4,})/gi;

/** Headers whose whole value is one. */
const OWN_HEADER =
  /\b(authorization:\s{0,4}(?:token|apikey)\s{1,4}|(?:x-registry-auth|x-auth-token|private-token):\s{0,4})[^\s"'<>]{4,}/gi;

/** The text with passwords, tokens and signatures put out of sight; everything else as it was. */
export function redact(text: string): string {
  // The common text holds none of these: quick looks cost less than searches.
  let out = text;
  if (out.includes('@') || out.includes('://')) out = withoutUsers(out, HIDDEN);
  if (out.includes('=')) out = withoutParameters(out);
  if (/["']\s{0,8}:/.test(out)) out = withoutFields(out);
  if (/bearer|basic/i.test(out)) out = out.replace(HEADER, hideHeader);
  if (/auth|token/i.test(out)) out = out.replace(OWN_HEADER, `$1${HIDDEN}`);
  return out;
}

function withoutParameters(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('='); at !== -1; at = text.indexOf('=', Math.max(at + 1, from))) {
    const before = text.slice(Math.max(from, at - MAX_NAME), at);
    const name = NAME.exec(before);
    if (name === null) continue;
    const [start, end] = valueAt(text, at + 1, isQuery(before.slice(0, name.index) + name[0]));
    out += text.slice(from, start) + (end > start ? HIDDEN : '');
    from = end;
  }
  return out + text.slice(from);
}

function isQuery(before: string): boolean {
  return /(?:[?&]|\\u0026|&amp;)[\w.-]*$/.test(before);
}

/** In a query a quote is that of the URL; elsewhere it may hold the value. */
function valueAt(text: string, start: number, query: boolean): [start: number, end: number] {
  const opened = query ? null : /^(\\{0,7})(["'])/.exec(text.slice(start, start + 8));
  if (opened !== null) {
    const [{ length }, slashes = '', quote = ''] = opened;
    return [start + length, valueEnd(text, start + length, quote, slashes.length)];
  }
  const end = query ? QUERY_END : VALUE_END;
  end.lastIndex = start;
  return [start, end.exec(text)?.index ?? text.length];
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
