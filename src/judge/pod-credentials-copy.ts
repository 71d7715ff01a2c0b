/** Next steps that bring a pull secret to where it is missing. No data is printed on the way. Pure. */
import { ATTACH_FIRST_SECRET, ATTACH_SECRET } from '../causes/steps.ts';
import type { NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import { patchName } from './patch-words.ts';

/** A secret in another namespace. */
export interface CopyFrom {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
}

/**
 * A copy of the secret, in bash and in PowerShell. Its content goes from one kubectl to the other: in bash by a pipe
 * that only the two see, in PowerShell by a file that is taken away again (its own redirection would write UTF-16).
 * `new`: it fails where the name is taken. `replaced`: what is there is written over.
 */
export function copySteps(
  from: CopyFrom,
  namespace: string,
  write: 'new' | 'replaced' = 'new',
): NextStep[] {
  const dataKey = from.type === 'kubernetes.io/dockercfg' ? '.dockercfg' : '.dockerconfigjson';
  const name = shellQuote(from.name);
  const get = `kubectl get secret ${name} -n ${shellQuote(from.namespace)} -o go-template='{{index .data \`${dataKey}\` | base64decode}}'`;
  const create = `kubectl create secret generic ${name} -n ${shellQuote(namespace)} --type=${from.type}`;
  const apply =
    write === 'new'
      ? ''
      : ' --dry-run=client -o yaml | kubectl apply --server-side --force-conflicts -f -';
  return [
    {
      text: `Copy secret ${from.name} from namespace ${from.namespace} (bash; prints nothing of it)`,
      command: `${create} --from-file=${dataKey}=<(${get})${apply}`,
    },
    {
      text: 'The same in PowerShell',
      command: `$f = New-TemporaryFile; [IO.File]::WriteAllText($f, (${get})); ${create} "--from-file=${dataKey}=$f"${apply}; Remove-Item $f`,
    },
  ];
}

/** A ServiceAccount to which a secret is to be attached. */
export interface AttachTo {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Whether it lists pull secrets; null: not known, and both forms are told. */
  readonly lists: boolean | null;
}

/** Appends a secret to the list of a ServiceAccount, in the catalogue's words; no list is ever replaced. */
export function attachSteps(secret: string, to: AttachTo): NextStep[] {
  const forms =
    to.lists === null
      ? [ATTACH_SECRET, ATTACH_FIRST_SECRET]
      : [to.lists ? ATTACH_SECRET : ATTACH_FIRST_SECRET];
  const word = patchName(secret);
  return forms.map(({ text, command = '', brought }) => {
    const told = text.replace(
      'a pull secret to its ServiceAccount',
      () => `${secret} to ServiceAccount ${to.serviceAccount}`,
    );
    if (word === null) return { text: told, brought };
    const filled = command
      .replaceAll(/\bSECRET\b/g, word)
      .replaceAll('{serviceaccount}', () => shellQuote(to.serviceAccount))
      .replaceAll('{namespace}', () => shellQuote(to.namespace));
    return { text: told, command: filled, brought };
  });
}
