/**
 * `as…` of a user as headers. client-node sends only `as`, and fetch cannot repeat a header (one line for each
 * group), so they are made here.
 * Rule: client-go transport/round_trippers.go, kubernetes.io "User impersonation".
 */
import { type Fields, fields, text, texts } from '../../words/fields.ts';
import { unusableCredential } from '../errors.ts';

/**
 * Headers for a user with the flags laid over it. Throws KubeconfigError for a value that a header cannot carry.
 * That there is somebody to impersonate was checked before (`kubeconfig-checks.ts`).
 */
export function impersonationHeaders(user: Fields): Record<string, string | string[]> {
  const as = text(user['as']);
  if (as === '') return {};
  const uid = text(user['as-uid']);
  const headers: Record<string, string | string[]> = {};
  headers['Impersonate-User'] = headerValue('Impersonate-User', as);
  if (uid !== '') headers['Impersonate-Uid'] = headerValue('Impersonate-Uid', uid);
  const add = (name: string, values: readonly string[]) => {
    if (values.length > 0) headers[name] = values.map((value) => headerValue(name, value));
  };
  add('Impersonate-Group', texts(user['as-groups']));
  for (const [key, values] of Object.entries(fields(user['as-user-extra']))) {
    add(`Impersonate-Extra-${escapeKey(key)}`, texts(values));
  }
  return headers;
}

/**
 * What a header name may not hold goes percent-encoded (RFC 7230 token characters stay, `%` does not); half of a pair of
 * surrogates, which YAML can write, as U+FFFD.
 */
function escapeKey(key: string): string {
  return key.replace(/[^!#$&'*+.^_`|~0-9A-Za-z-]/gu, (c) => encodeURIComponent(c.toWellFormed()));
}

/**
 * A text as Node takes it for a header: its UTF-8 bytes, one character each. Throws where it holds a control character
 * other than a tab (Go's httpguts.ValidHeaderFieldValue); the value is not shown.
 */
export function headerValue(name: string, value: string): string {
  const bytes = Buffer.from(value, 'utf8').toString('latin1');
  if (/[^\t\x20-\x7e\x80-\xff]/.test(bytes)) {
    throw unusableCredential(`net/http: invalid header field value for "${name}"`);
  }
  return bytes;
}
