/** What is left to do for the pod once the other steps are carried out: to wait, to make it anew, or nothing. Pure. */
import type { Brought, NextStep } from '../words/next-step.ts';
import { shellQuote } from '../words/shell.ts';
import { builtInKind, commandOn, type Maker, namesOf, typeOf } from './maker.ts';
import type { Mended } from './mended.ts';

/** Kinds whose pods are not made anew where they are deleted: of a static pod the API server has a picture only. */
const NO_NEW_POD: ReadonlySet<string> = new Set(['Node']);

/** The first that one of the steps has. */
const FIRST: readonly Brought[] = ['done', 'new pod', 'image by rollout', 'image in template'];

type Way = Brought | 'next try';

function wayOf(steps: readonly NextStep[]): Way {
  return FIRST.find((way) => steps.some(({ brought }) => brought === way)) ?? 'next try';
}

/** `make` says how the pod is made anew. */
const TEXTS: Readonly<Record<Exclude<Way, 'done'>, (make: string) => string>> = {
  'next try': (make) =>
    `Then wait for the next try, 5 minutes at most, or ${make}, which tries at once`,
  'new pod': (make) => `Then ${make}; waiting does not bring the change to the one that is there`,
  'image by rollout': (make) =>
    `Another image makes new pods by its rollout. After any other change wait for the next try, 5 minutes at most, or ${make}, which tries at once`,
  'image in template': (make) =>
    `Then ${make}, which tries at once. To wait for the next try, 5 minutes at most, helps only where the image stays`,
};

/** The same where nobody knows what becomes of the pod when it is deleted: a workflow's step fails for good by it. */
function ofOtherKind(way: Way, maker: Maker, namespace: string): NextStep {
  const [kind] = namesOf(maker);
  const first =
    way === 'new pod'
      ? 'Then the pod has to be made anew; waiting does not bring the change to the one that is there'
      : 'Then wait for the next try, 5 minutes at most';
  const text = `${first}. Whether its ${typeOf(maker)} makes a new one where the pod is deleted is the ${kind}'s matter: see it before`;
  const command = commandOn('get', maker, namespace);
  return command === undefined ? { text } : { text, command };
}

/** The last step after `steps`, all filled in: has the kubelet try with what they changed; `null` where none is left. */
export function newPod(mended: Mended, steps: readonly NextStep[]): NextStep | null {
  const { pod, namespace, containerType } = mended;
  const owner = mended.owner ?? mended;
  const kind = builtInKind(mended) ?? builtInKind(owner);
  const way = wayOf(steps);
  if (way === 'done' || containerType === 'ephemeral' || NO_NEW_POD.has(kind ?? '')) return null;
  const where = `${shellQuote(pod)} -n ${shellQuote(namespace)}`;
  if (owner.workload === null) {
    return {
      text: TEXTS[way]('make the pod anew (no workload does)'),
      command: `kubectl get pod ${where} -o yaml | kubectl replace --force -f -`,
    };
  }
  if (kind === null) return ofOtherKind(way, owner, namespace);
  const fails = kind === 'Job' || kind === 'CronJob' ? '; it counts as a failure of the Job' : '';
  return {
    text: `${TEXTS[way](`delete the pod: its ${kind} makes a new one`)}${fails}`,
    command: `kubectl delete pod ${where}`,
  };
}
