/** Names for the shell's completion, from the kubeconfig or the cluster. */
import { readKubeconfigFiles } from '../../cluster/kubeconfig/kubeconfig-files.ts';
import { builtinKind } from '../../cluster/lists/builtin-kinds.ts';
import { openNames } from '../../cluster/open-names.ts';
import type { Candidate, Completed, CompletionAsk } from '../../words/completion.ts';
import type { World } from '../../words/streams.ts';
import { readCandidates, readPullSecrets } from './candidates.ts';
import { completeTargets } from './targets.ts';

/**
 * Fills `completed` while the names come, so that whoever stops waiting has those so far. `onRemote` is called once it is
 * known that the API server is not on this machine. Throws what the kubeconfig and the requests throw.
 */
export async function completeNames(
  ask: CompletionAsk,
  world: World,
  completed: Completed,
  onRemote: () => void,
): Promise<void> {
  const { wanted, word } = ask;
  if (wanted.kind === 'contexts' || wanted.kind === 'clusters' || wanted.kind === 'users') {
    const all = readKubeconfigFiles(ask.connection.kubeconfig, world)[wanted.kind].keys();
    completed.candidates = [...all].filter((n) => n.startsWith(word)).map((text) => ({ text }));
    return;
  }
  const names = await openNames(ask.connection, world);
  if (!names.local) onRemote();
  const namespace = ask.namespace || names.namespace;
  const naming = { word, before: '', taken: [] };
  const onFound = (found: readonly Candidate[]) => {
    completed.candidates = found;
  };
  try {
    if (wanted.kind === 'targets') {
      await completeTargets({ ...wanted, word, namespace }, names, completed);
    } else if (wanted.kind === 'pull secrets') {
      await readPullSecrets(names, namespace, naming, onFound);
    } else {
      const kind = builtinKind('namespaces');
      if (kind) await readCandidates(names, kind, undefined, naming, onFound);
    }
  } finally {
    names.close();
  }
}
