/** The second round of `verify`: the pull secrets of the pods, and the platforms of their nodes. */
import type { Answer, Unavailable } from '../words/known.ts';
import { isAbsent, mapAnswer } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { SecretView } from '../words/pod.ts';
import { DOCKER_TYPES } from '../words/secret-types.ts';
import type { Platform, Subject, WantedSecret } from '../words/verification.ts';
import { secretOf } from './enrich.ts';
import { list, obj } from './json.ts';
import { NODE, SECRET, SERVICE_ACCOUNT } from './kinds.ts';
import { inParallel, WIDTH } from './parallel.ts';
import { mayGoTo, type PlaceableNode } from './verify-placement.ts';
import type { Shape } from './verify-shapes.ts';
import { nodeView, serviceAccountView } from './views.ts';

/** From so many secrets of a live cluster on they are listed, in one request a type. */
const MANY_SECRETS = 20;
/** From so many nodes on they are listed. */
const MANY_NODES = 5;

export interface Completed {
  readonly subjects: readonly Subject[];
  readonly gaps: readonly Unavailable[];
}

/** Sources by shape: a manifest may look into more than a saved pod. */
export type SourceOf = (shape: Pick<Shape, 'saved'>) => ObjectSource;

/** Asks for each object once. */
export async function complete(shapes: readonly Shape[], sourceOf: SourceOf): Promise<Completed> {
  const platforms = platformsOf(shapes, sourceOf);
  const lists = await inParallel(shapes, WIDTH, (shape) => listOf(shape, sourceOf));
  const secrets = await secretsOf(shapes, lists, sourceOf);
  const nodes = await platforms;
  const subjects = shapes.map((shape, i): Subject => {
    const list = lists[i] ?? NO_LIST;
    return {
      users: shape.users,
      count: shape.count,
      serviceAccount: shape.serviceAccount,
      images: shape.images,
      secrets: list.names.flatMap((name) => secrets(shape, name) ?? []),
      listUnknown: list.why,
      ...nodes.of(shape),
      ...(shape.running.size > 0 && { running: [...shape.running.values()] }),
    };
  });
  return { subjects, gaps: nodes.gaps };
}

interface PullList {
  readonly names: readonly string[];
  readonly why: Unavailable | null;
}

const NO_LIST: PullList = { names: [], why: null };

/** Admission gives a pod without a list that of its ServiceAccount (plugin/pkg/admission/serviceaccount). */
async function listOf(shape: Shape, sourceOf: SourceOf): Promise<PullList> {
  const { namespace, serviceAccount, pullSecrets, isNew, listUnknown } = shape;
  if (listUnknown !== null) return { names: [], why: listUnknown };
  if (!isNew || pullSecrets.length > 0) return { names: pullSecrets, why: null };
  const answer = mapAnswer(
    await sourceOf(shape).get<unknown>({
      resource: SERVICE_ACCOUNT,
      namespace,
      name: serviceAccount,
    }),
    serviceAccountView,
  );
  if (answer.known) return { names: [...new Set(answer.value.pullSecrets)], why: null };
  // Without a cluster nobody can say what its ServiceAccount lists; a pod of none that exists is never made.
  return { names: [], why: answer.why };
}

type SecretsOf = (shape: Shape, name: string) => WantedSecret | undefined;

async function secretsOf(
  shapes: readonly Shape[],
  lists: readonly PullList[],
  sourceOf: SourceOf,
): Promise<SecretsOf> {
  const keyOf = (shape: Shape, name: string) => `${shape.saved} ${shape.namespace}/${name}`;
  const wanted = new Map<string, { readonly shape: Shape; readonly name: string }>();
  for (const [i, shape] of shapes.entries()) {
    for (const name of lists[i]?.names ?? []) wanted.set(keyOf(shape, name), { shape, name });
  }
  const found = new Map<string, Answer<SecretView>>();
  const [first] = shapes;
  const live = first !== undefined && sourceOf(first).live;
  if (live && wanted.size >= MANY_SECRETS) {
    await listSecrets(sourceOf(first), (secret) => {
      const key = `${first.saved} ${secret.namespace}/${secret.name}`;
      if (wanted.has(key)) found.set(key, { known: true, value: secret });
    });
  }
  const rest = [...wanted].filter(([key]) => !found.has(key));
  await inParallel(rest, WIDTH, async ([key, { shape, name }]) => {
    const query = { resource: SECRET, namespace: shape.namespace, name };
    found.set(key, mapAnswer(await sourceOf(shape).get<unknown>(query), secretOf));
  });
  return (shape, name) => {
    const answer = found.get(keyOf(shape, name));
    return answer && { namespace: shape.namespace, name, answer };
  };
}

