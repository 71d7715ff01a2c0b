/** Pods and nodes for `verify --from-node`. */
import { InputError, UsageError } from '../words/errors.ts';
import type { Unavailable } from '../words/known.ts';
import type { CheckNode, CheckSubject, Toleration } from '../words/node-check.ts';
import type { ObjectSource } from '../words/objects.ts';
import { redact } from '../words/redact.ts';
import { type Json, list, num, obj, str } from './json.ts';
import { NODE, POD } from './kinds.ts';
import type { Scope } from './namespaces.ts';
import { inParallel, WIDTH } from './parallel.ts';
import { collectPodsOf } from './pull-secrets-pods.ts';
import type { TargetName } from './targets.ts';
import { podView } from './views.ts';

/** Pods whose spec is read; each may be on a node of its own. */
const MAX_PODS = 200;

export interface FoundSubjects {
  readonly subjects: readonly CheckSubject[];
  readonly problems: readonly Error[];
  readonly gaps: readonly Unavailable[];
}

/** The pods that are named and those of workloads that are named, each as it is now. Throws as `collectPodsOf`. */
export async function checkSubjects(
  source: ObjectSource,
  scope: Scope,
  targets: readonly TargetName[],
  labelSelector: string | undefined,
): Promise<FoundSubjects> {
  const found = await collectPodsOf(source, scope, targets, labelSelector);
  if (found.pods.length > MAX_PODS) {
    throw new UsageError(
      `the nodes of ${found.pods.length} pods would be asked, more than ${MAX_PODS}: name fewer`,
    );
  }
  const read = await inParallel(
    found.pods,
    WIDTH,
    async ({ pod: { namespace, name }, workload }) => {
      const answer = await source.get<unknown>({ resource: POD, namespace, name });
      if (!answer.known) return { gap: answer.why, subject: null };
      return { gap: null, subject: subjectOf(answer.value, workload) };
    },
  );
  return {
    subjects: read.flatMap(({ subject }) => subject ?? []),
    problems: found.problems,
    gaps: [...found.gaps, ...read.flatMap(({ gap }) => gap ?? [])],
  };
}

function subjectOf(object: unknown, workload: string | null): CheckSubject {
  const pod = podView(object);
  const spec = obj(obj(object)['spec']);
  const all = [...pod.containers, ...pod.imageVolumes];
  const pulled = all.filter(({ pullPolicy }) => pullPolicy !== 'Never');
  return {
    namespace: pod.namespace,
    pod: pod.name,
    workload,
    serviceAccount: pod.serviceAccount,
    pullSecrets: [...new Set(pod.pullSecrets)],
    images: [...new Set(pulled.map(({ image }) => image))],
    tolerations: list(spec['tolerations']) as readonly Toleration[],
    runAsUser: userOf(spec),
    node: pod.node,
  };
}

/** The first that is set, of the pod or of a container, unless it is root. */
function userOf(spec: Json): number | null {
  const contexts = [spec, ...list(spec['containers'])].map((one) => obj(one['securityContext']));
  const users = contexts
    .map((context) => num(context['runAsUser']))
    .filter((user) => user !== null);
  const [first = 0] = users;
  return first > 0 ? first : null;
}

/** The nodes of these names; one that may not be read is taken as it comes. A missing one is a problem. */
export async function nodesNamed(
  source: ObjectSource,
  names: readonly string[],
): Promise<{ nodes: CheckNode[]; gaps: Unavailable[] }> {
  const gaps: Unavailable[] = [];
  const nodes = await inParallel([...new Set(names)], WIDTH, async (name): Promise<CheckNode> => {
    const answer = await source.get<unknown>({ resource: NODE, name });
    if (answer.known) return nodeOf(answer.value);
    if (answer.why.reason === 'not found') {
      return { name, os: '', taints: [], unfit: 'there is no node of this name' };
    }
    gaps.push(answer.why);
    return { name, os: '', taints: [], unfit: null };
  });
  return { nodes, gaps };
}

/** Every node that the selector means. Throws InputError where they may not be listed, or where there is none. */
export async function nodesSelected(source: ObjectSource, selector: string): Promise<CheckNode[]> {
  const labelSelector = selector || undefined;
  const answer = await source.list<unknown>({ resource: NODE, labelSelector });
  if (!answer.known) throw new InputError(answer.why.text, { cause: answer.why.error });
  if (answer.value.length === 0) {
    throw new InputError(
      selector ? `no node has labels that match ${selector}` : 'there are no nodes',
    );
  }
  return answer.value.map(nodeOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nodeOf(object: unknown): CheckNode {
  const whole = obj(object);
  const meta = obj(whole['metadata']);
  const labels = obj(meta['labels']);
  const status = obj(whole['status']);
  const taints = list(obj(whole['spec'])['taints']).map((taint) => ({
    key: str(taint['key']),
    value: str(taint['value']),
    effect: str(taint['effect']),
  }));
  return {
    name: str(meta['name']),
    os: str(obj(status['nodeInfo'])['operatingSystem']) || str(labels['kubernetes.io/os']),
    taints,
    unfit: isVirtual(labels, taints) ? VIRTUAL : notReady(status),
  };
}

const VIRTUAL =
  'a virtual node: it runs pods elsewhere, and a Job of ours would tell nothing of it';

/** Virtual Kubelet's label and taint, and AWS Fargate's label: such a node is made for one pod, or for none. */
function isVirtual(labels: Json, taints: readonly { readonly key: string }[]): boolean {
  return (
    labels['type'] === 'virtual-kubelet' ||
    labels['eks.amazonaws.com/compute-type'] === 'fargate' ||
    taints.some(({ key }) => key === 'virtual-kubelet.io/provider')
  );
}

function notReady(status: Json): string | null {
  const ready = list(status['conditions']).find((one) => one['type'] === 'Ready');
  if (ready?.['status'] === 'True') return null;
  const message = redact(str(ready?.['message']));
  const why = [str(ready?.['reason']), message].filter(Boolean).join(': ');
  return `not Ready${why === '' ? '' : ` (${why.slice(0, 200)})`}: nothing would be started there`;
}
