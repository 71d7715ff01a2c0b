/**
 * `--as…` and its kubeconfig twins as headers. client-node sends only `as`, and fetch cannot repeat a header
 * (one line for each group), so they are made here.
 * Rule: client-go transport/round_trippers.go, kubernetes.io "User impersonation".
 */
import { UsageError } from '../words/errors.ts';
import type { ConnectionOptions } from '../words/options.ts';
import { KubeconfigError } from './errors.ts';
import { type Fields, isFields, text } from './fields.ts';

/** Headers for the user `name`; flags go before the kubeconfig, part by part. */
export function impersonationHeaders(
  name: string,
  user: Fields,
  options: ConnectionOptions,
): Record<string, string | string[]> {
  const as = options.as || text(user['as']);
  const uid = options.asUid || text(user['as-uid']);
  const groups = options.asGroups.length > 0 ? options.asGroups : texts(user['as-groups']);
  const extra = options.asUserExtra.length > 0 ? flagExtra(options.asUserExtra) : fileExtra(user);
  if (as === '') {
    if (uid === '' && groups.length === 0 && extra.size === 0) return {};
    throw new KubeconfigError(
      `requesting uid, groups or user-extra for ${name || 'the user'} without impersonating a user`,
    );
  }
  const headers: Record<string, string | string[]> = { 'Impersonate-User': as };
  if (uid !== '') headers['Impersonate-Uid'] = uid;
  if (groups.length > 0) headers['Impersonate-Group'] = [...groups];
  for (const [key, values] of extra) headers[`Impersonate-Extra-${escapeKey(key)}`] = values;
  for (const value of Object.values(headers).flat()) requireHeaderValue(value);
  return headers;
}

function flagExtra(pairs: readonly string[]): Map<string, string[]> {
  const extra = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--as-user-extra must be KEY=VALUE, not "${pair}"`);
    const key = pair.slice(0, at);
    extra.set(key, [...(extra.get(key) ?? []), pair.slice(at + 1)]);
  }
  return extra;
}

function fileExtra(user: Fields): Map<string, string[]> {
  const fields = user['as-user-extra'];
  if (!isFields(fields)) return new Map();
  return new Map(Object.entries(fields).map(([key, values]) => [key, texts(values)]));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text).filter((item) => item !== '') : [];
}

/** What a header name may not hold goes percent-encoded (RFC 7230 token characters stay). */
function escapeKey(key: string): string {
  return key.replace(/[^!#$&'*+.^_`|~0-9A-Za-z-]/gu, (c) => encodeURIComponent(c));
}

function requireHeaderValue(value: string): void {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw new UsageError('a name to impersonate holds a character that a header cannot carry');
  }
}
