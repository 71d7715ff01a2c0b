/** What the command line names, turned into pods with their first round of evidence. */
import { InputError } from '../words/errors.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import type { Subjects } from './outcome.ts';
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
}

/**
 * Pods of the targets, or of the selection where nothing is named. `namespace` undefined: all namespaces.
 * Throws PodsUnavailable where pods cannot be read, InputError for a type that is not there.
 */
export async function collectSubjects(
  source: ObjectSource,
  namespace: string | undefined,
  targets: readonly TargetName[],
  flags: SelectionFlags,
): Promise<Subjects> {
  const selection: Selection = {
    namespace,
    labelSelector: flags.selector,
    fieldSelector: flags.fieldSelector,
  };
  if (targets.length === 0) return selected(source, selection);
  const known = await Promise.all(targets.map((target) => withKind(source, target)));
  const isPod = (target: WorkloadName) => target.resource.kind === 'Pod';
  const names = known.filter(isPod).flatMap((t) => (t.name === null ? [] : [t.name]));
  const nodes = known.filter((t) => t.resource.kind === 'Node' && t.name !== null);
  const workloads = known.filter((t) => !isPod(t) && t.resource.kind !== 'Node');
  const parts = await Promise.all([
    namedPods(source, namespace, names),
    known.some((t) => isPod(t) && t.name === null) ? selected(source, selection) : NOTHING,
    ...nodes.map((t) => selected(source, { fieldSelector: `spec.nodeName=${t.name}` })),
    workloads.length > 0 ? collectWorkloads(source, namespace, workloads, selection) : NOTHING,
  ]);
  return merged(parts);
}

const NOTHING: Subjects = { pods: [], problems: [], gaps: [] };

async function selected(source: ObjectSource, selection: Selection): Promise<Subjects> {
  return { pods: await selectedPods(source, selection), problems: [], gaps: [] };
}

async function withKind(source: ObjectSource, target: TargetName): Promise<WorkloadName> {
  const resource = target.resource ?? (await source.findKind(target.type));
  if (resource) return { resource, name: target.name };
  const who = source.live ? 'the server' : 'the file';
  throw new InputError(`${who} doesn't have a resource type "${target.type}"`);
}

/** A pod that two targets name counts once. */
function merged(parts: readonly Subjects[]): Subjects {
  const pods = parts.flatMap((p) => p.pods);
  const byName = new Map(pods.map((p) => [`${p.pod.namespace}/${p.pod.name}`, p]));
  return {
    pods: [...byName.values()],
    problems: parts.flatMap((p) => p.problems),
    gaps: parts.flatMap((p) => p.gaps),
  };
}
