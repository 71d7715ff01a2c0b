/**
 * The pull secrets of a scope and who refers to them. Lists are read page by page and of an object nothing is kept but
 * what the caller makes of it, so that a cluster with many secrets is never held whole.
 */
import { elidedKeys } from '../cluster/saved/elided.ts';
import { distinctGaps, type Unavailable } from '../words/known.ts';
import type { ObjectSource } from '../words/objects.ts';
import type { SecretView } from '../words/pod.ts';
import type { FailingPods } from '../words/secret-row.ts';
import { DOCKER_TYPES } from '../words/secret-types.ts';
import { POD, SECRET, SERVICE_ACCOUNT } from './kinds.ts';
import type { Scope } from './namespaces.ts';
import { secretsUnavailable } from './outcome.ts';
import { inParallel, WIDTH } from './parallel.ts';
import { listerOf } from './pull-secrets-lists.ts';
import {
  mayMatter,
  PullSecretUsage,
  type SecretRefs,
  type WaitingContainer,
} from './pull-secrets-usage.ts';
import { secretView } from './views.ts';

/** Secrets that a run asks for one by one. */
const MAX_GETS = 300;

export interface PullSecretQuery {
  /** Labels of Secrets. With it those that are only referred to are not asked for. */
  readonly selector?: string | undefined;
  /** Gets each secret once; it must not hold on to it. */
  readonly onSecret: (secret: SecretView) => void;
  /** Whether a waiting container may lack a credential. */
  readonly fails: (waiting: WaitingContainer) => boolean;
}

export interface PullSecretSurvey {
  /** By `NAMESPACE/NAME`. */
  readonly refs: ReadonlyMap<string, SecretRefs>;
  /** Secrets that something refers to and that were not brought, by `NAMESPACE/NAME`. */
  readonly absent: ReadonlyMap<string, Unavailable>;
  readonly failing: readonly FailingPods[];
  /** What could not be looked at. */
  readonly gaps: readonly Unavailable[];
  /** Whether all pods and ServiceAccounts of the namespace were seen: only then is a secret unused. */
  readonly usageKnown: (namespace: string) => boolean;
}

/** Throws what the source throws: not reached, not logged in; and SecretsUnavailable where no list came at all. */
export async function surveyPullSecrets(
  source: ObjectSource,
  scope: Scope,
  query: PullSecretQuery,
): Promise<PullSecretSurvey> {
  const listScope = listerOf(source, scope);
  const usage = new PullSecretUsage(query.fails);
  const seen = new Set<string>();
  const take = taker(query.onSecret, seen);
  const [pods, accounts, ...secrets] = await Promise.all([
    listScope({ resource: POD, mayKeep: mayMatter, keep: dropping((p) => usage.addPod(p)) }),
    listScope({
      resource: SERVICE_ACCOUNT,
      mayKeep: (json) => json.includes('"imagePullSecrets"'),
      keep: dropping((a) => usage.addServiceAccount(a)),
    }),
    ...DOCKER_TYPES.map((type) =>
      listScope({
        resource: SECRET,
        fieldSelector: `type=${type}`,
        labelSelector: query.selector,
        ...eachByItself(take),
      }),
    ),
  ]);
  const lists = [...secrets, pods, accounts];
  const failed = lists.every(({ nothing }) => nothing) ? lists.flatMap(({ gaps }) => gaps) : [];
  const refused = failed.find((gap) => gap.error !== undefined);
  if (refused !== undefined) throw secretsUnavailable(refused, scope === undefined);
  const wanted = query.selector ? [] : [...usage.refs.keys()].filter((key) => !seen.has(key));
  const { absent, left } = await getEach(source, wanted, take);
  return {
    refs: usage.refs,
    absent,
    failing: usage.failing,
    gaps: [...distinctGaps([pods, accounts, ...secrets].flatMap(({ gaps }) => gaps)), ...left],
    usageKnown: (namespace) => pods.covers(namespace) && accounts.covers(namespace),
  };
}

/** IBM Cloud puts its pull secret there. */
export const IBM_SECRET_NAMESPACE = 'default';

/** The pull secrets of one namespace; `onSecret` gets each once. What could not be listed is handed back. */
export async function pullSecretsIn(
  source: ObjectSource,
  namespace: string,
  onSecret: (secret: SecretView) => void,
): Promise<readonly Unavailable[]> {
  const keep = taker(onSecret);
  const lists = await Promise.all(
    DOCKER_TYPES.map((type) =>
      source.list<unknown>({ resource: SECRET, namespace, fieldSelector: `type=${type}`, keep }),
    ),
  );
  const gaps = lists.flatMap((answer) => (answer.known ? [] : [answer.why]));
  return distinctGaps(gaps);
}

/** Hands each secret on once, and keeps none. */
export function taker(onSecret: (secret: SecretView) => void, seen = new Set<string>()) {
  return (secret: unknown): boolean => {
    const view = secretView(secret, elidedKeys(secret));
    const key = `${view.namespace}/${view.name}`;
    if (!seen.has(key)) onSecret(view);
    seen.add(key);
    return false;
  };
}

/**
 * Reads a list item by item: a page of secrets is never there as objects, only as a text. What is no item by itself is
 * left to `keep`, which gets the page parsed as a whole.
 */
function eachByItself(take: (secret: unknown) => boolean) {
  return {
    keep: take,
    mayKeep: (json: string): boolean => {
      try {
        return take(JSON.parse(json));
      } catch (error) {
        if (error instanceof SyntaxError) return true;
        throw error;
      }
    },
  };
}

function dropping(take: (object: unknown) => void): (object: unknown) => boolean {
  return (object) => {
    take(object);
    return false;
  };
}

async function getEach(
  source: ObjectSource,
  keys: readonly string[],
  take: (secret: unknown) => void,
): Promise<{ absent: Map<string, Unavailable>; left: Unavailable[] }> {
  const absent = new Map<string, Unavailable>();
  const asked = source.live ? keys.slice(0, MAX_GETS) : keys;
  await inParallel(asked, WIDTH, async (key) => {
    const slash = key.indexOf('/');
    const [namespace, name] = [key.slice(0, slash), key.slice(slash + 1)];
    const answer = await source.get<unknown>({ resource: SECRET, namespace, name });
    if (answer.known) take(answer.value);
    else absent.set(key, answer.why);
  });
  const rest = keys.length - asked.length;
  if (rest === 0) return { absent, left: [] };
  const what = `${rest} more secrets that pods and ServiceAccounts refer to`;
  const text = `${what}: not asked for, this run already asked for ${MAX_GETS}`;
  return { absent, left: [{ reason: 'not asked', what, text }] };
}
