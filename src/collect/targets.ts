/** What the command line names, turned into pods with their first round of evidence. */
import { InputError } from '../words/errors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { withEventsOf } from './events.ts';
import { acrossNamespaces, type Scope } from './namespaces.ts';
import { merged, NO_SUBJECTS, type Subjects } from './outcome.ts';
import type { Selection } from './pods.ts';
import { namedPods, selectedPods } from './subjects.ts';
import { collectWorkloads, type WorkloadName } from './workloads.ts';

/** One thing that was named; `resource` is null for a type that only the source knows. */
export interface TargetName {
  readonly type: string;
  readonly resource: ResourceKind | null;
  /** `null`: every object of the type. */
  readonly name: string | null;
}

export interface SelectionFlags {
  readonly selector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Told of each troubled pod of a list while the rest is still on its way. */
  readonly onPod?: ((evidence: PodEvidence) => void) | undefined;
}

/**
 * Pods of the targets, or of the selection where nothing is named. Throws PodsUnavailable where pods cannot be read,
 * InputError for a type that is not there.
 */
export async function collectSubjects(
  source: ObjectSource,
  scope: Scope,
  targets: readonly TargetName[],
  flags: SelectionFlags,
): Promise<Subjects> {
  const selection = {
    labelSelector: flags.selector,
    fieldSelector: flags.fieldSelector,
    onPod: flags.onPod,
  };
  if (targets.length === 0) {
    return acrossNamespaces(source, scope, (namespace) =>
      selected(source, { ...selection, namespace }),
    );
  }
  const known = await Promise.all(targets.map((target) => withKind(source, target)));
  const isPod = (target: WorkloadName) => target.resource.kind === 'Pod';
  const names = known.filter(isPod).flatMap((t) => (t.name === null ? [] : [t.name]));
  const nodes = known.filter((t) => t.resource.kind === 'Node' && t.name !== null);
  const workloads = known.filter((t) => !isPod(t) && t.resource.kind !== 'Node');
  const [pods, ...onNodes] = await Promise.all([
    acrossNamespaces(source, scope, async (namespace) =>
      merged(
        await Promise.all([
          namedPods(source, namespace, names),
          known.some((t) => isPod(t) && t.name === null)
            ? selected(source, { ...selection, namespace })
            : NO_SUBJECTS,
          workloads.length > 0
            ? collectWorkloads(source, namespace, workloads, selection)
            : NO_SUBJECTS,
        ]),
      ),
    ),
    ...nodes.map((t) => onNode(source, t.name ?? '')),
  ]);
  return { ...merged([pods, ...onNodes]), namespaces: pods.namespaces };
}

async function selected(source: ObjectSource, selection: Selection): Promise<Subjects> {
  return { ...NO_SUBJECTS, pods: await selectedPods(source, selection) };
}

async function onNode(source: ObjectSource, name: string): Promise<Subjects> {
  const { pods } = await selected(source, { fieldSelector: `spec.nodeName=${name}` });
  return { ...NO_SUBJECTS, pods: source.live ? await withEventsOf(source, pods) : pods };
}

/** The target with its kind; throws InputError for a type that is not there. */
export async function withKind(source: ObjectSource, target: TargetName): Promise<WorkloadName> {
  const resource = target.resource ?? (await source.findKind(target.type));
  if (resource) return { resource, name: target.name };
  const who = source.live ? 'the server' : 'the file';
  throw new InputError(`${who} doesn't have a resource type "${target.type}"`);
}
