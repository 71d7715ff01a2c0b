/** Named workloads: where their pods are not what they would make now, the pod template is verified as well. */
import { labelSelector } from '../cluster/lists/selectors.ts';
import type { PodEvidence } from '../words/evidence.ts';
import { isAbsent, type Unavailable } from '../words/known.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import type { PodView } from '../words/pod.ts';
import { type Json, list, num, obj, str } from './json.ts';
import type { Scope } from './namespaces.ts';
import { templateSpec } from './templates.ts';
import type { Shapes } from './verify-shapes.ts';
import { addTemplate } from './verify-templates.ts';
import { podView } from './views.ts';
import type { WorkloadName } from './workloads.ts';

export interface NextPods {
  readonly source: ObjectSource;
  readonly scope: Scope;
  readonly labelSelector: string | undefined;
  /** Those that were found and did not end. */
  readonly pods: readonly PodEvidence[];
  /** Names that are told as missing already. */
  readonly absent: ReadonlySet<unknown>;
}

/** Adds the templates of one workload, or of all of a kind. What cannot be read is handed back. */
export async function addNextPods(
  { resource, name }: WorkloadName,
  { source, scope, labelSelector: selector, pods, absent }: NextPods,
  shapes: Shapes,
): Promise<Unavailable[]> {
  const gaps: Unavailable[] = [];
  const selects = selector === undefined ? () => true : labelSelector(selector);
  const own = (of: string, place: string) =>
    pods.filter(
      ({ workload, pod }) => workload === `${resource.kind}/${of}` && pod.namespace === place,
    );
  for (const namespace of scope ?? [undefined]) {
    const why = await eachObject(source, namespace, resource, name, (object) => {
      const meta = obj(object['metadata']);
      const place = namespace ?? (str(meta['namespace']) || 'default');
      const its = own(str(meta['name']), place).map(({ pod }) => pod);
      if (name === null && (makesNone(object) || !selects(templateOf(object)))) return;
      if (its.length > 0 && isWhatTheyAre(resource, object, its)) return;
      if (addTemplate(shapes, resource.kind, object, place) || its.length > 0 || name === null) {
        return;
      }
      const what = `${resource.kind.toLowerCase()} ${name}`;
      gaps.push({ reason: 'failed', what, text: `${what} has neither pods nor a pod template` });
    });
    const told =
      absent.has(name) || pods.some((one) => one.workload === `${resource.kind}/${name}`);
    if (why !== null && !(isAbsent(why) && (told || name === null))) gaps.push(why);
  }
  return gaps;
}

async function eachObject(
  source: ObjectSource,
  namespace: string | undefined,
  resource: ResourceKind,
  name: string | null,
  take: (object: Json) => void,
): Promise<Unavailable | null> {
  if (name !== null && namespace !== undefined) {
    const answer = await source.get<unknown>({ resource, namespace, name });
    if (!answer.known) return answer.why;
    take(obj(answer.value));
    return null;
  }
  const fieldSelector = name === null ? undefined : `metadata.name=${name}`;
  const keep = (object: unknown) => {
    take(obj(object));
    return false;
  };
  const answer = await source.list<unknown>({ resource, namespace, fieldSelector, keep });
  return answer.known ? null : answer.why;
}

/** The metadata of the pods it makes, where a selector finds them. */
function templateOf(object: Json): Json {
  const spec = obj(object['spec']);
  const ofJobs = obj(obj(spec['jobTemplate'])['spec']);
  return obj(spec['template'] ?? ofJobs['template']);
}

/** Of all objects of a kind: made by another one, scaled to none, suspended, or done. */
function makesNone(object: Json): boolean {
  const spec = obj(object['spec']);
  const status = obj(object['status']);
  const done = list(status['conditions']).some(
    ({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True',
  );
  return (
    list(obj(object['metadata'])['ownerReferences']).length > 0 ||
    spec['replicas'] === 0 ||
    spec['suspend'] === true ||
    done
  );
}

/**
 * True where the pods stand for the template: it has no other image and no other list of pull secrets, or some of them
 * were made from it (an admission webhook may have given them other images).
 */
function isWhatTheyAre({ kind }: ResourceKind, object: Json, pods: readonly PodView[]): boolean {
  const spec = templateSpec(object);
  if (spec === null || kind === 'Job' || someAreNew(object)) return true;
  const next = podView({ metadata: {}, spec: { ...spec, ephemeralContainers: [] } });
  const images = new Set(pods.flatMap(imagesOf));
  const lists = new Set(pods.map(({ pullSecrets }) => pullSecrets.join(' ')));
  const sameList = next.pullSecrets.length === 0 || lists.has(next.pullSecrets.join(' '));
  return sameList && imagesOf(next).every((image) => images.has(image));
}

function someAreNew(object: Json): boolean {
  const status = obj(object['status']);
  const generation = num(obj(object['metadata'])['generation']);
  const seen = num(status['observedGeneration']);
  if (generation !== null && seen !== null && seen < generation) return false;
  return (num(status['updatedReplicas']) ?? num(status['updatedNumberScheduled']) ?? 0) > 0;
}

function imagesOf({ containers, imageVolumes }: PodView): string[] {
  return [...containers, ...imageVolumes].map(({ image }) => image);
}
