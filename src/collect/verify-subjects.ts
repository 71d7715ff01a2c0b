/** What the command line of `verify` names, turned into images, pull secrets and platforms. */
import { NotFoundError, UsageError } from '../words/errors.ts';
import type { ObjectSource } from '../words/objects.ts';
import { unknownList } from '../words/pull-list.ts';
import { obj, str } from './json.ts';
import { POD } from './kinds.ts';
import { nearestName } from './missing.ts';
import { acrossNamespaces, type Scope } from './namespaces.ts';
import { NamedUnavailable, NO_SUBJECTS, PodsUnavailable } from './outcome.ts';
import { collectPodsOf } from './pull-secrets-pods.ts';
import { type TargetName, withKind } from './targets.ts';
import { complete } from './verify-complete.ts';
import type { VerifySubjects } from './verify-images.ts';
import { hasEnded, Shapes } from './verify-shapes.ts';
import { manifestSource } from './verify-source.ts';
import { addManifests, type ManifestChoice } from './verify-templates.ts';
import { addNextPods } from './verify-workloads.ts';
import type { WorkloadName } from './workloads.ts';

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
  return {
    subjects: completed.subjects,
    problems,
    gaps: [...gaps, ...completed.gaps],
    unlooked: gaps.length > 0,
  };
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
  const known = await withPods(source, targets);
  const names = new Set(known.map(({ resource, name }) => resource.kind === 'Pod' && name));
  const found = await collectPodsOf(source, scope, targets, labelSelector);
  // Who names a pod that ended means just that one.
  const pods = found.pods.filter(({ pod }) => !hasEnded(pod) || names.has(pod.name));
  for (const { pod, presence } of pods) {
    const user = { kind: 'Pod', namespace: pod.namespace, name: pod.name };
    const listUnknown = presence === 'there' ? undefined : unknownList(user, presence);
    shapes.add(pod, { user, isNew: false, listUnknown });
  }
  const absent = new Set(found.problems.map(objectNamed));
  const workloads = known.filter(({ resource }) => resource.kind !== 'Pod');
  const gaps = await Promise.all(
    workloads.map((workload) =>
      addNextPods(workload, { source, scope, labelSelector, pods, absent }, shapes),
    ),
  );
  const told = new Set(
    found.problems.map((one) => one instanceof NamedUnavailable && one.why.text),
  );
  const open = gaps.flat().filter(({ text }) => !told.has(text));
  return { problems: found.problems, gaps: [...found.gaps, ...open] };
}

/** The targets with their kinds. */
async function withPods(
  source: ObjectSource,
  targets: readonly TargetName[],
): Promise<WorkloadName[]> {
  const known = await Promise.all(targets.map((target) => withKind(source, target)));
  const wrong = known.find(({ resource }) => PODLESS.has(resource.kind));
  if (wrong === undefined) return known;
  const { plural } = wrong.resource;
  throw new UsageError(`verify takes pods and workloads, and none of the type ${plural}`);
}

/** What a NotFoundError is about. */
function objectNamed(error: Error): unknown {
  return 'object' in error ? error.object : undefined;
}

/** True for files that hold pods of a cluster: what is named is looked for among these. */
export async function holdsPods(files: ObjectSource): Promise<boolean> {
  const isSaved = (pod: unknown) => str(obj(obj(pod)['metadata'])['uid']) !== '';
  const answer = await files.list<unknown>({ resource: POD, keep: isSaved });
  return answer.known && answer.value.length > 0;
}

export interface Manifests extends Omit<ManifestChoice, 'names'> {
  readonly files: ObjectSource;
  /** Answers for what manifests refer to and do not bring; `null`: there is none. */
  readonly cluster: ObjectSource | null;
  /** Empty: everything. */
  readonly targets: readonly TargetName[];
}

/** What pods are made from in the files, of the names and labels that are given. A name that is not there is a problem. */
export async function manifestSubjects({
  files,
  cluster,
  targets,
  ...choice
}: Manifests): Promise<VerifySubjects> {
  const shapes = new Shapes();
  const names = await withPods(files, targets);
  const missing = await addManifests(files, { ...choice, names }, shapes);
  const both = manifestSource(files, cluster, choice.home);
  const [completed, problems] = await Promise.all([
    complete(shapes.all(), ({ saved }) => (saved ? files : both)),
    Promise.all(missing.map((one) => notInFiles(files, one))),
  ]);
  return { ...completed, problems };
}

async function notInFiles(files: ObjectSource, { resource, name }: WorkloadName): Promise<Error> {
  const type = resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
  const near = await nearestName(files, resource, undefined, name ?? '');
  const hints = near !== null && near !== name ? [`did you mean "${near}"?`] : [];
  return new NotFoundError(type, name ?? '', undefined, hints, false);
}
