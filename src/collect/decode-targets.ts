/** What the command line of `decode` names: secrets, pods, workloads. */
import { impossibleName, possibleName } from '../credentials/faults/names.ts';
import { InputError, NotFoundError } from '../words/errors.ts';
import { Hidden, MASK } from '../words/hidden.ts';
import { type Answer, isAbsent, type Unavailable } from '../words/known.ts';
import { nearest } from '../words/nearest.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import { type FoundSecrets, mergedFound, NOTHING_FOUND } from './decode-found.ts';
import { asListed, listedSecrets } from './decode-lists.ts';
import { secretsOf } from './decode-users.ts';
import { secretNames, secretOf } from './enrich.ts';
import { nameOf } from './json.ts';
import { POD, SECRET } from './kinds.ts';
import { namespacesWith } from './missing.ts';
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
      // Some kinds have names of another form; none of the built-in ones that hold a pod template.
      if (name !== null && target.resource !== null && isRefused(source, name)) {
        return refused(source, resource, namespace, name, false);
      }
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
  if (isRefused(source, name)) return refused(source, SECRET, namespace, name, true);
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
  return problem(new NotFoundError('secrets', await shown(name), namespace, hints, source.live));
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
    : didYouMean(await nearestOf(source, resource, namespace, name));
  return problem(new NotFoundError(typeOf(resource), await shown(name), where, hints, source.live));
}

/** As kubectl prints it: `pods`, `deployments.apps`. */
function typeOf({ plural, group }: ResourceKind): string {
  return group ? `${plural}.${group}` : plural;
}

/**
 * No server is asked for a name that nothing can have: it may have been pasted, and names stand in audit logs. In a
 * file it may well be found.
 */
function isRefused(source: ObjectSource, name: string): boolean {
  return source.live && impossibleName(name) !== null;
}

/** `or`: a pod of the name would do, too. Only lists are asked for, to find what was meant. */
async function refused(
  source: ObjectSource,
  resource: ResourceKind,
  namespace: string | undefined,
  name: string,
  orPod: boolean,
): Promise<FoundSecrets> {
  const hints =
    resource.kind === 'Secret'
      ? await secretHints(source, namespace, name, orPod)
      : [
          `no ${resource.kind.toLowerCase()} can have this name: ${impossibleName(name)}`,
          ...didYouMean(await nearestOf(source, resource, namespace, possibleName(name) ?? '')),
        ];
  const what = `${typeOf(resource)} "${await shown(name)}"`;
  return problem(new InputError(`${what} cannot exist (${hints.join('; ')})`));
}

/** Longest impossible name that is printed. */
const MAX_SHOWN = 63;

/** The name as it may be printed; the mask for one that nothing can have and that may be a credential. */
async function shown(name: string): Promise<string> {
  if (impossibleName(name) === null) return name;
  if (name.length > MAX_SHOWN) return MASK;
  // Hardly ever needed; the tables of kinds take their time to load.
  const [{ kindOf }, { mayShowUser }] = await Promise.all([
    import('../credentials/kinds/index.ts'),
    import('../credentials/kinds/user.ts'),
  ]);
  const credential = { username: name, password: new Hidden('') };
  const kind = kindOf({ registry: 'generic', host: '', ...credential });
  return mayShowUser(name, credential.password, kind) ? name : MASK;
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
  const impossible = impossibleName(name);
  const meant = impossible === null ? name : (possibleName(name) ?? '');
  const [names, pod, elsewhere] = await Promise.all([
    namesOfSecrets(source, namespace),
    orPod ? nearestOf(source, POD, namespace, meant) : null,
    namespace === undefined || impossible !== null
      ? []
      : namespacesWith(source, SECRET, name, namespace),
  ]);
  const near = sameOrNearest(meant, names);
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

/** The object of this very name, or of the one nearest to it. */
async function nearestOf(
  source: ObjectSource,
  resource: ResourceKind,
  namespace: string | undefined,
  name: string,
): Promise<string | null> {
  const answer = await source.list<unknown>({ resource, namespace, metadataOnly: true });
  return answer.known ? sameOrNearest(name, answer.value.map(nameOf)) : null;
}

/** The very name is there where a possible one stands for an impossible one. */
function sameOrNearest(name: string, names: readonly string[]): string | null {
  return names.includes(name) ? name : nearest(name, names);
}
