/** Which nodes are to pull what, from the command line of `verify --from-node`. */
import type { parseTargets } from '../cluster/lists/resources.ts';
import type { OpenedSource } from '../cluster/open.ts';
import {
  checkSubjects,
  type FoundSubjects,
  nodesNamed,
  nodesSelected,
} from '../collect/node-checks.ts';
import { InputError } from '../words/errors.ts';
import type { Unavailable } from '../words/known.ts';
import type { NodeCheck, NodeCheckOptions } from '../words/node-check.ts';

export interface Plan {
  readonly checks: readonly NodeCheck[];
  readonly problems: readonly Error[];
  readonly gaps: readonly Unavailable[];
}

/** The pods that are named on their nodes, or all subjects on each of the nodes that are named. */
export async function planOf(
  options: NodeCheckOptions,
  opened: OpenedSource,
  targets: ReturnType<typeof parseTargets>,
): Promise<Plan> {
  const found = await subjectsOf(options, opened, targets);
  const { nodes: named, nodeSelector } = options;
  if (nodeSelector === undefined && named.length === 0) return onOwnNodes(found, opened);
  const { nodes, gaps } =
    nodeSelector === undefined
      ? await nodesNamed(opened.source, named)
      : { nodes: await nodesSelected(opened.source, nodeSelector), gaps: [] };
  const subjects = alike(found.subjects.map((subject) => ({ subject, node: null })));
  const checks = nodes.flatMap((node) => subjects.map(({ subject }) => ({ subject, node })));
  return { ...found, checks, gaps: [...found.gaps, ...gaps] };
}

async function subjectsOf(
  { images, secrets, namespaces, allNamespaces, selector }: NodeCheckOptions,
  { source, namespace }: OpenedSource,
  targets: ReturnType<typeof parseTargets>,
): Promise<FoundSubjects> {
  const home = namespaces[0] ?? namespace;
  if (images.length === 0) {
    const scope = allNamespaces ? undefined : namespaces.length > 0 ? namespaces : [home];
    return checkSubjects(source, scope, targets, selector);
  }
  const subject = {
    namespace: home,
    pod: '',
    workload: null,
    serviceAccount: 'default',
    pullSecrets: [...new Set(secrets)],
    images: [...new Set(images)],
    tolerations: [],
    runAsUser: null,
    node: null,
  };
  return { subjects: [subject], problems: [], gaps: [] };
}

/** Each pod on the node it is on. */
async function onOwnNodes(found: FoundSubjects, { source }: OpenedSource): Promise<Plan> {
  const names = found.subjects.flatMap(({ node }) => node ?? []);
  const { nodes, gaps } = await nodesNamed(source, names);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const placed = found.subjects.flatMap((subject) => {
    const node = byName.get(subject.node ?? '');
    return node ? [{ subject, node }] : [];
  });
  const homeless = found.subjects.filter(({ node }) => node === null);
  const problems = homeless.map(
    ({ pod }) => new InputError(`pod ${pod} is on no node yet; --nodes says which to ask`),
  );
  return {
    checks: alike(placed),
    problems: [...found.problems, ...problems],
    gaps: [...found.gaps, ...gaps],
  };
}

/** Replicas that ask the same of the same node are asked for once. */
function alike<
  T extends { readonly subject: NodeCheck['subject']; readonly node: NodeCheck['node'] | null },
>(checks: readonly T[]): T[] {
  const key = ({ subject, node }: T) => {
    const { pod: _, node: __, ...rest } = subject;
    return JSON.stringify([rest, node?.name]);
  };
  const wanted = checks.filter(({ subject }) => subject.images.length > 0);
  return [...Map.groupBy(wanted, key).values()].flatMap(([first]) => first ?? []);
}
