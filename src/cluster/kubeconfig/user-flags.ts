/**
 * Flags that say who we are, laid over the kubeconfig's user. client-node has no overrides.
 * Rule: client-go tools/clientcmd/client_config.go getAuthInfo, cli-runtime config_flags.go.
 */
import { UsageError } from '../../words/errors.ts';
import { type Fields, fields } from '../../words/fields.ts';
import type { ConnectionOptions } from '../../words/options.ts';

/** The entry as the flags change it. Of `as-user-extra` a flag replaces only its own key. */
export function withUserFlags(user: Fields, options: ConnectionOptions): Fields {
  const changed: Record<string, unknown> = { ...user };
  for (const [key, value] of [
    ['token', options.token],
    ['username', options.username],
    ['password', options.password],
    ['as', options.as],
    ['as-uid', options.asUid],
  ] as const) {
    if (value) changed[key] = value;
  }
  // kubectl keeps the file and prefers it to the flag; what was asked for on the command line counts here.
  if (options.token) delete changed['tokenFile'];
  if (options.asGroups.length > 0) changed['as-groups'] = options.asGroups;
  if (options.asUserExtra.length > 0) {
    changed['as-user-extra'] = {
      ...fields(user['as-user-extra']),
      ...flagExtra(options.asUserExtra),
    };
  }
  if (options.clientCertificate) {
    changed['client-certificate'] = options.clientCertificate;
    delete changed['client-certificate-data'];
  }
  if (options.clientKey) {
    changed['client-key'] = options.clientKey;
    delete changed['client-key-data'];
  }
  return changed;
}

/** `k=v`, `k=w` → `{k: [v, w]}`. A comma is part of the value. */
function flagExtra(pairs: readonly string[]): Record<string, string[]> {
  const extra = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--as-user-extra must be KEY=VALUE, not "${pair}"`);
    const key = pair.slice(0, at);
    extra.set(key, [...(extra.get(key) ?? []), pair.slice(at + 1)]);
  }
  return Object.fromEntries(extra);
}
