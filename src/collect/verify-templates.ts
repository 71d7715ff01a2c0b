/** Pod templates as the pods that they would make; manifests that were not applied yet. */
import { builtinKind } from '../cluster/lists/builtin-kinds.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { list, obj, str } from './json.ts';
import { POD } from './kinds.ts';
import type { Scope } from './namespaces.ts';
import { templateSpec } from './templates.ts';
import { hasEnded, type Shapes } from './verify-shapes.ts';
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

/** Which objects of the files count. */
export interface ManifestChoice {
  /** Leaves out those of other namespaces; absent: none. */
  readonly scope: Scope;
  /** The namespace of manifests that name none. */
  readonly home: string;
  /** Kinds of the files that are none of Kubernetes' own: what has a pod template makes pods (Rollouts and the like). */
  readonly customKinds: readonly ResourceKind[];
  /** Empty: all. */
  readonly names: readonly WorkloadName[];
  readonly labelSelector: string | undefined;
}

/** Everything in the files that pods are made from, and the pods themselves; the names for which there is nothing. */
export async function addManifests(
  files: ObjectSource,
  { scope, home, customKinds, names, labelSelector }: ManifestChoice,
  shapes: Shapes,
): Promise<WorkloadName[]> {
  const found = new Set<WorkloadName>();
  const each = async (resource: ResourceKind, add: (object: unknown, place: string) => void) => {
    const answer = await files.list<unknown>({ resource, labelSelector });
    for (const object of answer.known ? answer.value : []) {
      const meta = obj(obj(object)['metadata']);
      const place = str(meta['namespace']) || home;
      if (scope !== undefined && !scope.includes(place)) continue;
      const meant = names.filter((one) => isMeant(one, resource, str(meta['name'])));
      if (names.length > 0 && meant.length === 0) continue;
      // Of a saved cluster the maker is there as well, or its pods are.
      const made = resource !== POD && list(meta['ownerReferences']).length > 0;
      if (made && meant.every(({ name }) => name === null)) continue;
      for (const one of meant) found.add(one);
      add(object, place);
    }
  };
  await each(POD, (object, place) => addManifestPod(shapes, object, place));
  for (const resource of [...KINDS, ...customKinds]) {
    await each(resource, (object, place) => addTemplate(shapes, resource.kind, object, place));
  }
  return names.filter((one) => one.name !== null && !found.has(one));
}

function isMeant({ resource, name }: WorkloadName, kind: ResourceKind, own: string): boolean {
  return (
    resource.kind === kind.kind && resource.group === kind.group && (name === null || name === own)
  );
}

/** A pod with a uid was in a cluster; its list is as it is. */
function addManifestPod(shapes: Shapes, object: unknown, namespace: string): void {
  const pod = podView(object);
  if (hasEnded(pod)) return;
  const saved = pod.uid !== '';
  const user = { kind: 'Pod', namespace, name: pod.name };
  shapes.add({ ...pod, namespace }, { user, isNew: !saved, saved, spec: obj(obj(object)['spec']) });
}
