/**
 * The second round: what a first look found worth asking for. Everything goes out in parallel, each object once,
 * with a bound on how much one run asks for.
 */
import { elidedKeys } from '../cluster/saved/elided.ts';
import type { Neighbour, PodEvidence, Wants } from '../words/evidence.ts';
import { type Answer, isAbsent, mapAnswer, notAsked } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { NodeView, SecretView, ServiceAccountView } from '../words/pod.ts';
import { DOCKER_TYPES } from '../words/secret-types.ts';
import { nameOf, obj, str } from './json.ts';
import { NODE, SECRET, SERVICE_ACCOUNT } from './kinds.ts';
import { neighboursOn } from './neighbours.ts';
import { nodeView, secretView, serviceAccountView } from './views.ts';

/** No run asks for more single objects than this; a cluster-wide view says what it left out. */
const MAX_GETS = 300;

/** Asks for each key once and shares the answer. */
function once<T>(limit: { left: number }, ask: (key: string) => Promise<Answer<T>>) {
  const asked = new Map<string, Promise<Answer<T>>>();
  return (key: string, what: string): Promise<Answer<T>> => {
    const known = asked.get(key);
    if (known) return known;
    const answer =
      limit.left-- > 0
        ? ask(key)
        : Promise.resolve(
            notAsked(
              what,
              `${what}: not asked for, this run already asked for ${MAX_GETS} objects`,
            ),
          );
    asked.set(key, answer);
    return answer;
  };
}

function parts(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** Fills in what `wants` names; asks for each object once, however often it is wanted and by however many pods. */
export type Enrich = (evidence: PodEvidence, wants: Wants) => Promise<PodEvidence>;

/** `noSecrets`: Secrets are never asked for, and the answers say so. */
export function enricher(source: ObjectSource, noSecrets: boolean): Enrich {
  const limit = { left: source.live ? MAX_GETS : Number.MAX_SAFE_INTEGER };
  const node = once<NodeView>(limit, async (name) =>
    mapAnswer(await source.get<unknown>({ resource: NODE, name }), nodeView),
  );
  const account = once<ServiceAccountView>(limit, async (key) =>
    mapAnswer(
      await source.get<unknown>({ resource: SERVICE_ACCOUNT, ...parts(key) }),
      serviceAccountView,
    ),
  );
  const secret = once<SecretView>(limit, async (key) =>
    mapAnswer(await source.get<unknown>({ resource: SECRET, ...parts(key) }), secretOf),
  );
  const neighbours = once<readonly Neighbour[]>(limit, (key) => {
    const { namespace, name: nodeName } = parts(key);
    return neighboursOn(source, namespace, nodeName);
  });
  const names = once<readonly string[]>(limit, (namespace) => secretNames(source, namespace));

  return async (evidence, wants) => {
    const { pod } = evidence;
    const refused = (what: string) => notAsked(what, `${what}: not asked for (--no-secrets)`);
    const askNames = () =>
      noSecrets
        ? refused(`secrets in namespace ${pod.namespace}`)
        : names(pod.namespace, `secrets in namespace ${pod.namespace}`);
    const [nodeAnswer, accountAnswer, nameAnswer, neighbourAnswer, secretAnswers] =
      await Promise.all([
        wants.node && pod.node ? node(pod.node, `node ${pod.node}`) : evidence.node,
        wants.serviceAccount
          ? account(
              `${pod.namespace}/${pod.serviceAccount}`,
              `serviceaccount ${pod.namespace}/${pod.serviceAccount}`,
            )
          : evidence.serviceAccount,
        wants.secretNames ? askNames() : evidence.secretNames,
        wants.neighbours && pod.node
          ? neighbours(`${pod.namespace}/${pod.node}`, `pods on node ${pod.node}`)
          : evidence.neighbours,
        Promise.all(
          (wants.secrets ? pod.pullSecrets : []).map(async (name) => {
            const key = `${pod.namespace}/${name}`;
            const answer: Answer<SecretView> = noSecrets
              ? refused(`secret ${key}`)
              : await secret(key, `secret ${key}`);
            return [name, answer] as const;
          }),
        ),
      ]);
    // Without events it is only known now that a name is needed near to a missing one.
    const unforeseen =
      source.live &&
      !wants.secretNames &&
      secretAnswers.some(([, a]) => !a.known && isAbsent(a.why));
    const missing = secretAnswers.flatMap(([name, a]) => (a.known ? [] : [name]));
    return {
      ...evidence,
      neighbours: neighbourAnswer,
      elsewhere: source.live || noSecrets ? undefined : await otherPlaces(source, missing),
      node: nodeAnswer,
      serviceAccount: accountAnswer,
      secretNames: unforeseen ? await askNames() : nameAnswer,
      secrets: wants.secrets ? new Map(secretAnswers) : evidence.secrets,
    };
  };
}

/** Names of the docker-type secrets of a namespace; neither other Secrets nor any content is asked for. */
export async function secretNames(
  source: ObjectSource,
  namespace: string,
): Promise<Answer<readonly string[]>> {
  const answers = await Promise.all(
    DOCKER_TYPES.map((type) =>
      source.list<unknown>({
        resource: SECRET,
        namespace,
        fieldSelector: `type=${type}`,
        metadataOnly: true,
      }),
    ),
  );
  const names: string[] = [];
  for (const answer of answers) {
    if (!answer.known) return answer;
    names.push(...answer.value.map(nameOf));
  }
  return { known: true, value: names };
}

/** Namespaces in which saved objects hold secrets of these names. */
async function otherPlaces(
  source: ObjectSource,
  missing: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const places = new Map<string, string[]>();
  if (missing.length === 0) return places;
  const answer = await source.list<unknown>({ resource: SECRET, metadataOnly: true });
  for (const secret of answer.known ? answer.value : []) {
    const meta = obj(obj(secret)['metadata']);
    const name = str(meta['name']);
    if (missing.includes(name)) {
      places.set(name, [...(places.get(name) ?? []), str(meta['namespace']) || 'default']);
    }
  }
  return places;
}

/** A Secret of the API or of a file; values that a must-gather took out are left out. */
export function secretOf(secret: unknown): SecretView {
  return secretView(secret, elidedKeys(secret));
}
