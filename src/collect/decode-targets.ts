/** What the command line of `decode` names: secrets, pods, workloads. */
import { impossibleName } from '../credentials/faults/names.ts';
import { NotFoundError } from '../words/errors.ts';
import { type Answer, isAbsent, type Unavailable } from '../words/known.ts';
import { nearest } from '../words/nearest.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { type FoundSecrets, mergedFound, NOTHING_FOUND } from './decode-found.ts';
import { asListed, listedSecrets } from './decode-lists.ts';
import { secretsOf } from './decode-users.ts';
import { secretNames, secretOf } from './enrich.ts';
import { nameOf } from './json.ts';
import { POD, SECRET } from './kinds.ts';
import { namespacesWith, nearestName } from './missing.ts';
import { SecretsUnavailable } from './outcome.ts';
import { inParallel, WIDTH } from './parallel.ts';
import { type TargetName, withKind } from './targets.ts';

/** Namespaces that are named in an error at most. */
const MAX_NAMED = 3;

/** A target; `either`: only a name was given, which is a secret's, else a pod's. */
export interface DecodeTarget extends TargetName {
  readonly either: boolean;
}

/**
 * The secrets of the targets, in their order. `namespace` undefined: saved objects, looked through as a whole. Throws
 * InputError for a type that is not there.
 */
export async function namedSecrets(
  source: ObjectSource,
  namespace: string | undefined,
  targets: readonly DecodeTarget[],
): Promise<FoundSecrets> {
  return mergedFound(
    await inParallel(targets, WIDTH, async (target) => {
      if (target.either) return eitherNamed(source, namespace, target.name ?? '');
      const { resource, name } = await withKind(source, target);
      return objectsNamed(source, resource, namespace, name);
    }),
  );
}

/** Both are asked for at once; the pod's answer is not waited for where there is such a secret. */
async function eitherNamed(
  source: ObjectSource,
  namespace: string | undefined,
  name: string,
): Promise<FoundSecrets> {
  const secret = lookUp(source, SECRET, namespace, name);
  const pod = lookUp(source, POD, namespace, name);
  // What ends the pod's request early is told only where its answer is needed.
  pod.catch(() => undefined);
  const secrets = await secret;
  if (secrets.known) return ofSecrets(secrets.value);
  const pods = await pod;
  if (pods.known) return ofObjects(source, POD, pods.value);
  if (!isAbsent(secrets.why)) return problem(new SecretsUnavailable(secrets.why));
  const hints = await secretHints(source, namespace, name, isAbsent(pods.why));
  if (!isAbsent(pods.why)) hints.push(pods.why.text);
  return problem(new NotFoundError('secrets', name, namespace, hints, source.live));
}

async function objectsNamed(
  source: ObjectSource,
  resource: ResourceKind,
  namespace: string | undefined,
  name: string | null,
): Promise<FoundSecrets> {
  const isSecret = resource.kind === 'Secret' && resource.group === '';
  if (name === null) {
    const scope = namespace === undefined ? undefined : [namespace];
    if (isSecret) return listedSecrets(source, scope, undefined);
    const all = await source.list<unknown>({ resource, namespace });
    return all.known
      ? ofObjects(source, resource, all.value)
      : problem(new SecretsUnavailable(all.why));
  }
  const where = resource.namespaced ? namespace : undefined;
  const found = await lookUp(source, resource, where, name);
  if (found.known) {
    return isSecret ? ofSecrets(found.value) : ofObjects(source, resource, found.value);
  }
  if (!isAbsent(found.why)) return problem(new SecretsUnavailable(found.why));
  const hints = isSecret
    ? await secretHints(source, namespace, name, false)
    : didYouMean(await nearestName(source, resource, namespace, name));
  const type = resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
  return problem(new NotFoundError(type, name, where, hints, source.live));
}

/** The objects of this name: one, or with saved objects one of each namespace. */
async function lookUp(
  source: ObjectSource,
  resource: ResourceKind,
  namespace: string | undefined,
  name: string,
): Promise<Answer<readonly unknown[]>> {
  if (namespace !== undefined || !resource.namespaced) {
    const answer = await source.get<unknown>({ resource, namespace, name });
    return answer.known ? { known: true, value: [answer.value] } : answer;
  }
  const answer = await source.list<unknown>({ resource, fieldSelector: `metadata.name=${name}` });
  if (!answer.known || answer.value.length > 0) return answer;
  const what = `${resource.kind.toLowerCase()} ${name}`;
  const why: Unavailable = { reason: 'not in the file', what, text: `${what} is not in the file` };
  return { known: false, why };
}

function ofSecrets(objects: readonly unknown[]): FoundSecrets {
  const secrets = objects.map((object) => asListed(secretOf(object)));
  return { ...NOTHING_FOUND, groups: [{ user: null, secrets }] };
}

async function ofObjects(
  source: ObjectSource,
  resource: ResourceKind,
  objects: readonly unknown[],
): Promise<FoundSecrets> {
  const parts = await inParallel(objects, WIDTH, async (object): Promise<FoundSecrets> => {
    const group = await secretsOf(source, resource, object);
    if (group !== null) {
      const { user } = group;
      return { ...NOTHING_FOUND, groups: [group], gaps: user?.unseen ? [user.unseen] : [] };
    }
    const name = nameOf(object);
    const what = `${resource.kind.toLowerCase()} ${name}`;
    return problem(
      new SecretsUnavailable({
        reason: 'failed',
        what,
        text: `${what} has no pod template: name one of its pods`,
      }),
    );
  });
  return mergedFound(parts);
}

function problem(error: Error): FoundSecrets {
  return { ...NOTHING_FOUND, problems: [error] };
}

/** What may have been meant by the name of a secret that is not there. */
async function secretHints(
  source: ObjectSource,
  namespace: string | undefined,
  name: string,
  orPod: boolean,
): Promise<string[]> {
  const [names, pod, elsewhere] = await Promise.all([
    namesOfSecrets(source, namespace),
    orPod ? nearestPodName(source, namespace, name) : null,
    namespace === undefined ? [] : namespacesWith(source, SECRET, name, namespace),
  ]);
  const impossible = impossibleName(name);
  const near = nearest(name, names);
  return [
    ...(impossible === null ? [] : [`no secret can have this name: ${impossible}`]),
    ...(orPod ? ['and there is no pod of this name'] : []),
    ...(elsewhere.length > 0
      ? [`namespace ${elsewhere.slice(0, MAX_NAMED).join(', ')} has a secret of this name`]
      : []),
    ...didYouMean(near ?? (pod === null ? null : `pod/${pod}`)),
  ];
}

function didYouMean(name: string | null): string[] {
  return name === null ? [] : [`did you mean "${name}"?`];
}

async function namesOfSecrets(
  source: ObjectSource,
  namespace: string | undefined,
): Promise<readonly string[]> {
  if (namespace !== undefined) {
    const answer = await secretNames(source, namespace);
    return answer.known ? answer.value : [];
  }
  const answer = await source.list<unknown>({ resource: SECRET });
  return answer.known ? answer.value.map(nameOf) : [];
}

async function nearestPodName(
  source: ObjectSource,
  namespace: string | undefined,
  name: string,
): Promise<string | null> {
  const answer = await source.list<unknown>({ resource: POD, namespace, metadataOnly: true });
  return answer.known ? nearest(name, answer.value.map(nameOf)) : null;
}
