/** Pods whose credentials are asked about: those named and those of workloads, the healthy ones as well. */
import { UsageError } from '../words/errors.ts';
import { distinctGaps, type Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { SecretView } from '../words/pod.ts';
import { DOCKER_TYPES } from '../words/secret-types.ts';
import { SECRET } from './kinds.ts';
import { acrossNamespaces, type Scope } from './namespaces.ts';
import { merged, NO_SUBJECTS, PodsUnavailable, type Subjects } from './outcome.ts';
import { collectPods } from './pods.ts';
import { taker } from './pull-secrets.ts';
import { podsOfWorkload } from './pull-secrets-workloads.ts';
import { namedPods } from './subjects.ts';
import { type TargetName, withKind } from './targets.ts';

/** Throws PodsUnavailable, InputError for a type that is not there, UsageError for one that has no pods. */
export async function collectPodsOf(
  source: ObjectSource,
  scope: Scope,
  targets: readonly TargetName[],
  labelSelector: string | undefined,
): Promise<Subjects> {
  const known = await Promise.all(targets.map((target) => withKind(source, target)));
  const wrong = known.find(({ resource }) => PODLESS.has(resource.kind));
  if (wrong) {
    const hint =
      wrong.resource.kind === 'Secret' ? '; kubectl imagepull decode looks into one' : '';
    throw new UsageError(
      `secrets takes pods and workloads, and none of the type ${wrong.resource.plural}${hint}`,
    );
  }
  const pods = known.filter(({ resource }) => resource.kind === 'Pod');
  const names = pods.flatMap(({ name }) => (name === null ? [] : [name]));
  const workloads = known.filter(({ resource }) => resource.kind !== 'Pod');
  const selection = { labelSelector, all: true };
  return acrossNamespaces(source, scope, async (namespace) =>
    merged(
      await Promise.all([
        namedPods(source, namespace, names),
        pods.length > names.length ? everyPod(source, { ...selection, namespace }) : NO_SUBJECTS,
        ...workloads.map((workload) =>
          podsOfWorkload(source, workload, { ...selection, namespace }),
        ),
      ]),
    ),
  );
}

const PODLESS = new Set(['Node', 'Secret', 'ServiceAccount', 'Event', 'Namespace']);

async function everyPod(
  source: ObjectSource,
  selection: Parameters<typeof collectPods>[1],
): Promise<Subjects> {
  const answer = await collectPods(source, selection);
  if (!answer.known) throw new PodsUnavailable(answer.why);
  return { ...NO_SUBJECTS, pods: answer.value };
}

/**
 * Every pull secret of the cluster in one list a type; where that is not allowed those of `namespaces`, and the refusal
 * is handed back. `onSecret` gets each once.
 */
export async function everyPullSecret(
  source: ObjectSource,
  namespaces: readonly string[],
  onSecret: (secret: SecretView) => void,
): Promise<Unavailable[]> {
  const keep = taker(onSecret);
  const ask = (namespace: string | undefined) =>
    Promise.all(
      DOCKER_TYPES.map((type) =>
        source.list<unknown>({ resource: SECRET, namespace, fieldSelector: `type=${type}`, keep }),
      ),
    );
  const [first] = (await ask(undefined)).filter((answer) => !answer.known);
  if (first === undefined) return [];
  const parts = await Promise.all(namespaces.map(ask));
  const gaps = [first, ...parts.flat()].flatMap((answer) => (answer.known ? [] : [answer.why]));
  return distinctGaps(gaps);
}
