/** What the command line of `verify` names, turned into images, pull secrets and platforms. */
import { UsageError } from '../words/errors.ts';
import type { Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import { unknownList } from '../words/pull-list.ts';
import { POD } from './kinds.ts';
import { acrossNamespaces, type Scope } from './namespaces.ts';
import { NO_SUBJECTS, PodsUnavailable } from './outcome.ts';
import { collectPodsOf } from './pull-secrets-pods.ts';
import { type TargetName, withKind } from './targets.ts';
import { complete } from './verify-complete.ts';
import type { VerifySubjects } from './verify-images.ts';
import { Shapes } from './verify-shapes.ts';
import { manifestSource } from './verify-source.ts';
import { addManifests, addWorkload } from './verify-templates.ts';

/** Kinds that have no pods. */
const PODLESS: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Event',
  'Namespace',
  'Node',
  'Secret',
  'Service',
  'ServiceAccount',
]);

/**
 * The pods that are named or of the workloads that are named, else every pod of the scope. Throws PodsUnavailable where
 * pods cannot be read, InputError for a type that is not there, UsageError for one without pods.
 */
export async function subjectsOf(
  source: ObjectSource,
  scope: Scope,
  targets: readonly TargetName[],
  labelSelector: string | undefined,
): Promise<VerifySubjects> {
  const shapes = new Shapes();
  const { problems, gaps } =
    targets.length === 0
      ? await everyPod(source, scope, labelSelector, shapes)
      : await named(source, scope, targets, labelSelector, shapes);
  const completed = await complete(shapes.all(), () => source);
  return { subjects: completed.subjects, problems, gaps: [...gaps, ...completed.gaps] };
}

async function everyPod(
  source: ObjectSource,
  scope: Scope,
  labelSelector: string | undefined,
  shapes: Shapes,
) {
  return acrossNamespaces(source, scope, async (namespace) => {
    const keep = (pod: unknown) => {
      shapes.addPod(pod);
      return false;
    };
    const answer = await source.list<unknown>({ resource: POD, namespace, labelSelector, keep });
    if (!answer.known) throw new PodsUnavailable(answer.why);
    return NO_SUBJECTS;
  });
}

async function named(
  source: ObjectSource,
  scope: Scope,
  targets: readonly TargetName[],
  labelSelector: string | undefined,
  shapes: Shapes,
) {
  const known = await Promise.all(targets.map((target) => withKind(source, target)));
  const wrong = known.find(({ resource }) => PODLESS.has(resource.kind));
  if (wrong) {
    const { plural } = wrong.resource;
    throw new UsageError(`verify takes pods and workloads, and none of the type ${plural}`);
  }
  const found = await collectPodsOf(source, scope, targets, labelSelector);
  for (const { pod, presence } of found.pods) {
    const user = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
    const listUnknown = presence === 'there' ? undefined : unknownList(user, presence);
    shapes.add(pod, { user, isNew: false, listUnknown });
  }
  const empty = known.filter(
    ({ resource, name }) =>
      resource.kind !== 'Pod' &&
      name !== null &&
      !found.pods.some(({ workload }) => workload === `${resource.kind}/${name}`),
  );
  const absent = new Set(found.problems.map(objectNamed));
  const gaps: Unavailable[] = [];
  for (const workload of empty) {
    if (absent.has(workload.name)) continue;
    gaps.push(...(await addWorkload(source, scope, workload, shapes)));
  }
  return { problems: found.problems, gaps: [...found.gaps, ...gaps] };
}

/** What a NotFoundError is about. */
function objectNamed(error: Error): unknown {
  return 'object' in error ? error.object : undefined;
}

/**
 * Everything in the files that pods are made from. `cluster` answers for what manifests refer to and do not bring;
 * `null`: there is none. `home`: the namespace of manifests that name none.
 */
export async function manifestSubjects(
  files: ObjectSource,
  cluster: ObjectSource | null,
  scope: Scope,
  home: string,
): Promise<VerifySubjects> {
  const shapes = new Shapes();
  await addManifests(files, scope, home, shapes);
  const both = manifestSource(files, cluster, home);
  const completed = await complete(shapes.all(), ({ saved }) => (saved ? files : both));
  return { ...completed, problems: [] };
}
