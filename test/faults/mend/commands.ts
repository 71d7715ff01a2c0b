/** A printed command as it is carried out: placeholders filled in, a shell that reads it, what is expected of it. Pure. */
import type { Mend } from '../fault.ts';

export interface Step {
  readonly text: string;
  readonly command?: string | undefined;
}

export interface Doing {
  readonly command: string;
  /** The steps say where bash is needed. */
  readonly shell: 'sh' | 'bash';
  /** Answers to what it asks for, without echo. */
  readonly stdin: string;
  readonly kind:
    | 'changes' // something in the cluster that the kubelet may see
    | 'writes' // an object that changes nothing by itself
    | 'reads' // has to end with one of `codes`
    | 'outside'; // another program, or one on the node: of what is broken it may say so by its code
  readonly codes: readonly number[];
}

/** Words of kubectl's usage lines that stand for what nobody but the reader knows. */
const PLACEHOLDER =
  /\b(?:IMAGE|USER|SECRET|HOST|NODE|REGION|WORKLOAD|CONTAINER|IMAGE_NAMESPACE|RUNTIME)\b/;

/** What ssh, or `kubectl debug node`, whose image cannot be pulled here, would run on the node. */
const ON_NODE = /^(?:ssh \S+|kubectl debug node\/\S+ -it --image=busybox -- chroot \/host) (.+)$/s;

/** Codes that docs/exit-codes.md has for an answer. */
const OURS = [0, 3, 4];

/** `null` where a word is left that the reader does not know here: the step is for another case than his. */
export function doing({ text, command }: Step, { fill = {} }: Mend): Doing | null {
  if (command === undefined) return null;
  const filled = command.replace(new RegExp(PLACEHOLDER, 'g'), (word) => fill[word] ?? word);
  if (PLACEHOLDER.test(filled)) return null;
  const asks = filled.includes('read -rs P');
  const password = fill['Password'];
  if (asks && password === undefined) return null;
  const stdin = asks ? `${password}\n` : '';
  const shell = /\((?:bash|bash, zsh)\b/.test(text) ? 'bash' : 'sh';
  const onNode = ON_NODE.exec(filled)?.[1];
  if (onNode !== undefined) {
    const kind = /\bsystemctl (?:re)?start\b/.test(onNode) ? 'changes' : 'outside';
    return { command: onNode, shell, stdin, kind, codes: [] };
  }
  // It asks before it makes a Job, and only a terminal can answer.
  const answered = filled.includes(' --from-node') ? `${filled} --yes` : filled;
  return { command: answered, shell, stdin, ...expected(filled) };
}

function expected(command: string): Pick<Doing, 'kind' | 'codes'> {
  // Through the API server, which does not find this node by its name.
  if (command.startsWith('kubectl get --raw /api/v1/nodes/')) return { kind: 'outside', codes: [] };
  if (/^kubectl imagepull /.test(command)) return { kind: 'reads', codes: OURS };
  if (/create secret|kubectl apply/.test(command)) return { kind: 'writes', codes: [0] };
  if (/^kubectl (?:set|patch|delete|replace|rollout|debug)\b|\| kubectl replace\b/.test(command))
    return { kind: 'changes', codes: [0] };
  if (/^kubectl /.test(command)) return { kind: 'reads', codes: [0] };
  return { kind: 'outside', codes: [] };
}
