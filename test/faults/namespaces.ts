/** Namespaces of a run. Their names differ from run to run: a cluster that is kept up sees the same tests again. */
import { kubectl } from '../cluster/help/commands.ts';
import { registrySecrets } from '../cluster/help/objects.ts';
import { waitFor } from '../cluster/up/processes.ts';

const stamp = Date.now().toString(36);

export function namespaceOf(what: string): string {
  return `faults-${what}-${stamp}`;
}

/** Makes a namespace with the usual pull secrets. */
export async function makeNamespace(name: string): Promise<void> {
  await kubectl('create', 'namespace', name);
  await waitFor('the ServiceAccount "default"', () => kubectl('get', 'sa', 'default', '-n', name));
  await registrySecrets(name);
}

/** Ends when its pods are on their way out. */
export async function deleteNamespaces(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await kubectl('delete', 'namespace', ...names, '--wait=false', '--ignore-not-found');
}

/** True when no pod is left in any of them. */
export async function noPods(names: readonly string[]): Promise<boolean> {
  const all = await kubectl('get', 'pods', '-A', '-o', 'jsonpath={.items[*].metadata.namespace}');
  return !all.split(' ').some((namespace) => names.includes(namespace));
}
