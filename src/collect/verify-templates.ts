/** Workloads as the pods that they would make: those without pods, and manifests that were not applied yet. */
import { builtinKind } from '../cluster/lists/builtin-kinds.ts';
import { type Answer, mapAnswer, type Unavailable } from '../words/known.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { list, obj, str } from './json.ts';
import { POD } from './kinds.ts';
import type { Scope } from './namespaces.ts';
import { templateSpec } from './templates.ts';
import type { Shapes } from './verify-shapes.ts';
import { podView } from './views.ts';
import type { WorkloadName } from './workloads.ts';

/** Kinds with a pod template, the makers before the made. */
const KINDS: readonly ResourceKind[] = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'jobs',
  'replicasets',
  'replicationcontrollers',
].flatMap((plural) => builtinKind(plural) ?? []);

/** Adds what a new pod of the object's template would be; false where it has none. */
export function addTemplate(
  shapes: Shapes,
  kind: string,
  object: unknown,
  namespace: string,
): boolean {
  const whole = obj(object);
  const spec = templateSpec(whole);
  if (spec === null) return false;
  const meta = obj(whole['metadata']);
  const user = { kind, namespace, name: str(meta['name']) };
  const pod = podView({
    metadata: { ...meta, namespace },
    spec: { ...spec, ephemeralContainers: [] },
  });
  shapes.add({ ...pod, node: null }, { user, isNew: true, spec, saved: str(meta['uid']) !== '' });
  return true;
}

/** The template of a workload that has no pods. What cannot be read is handed back. */
export async function addWorkload(
  source: ObjectSource,
  scope: Scope,
  { resource, name }: WorkloadName,
  shapes: Shapes,
): Promise<Unavailable[]> {
  const gaps: Unavailable[] = [];
  for (const namespace of scope ?? [undefined]) {
    const answer = await objectsOf(source, namespace, resource, name);
    if (!answer.known) {
      gaps.push(answer.why);
      continue;
    }
    for (const object of answer.value) {
      const place = namespace ?? (str(obj(obj(object)['metadata'])['namespace']) || 'default');
      if (addTemplate(shapes, resource.kind, object, place)) continue;
      const what = `${resource.kind.toLowerCase()} ${name ?? ''}`;
      gaps.push({ reason: 'failed', what, text: `${what} has neither pods nor a pod template` });
    }
  }
  return gaps;
}

async function objectsOf(
  source: ObjectSource,
  namespace: string | undefined,
  resource: ResourceKind,
  name: string | null,
): Promise<Answer<readonly unknown[]>> {
  if (name !== null && namespace !== undefined) {
    return mapAnswer(await source.get<unknown>({ resource, namespace, name }), (one) => [one]);
  }
  const fieldSelector = name === null ? undefined : `metadata.name=${name}`;
  return source.list<unknown>({ resource, namespace, fieldSelector });
}

/**
 * Everything in the files that pods are made from, and the pods themselves. `home` is the namespace of manifests that
 * name none; `scope` leaves out those of other namespaces.
 */
export async function addManifests(
  files: ObjectSource,
  scope: Scope,
  home: string,
  shapes: Shapes,
): Promise<void> {
  const each = async (resource: ResourceKind, add: (object: unknown, place: string) => void) => {
    const answer = await files.list<unknown>({ resource });
    for (const object of answer.known ? answer.value : []) {
      const place = str(obj(obj(object)['metadata'])['namespace']) || home;
      if (scope === undefined || scope.includes(place)) add(object, place);
    }
  };
  await each(POD, (object, place) => addManifestPod(shapes, object, place));
  for (const resource of KINDS) {
    await each(resource, (object, place) => {
      // Of a saved cluster the maker is there as well, or its pods are.
      if (list(obj(obj(object)['metadata'])['ownerReferences']).length > 0) return;
      addTemplate(shapes, resource.kind, object, place);
    });
  }
}

/** A pod with a uid was in a cluster; its list is as it is. */
function addManifestPod(shapes: Shapes, object: unknown, namespace: string): void {
  const pod = podView(object);
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return;
  const saved = pod.uid !== '';
  const user = { kind: 'Pod', namespace, name: pod.name };
  shapes.add({ ...pod, namespace }, { user, isNew: !saved, saved, spec: obj(obj(object)['spec']) });
}
