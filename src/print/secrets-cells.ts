/** Parts of pull secrets as short phrases for a table's cell. Pure. */
import type { ListedSecret, RowExpiry, UsedBy } from '../words/secret-row.ts';
import { humanDuration } from './age.ts';

/** What stands where a user name is a secret itself. */
export const HIDDEN_USER = '<hidden>';

/** `us.icr.io,de.icr.io +24`; `<none>` where there is nothing. */
export function someOf(texts: readonly string[], most: number): string {
  if (texts.length === 0) return '<none>';
  const more = texts.length > most ? ` +${texts.length - most}` : '';
  return `${texts.slice(0, most).join(',')}${more}`;
}

export function userText(user: string | null): string {
  if (user === null) return HIDDEN_USER;
  return user === '' ? '<none>' : user;
}

/** `in 5h`, `3d ago`, `at the latest in 50m`; `<unknown>`: it does not say. */
export function expiresText(expires: RowExpiry | null, now: number): string {
  if (expires === null) return '<unknown>';
  const left = expires.at - now;
  if (left <= 0) return `${humanDuration(-left)} ago`;
  return `${expires.atLatest ? 'at the latest in' : 'in'} ${humanDuration(left)}`;
}

/** `sa/default, 12 pods`; the names of all ServiceAccounts where it is `wide`. */
export function usedByText(usedBy: UsedBy | null, wide: boolean): string {
  if (usedBy === null) return '<unknown>';
  const { serviceAccounts, pods } = usedBy;
  const accounts =
    serviceAccounts.length === 1 || (wide && serviceAccounts.length > 0)
      ? serviceAccounts.map((name) => `sa/${name}`)
      : serviceAccounts.length > 0
        ? [`${serviceAccounts.length} serviceaccounts`]
        : [];
  const users = [...accounts, ...(pods > 0 ? [pods === 1 ? '1 pod' : `${pods} pods`] : [])];
  return users.length > 0 ? users.join(', ') : '<none>';
}

/** `dockerconfigjson` for `kubernetes.io/dockerconfigjson`. */
export function typeText({ type }: Pick<ListedSecret, 'type'>, wide: boolean): string {
  if (type === '') return '<unknown>';
  return wide ? type : type.replace(/^kubernetes\.io\//, '');
}
