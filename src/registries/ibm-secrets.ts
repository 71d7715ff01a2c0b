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

/** Prints the version of the cluster's own pull secret; nothing where there is none. */
export const IBM_SECRET_VERSION =
  "kubectl get secret all-icr-io -n default --ignore-not-found -o jsonpath='{.metadata.resourceVersion}'";

/**
 * In bash and zsh: waits until the secret is there and its version another than the one in the shell's variable
 * `old`. `ibmcloud ks cluster pull-secret apply` only starts what writes it.
 */
export function awaitIbmSecret(old: string): string {
  return `until V=$(${IBM_SECRET_VERSION}) && [ -n "$V" ] && [ "$V" != "$${old}" ]; do sleep 10; done`;
}
