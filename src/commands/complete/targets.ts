/** The arguments of the verbs that look at objects: pods, TYPE/NAME, TYPE NAME, pull secrets (`cluster/lists/resources.ts`). */

import { builtinKind } from '../../cluster/lists/builtin-kinds.ts';
import type { OpenedNames } from '../../cluster/open-names.ts';
import { type Candidate, type Completed, DIRECTIVE } from '../../words/completion.ts';
import type { ResourceKind } from '../../words/objects.ts';
import type { VerbName } from '../../words/verbs.ts';
import { readCandidates, readPullSecrets } from './candidates.ts';

/** Types whose objects are pods or make them, as offered. */
const TYPES = [
  'cronjobs',
  'daemonsets',
  'deployments',
  'jobs',
  'pods',
  'replicasets',
  'replicationcontrollers',
  'statefulsets',
];

export interface TargetAsk {
  readonly verb: VerbName;
  /** The arguments before the cursor. */
  readonly args: readonly string[];
  readonly word: string;
  readonly namespace: string;
}

/** Fills `completed` while the names come. */
export async function completeTargets(
  ask: TargetAsk,
  names: OpenedNames,
  completed: Completed,
): Promise<void> {
  const { word, args } = ask;
  const slash = word.indexOf('/');
  if (slash > 0) return pair(word.slice(0, slash), ask, names, completed);
  const [first] = args;
  // After one TYPE/NAME nothing else may come.
  if (args.some((arg) => arg.includes('/'))) return setTypes([], ask, completed);
  const kind = first === undefined ? undefined : builtinKind(first);
  if (kind !== undefined) {
    return read(kind, { ...ask, args: args.slice(1) }, '', names, completed);
  }
  return bare(ask, names, completed);
}

/** `TYPE/` stands, the name is being typed. */
async function pair(
  type: string,
  ask: TargetAsk,
  names: OpenedNames,
  completed: Completed,
): Promise<void> {
  const kind = builtinKind(type) ?? (await names.findKind(type));
  if (kind === null) return;
  await read(kind, { ...ask, word: ask.word.slice(type.length + 1) }, `${type}/`, names, completed);
}

async function read(
  kind: ResourceKind,
  { verb, word, args: taken, namespace }: TargetAsk,
  before: string,
  names: OpenedNames,
  completed: Completed,
): Promise<void> {
  const naming = { word, before, taken };
  const onFound = (found: readonly Candidate[]) => set(found, completed);
  if (kind === builtinKind('secrets')) {
    // The other verbs take no Secrets.
    if (verb === 'decode') await readPullSecrets(names, namespace, naming, onFound);
    return;
  }
  await readCandidates(names, kind, namespace, naming, onFound);
}

/** Names alone: pods; with `decode` pull secrets, and pods where none of them fits. Before the first, TYPE/ as well. */
async function bare(ask: TargetAsk, names: OpenedNames, completed: Completed): Promise<void> {
  const { verb, word, args: taken, namespace } = ask;
  const naming = { word, before: '', taken };
  const pods = builtinKind('pods');
  let found: readonly Candidate[] = [];
  let secrets: readonly Candidate[] = [];
  const show = () => setTypes(secrets.length > 0 ? secrets : found, ask, completed);
  show();
  const reading = [
    pods &&
      readCandidates(names, pods, namespace, naming, (candidates) => {
        found = candidates;
        show();
      }),
    verb === 'decode' &&
      readPullSecrets(names, namespace, naming, (candidates) => {
        secrets = candidates;
        show();
      }),
  ];
  // What may not be read leaves the other one.
  await Promise.allSettled(reading);
}

function set(candidates: readonly Candidate[], completed: Completed): void {
  completed.candidates = candidates;
  completed.directive = DIRECTIVE.noFiles | DIRECTIVE.keepOrder;
}

/** As kubectl does with pods: `TYPE/` follows the names, without a space behind it where no name fits. */
function setTypes(found: readonly Candidate[], ask: TargetAsk, completed: Completed): void {
  const types = typesFor(ask);
  set([...found, ...types.map((type) => ({ text: `${type}/` }))], completed);
  if (found.length === 0 && types.length > 0) completed.directive |= DIRECTIVE.noSpace;
}

function typesFor({ verb, word, args }: TargetAsk): readonly string[] {
  if (args.length > 0 && !args.every((arg) => arg.includes('/'))) return [];
  const types = [...TYPES, ...(verb === 'decode' ? ['secrets'] : [])].sort();
  const fit = types.filter((type) => type.startsWith(word));
  // A short name, `sts`, is none of them.
  const short = fit.length === 0 && types.includes(builtinKind(word)?.plural ?? '');
  return short ? [word] : fit;
}
