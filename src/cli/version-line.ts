/** What `--version` says. Pure. */
import { BINARY } from '../words/plugin.ts';
import type { World } from '../words/streams.ts';

/** Node's words for systems and processors, where Go's, which krew and kubectl use, are others. */
const GO_WORDS: Readonly<Record<string, string>> = { win32: 'windows', x64: 'amd64' };

/** `kubectl-imagepull v1.2.3 (commit 0123456789ab, linux/amd64, Node 22.23.2)`; `version` without `v`. */
export function versionLine(
  version: string,
  commit: string,
  { platform, arch, node }: Pick<World, 'platform' | 'arch' | 'node'>,
): string {
  const [os, cpu] = [platform, arch].map((word) => GO_WORDS[word] ?? word);
  return `${BINARY} v${version} (commit ${commit}, ${os}/${cpu}, Node ${node})`;
}