/** Pull secrets of the whole cluster, as far as they may be listed: those that are left are asked for one by one. */
async function listSecrets(
  source: ObjectSource,
  take: (secret: SecretView) => void,
): Promise<void> {
  const keep = (secret: unknown) => {
    take(secretOf(secret));
    return false;
  };
  await Promise.all(
    DOCKER_TYPES.map((type) =>
      source.list<unknown>({ resource: SECRET, fieldSelector: `type=${type}`, keep }),
    ),
  );
}

type PlatformsOf = Pick<Subject, 'platforms' | 'maybePlatforms'>;

interface Platforms {
  readonly of: (shape: Shape) => PlatformsOf;
  readonly gaps: readonly Unavailable[];
}

interface KnownNode extends PlaceableNode {
  readonly platform: Platform;
}

/** Of the nodes that pods are on, else of all that a template may go to. */
async function platformsOf(shapes: readonly Shape[], sourceOf: SourceOf): Promise<Platforms> {
  const [first] = shapes;
  if (first === undefined) return { of: () => ({ platforms: [] }), gaps: [] };
  const names = new Set(shapes.flatMap(({ nodes }) => [...nodes]));
  const anywhere = shapes.some(({ nodes }) => nodes.size === 0);
  const nodes = new Map<string, KnownNode>();
  const take = (object: unknown) => {
    const { name, os, architecture } = nodeView(object);
    if (os === '' || architecture === '') return;
    const own = { 'kubernetes.io/os': os, 'kubernetes.io/arch': architecture };
    const beta = { 'beta.kubernetes.io/os': os, 'beta.kubernetes.io/arch': architecture };
    // The kubelet writes these labels from what it is; a saved node may be without.
    const labels = { ...obj(obj(obj(object)['metadata'])['labels']), ...beta, ...own };
    const taints = list(obj(obj(object)['spec'])['taints']);
    nodes.set(name, { name, labels, taints, platform: { os, architecture } });
  };
  const source = sourceOf(shapes.find(({ saved }) => !saved) ?? first);
  const whys =
    anywhere || names.size >= MANY_NODES
      ? [await listNodes(source, take)]
      : await inParallel([...names], WIDTH, async (name) => {
          const node = await source.get<unknown>({ resource: NODE, name });
          if (node.known) take(node.value);
          return node.known ? null : node.why;
        });
  // A node that is gone, or that no file holds, is no secret: its pods are simply not checked for a platform.
  const gaps = whys.flatMap((why) => (why === null || isAbsent(why) ? [] : [why]));
  return { of: (shape) => fitting(shape, nodes), gaps };
}

async function listNodes(
  source: ObjectSource,
  take: (node: unknown) => void,
): Promise<Unavailable | null> {
  const keep = (node: unknown) => {
    take(node);
    return false;
  };
  const answer = await source.list<unknown>({ resource: NODE, keep });
  return answer.known ? null : answer.why;
}

function fitting(shape: Shape, nodes: ReadonlyMap<string, KnownNode>): PlatformsOf {
  const { placement } = shape;
  if (placement === null) {
    const own = [...shape.nodes].flatMap((name) => nodes.get(name) ?? []);
    return { platforms: distinct(own.map(({ platform }) => platform)) };
  }
  const fit = [...nodes.values()].filter((node) => mayGoTo(node, placement));
  const platforms = distinct(fit.map(({ platform }) => platform));
  // What all nodes are, the pod's node is as well.
  if (!placement.open || platforms.length < 2) return { platforms };
  return { platforms: [], maybePlatforms: platforms };
}

function distinct(platforms: readonly Platform[]): Platform[] {
  const byName = new Map(platforms.map((p) => [`${p.os}/${p.architecture}`, p]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, platform]) => platform);
}
