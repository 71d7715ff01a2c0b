/**
 * Names of the pull secrets that IBM Cloud makes in a cluster.
 * Source: ibm-cloud-docs/containers registry.md (current and of 2021).
 */

/**
 * `all`: the one of today, for all hosts of icr.io. `regional`: its forerunners, one a region. `copy`: a user's copy in
 * another namespace, by the documented pattern. `dead`: held registry tokens, of no use since 2021.
 */
export type IbmSecretName = 'all' | 'regional' | 'copy' | 'dead';

/** What the name of a secret says, or `null` where it is none of IBM's. */
export function ibmSecretName(name: string): IbmSecretName | null {
  if (name.length > 253) return null;
  if (name === 'all-icr-io') return 'all';
  if (/^default(?:-[a-z0-9]{1,20})?-icr-io$/.test(name)) return 'regional';
  if (/^bluemix-default-secret(?:-[a-z0-9]{1,20})?$/.test(name)) return 'dead';
  if (/(?:^|-)icr(?:-[a-z0-9]{1,20})?-io$/.test(name) || name === 'icr-io-secret') return 'copy';
  return null;
}
