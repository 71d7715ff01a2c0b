/** Operators that write pull secrets (external-secrets, Sealed Secrets), found by what the Secrets themselves tell. */
import { EXTERNAL_SECRET, SEALED_SECRET } from '../cluster/lists/custom-kinds.ts';
import type { Refresher } from '../words/cluster-sources.ts';
import { type Answer, isAbsent, mapAnswer } from '../words/known.ts';
import { lookUp } from '../words/lookup.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import type { SecretKeeper, SecretView } from '../words/pod.ts';
import { redact } from '../words/redact.ts';
import { list, nameOf, obj, str, time } from './json.ts';

const KINDS: readonly ResourceKind[] = [EXTERNAL_SECRET, SEALED_SECRET];

/** All that external-secrets before 0.16 serves. */
const EXTERNAL_SECRET_BEFORE_V1: ResourceKind = { ...EXTERNAL_SECRET, version: 'v1beta1' };

/** Namespaces of a live cluster that one run searches for the operator of a Secret that is missing. */
const MAX_SEARCHED = 3;

/** What is wanted of one pull secret: the Secret as it was read, or that it is not there. */
export interface Kept {
  readonly namespace: string;
  readonly name: string;
  /** `null`: there is no such Secret; its operator may never have written it. */
  readonly secret: SecretView | null;
}

export interface Refreshers {
  /** Starts the search of a namespace, so that `find` does not wait for it. */
  ahead(namespace: string): void;
  /** The operator's object of one Secret; `null` where nothing tells of an operator. */
  find(kept: Kept): Promise<Answer<Refresher> | null>;
}

/**
 * Asks for each list once. A Secret that tells of no operator costs a live source nothing; one that is missing costs one
 * request for its namespace, for a few namespaces.
 */
export function refreshers(source: ObjectSource): Refreshers {
  const lists = new Map<string, Promise<Answer<readonly unknown[]>>>();
  const listOf = (resource: ResourceKind, namespace: string) => {
    const key = `${resource.group}/${resource.version} ${namespace}`;
    const known = lists.get(key) ?? source.list<unknown>({ resource, namespace });
    lists.set(key, known);
    return known;
  };
  const searched = new Set<string>();
  const search = (namespace: string) => {
    if (searched.size < MAX_SEARCHED) searched.add(namespace);
    return searched.has(namespace);
  };
  return {
    ahead(namespace) {
      // What fails here fails again where the answer is needed.
      if (search(namespace)) listOf(EXTERNAL_SECRET, namespace).catch(() => undefined);
    },
    async find({ namespace, name, secret }) {
      const keeper = secret?.keeper;
      if (keeper !== undefined && keeper.name !== '') {
        const { kind } = keeper;
        if (kind === 'Reflector') return null;
        const resource = resourceOf(keeper);
        const found = await source.get<unknown>({ resource, namespace, name: keeper.name });
        return present(mapAnswer(found, (object) => view(object, kind, name)));
      }
      if (keeper === undefined && source.live && !(secret === null && search(namespace))) {
        return null;
      }
      const newer = await listOf(EXTERNAL_SECRET, namespace);
      const older = !newer.known && isAbsent(newer.why) && keeper !== undefined && source.live;
      const all = older ? await listOf(EXTERNAL_SECRET_BEFORE_V1, namespace) : newer;
      // Only where the Secret says that there is an operator is not being allowed worth a word.
      if (!all.known) return keeper === undefined ? null : present(all);
      const own = all.value.find((object) => targetOf(object) === name);
      return own === undefined ? null : { known: true, value: view(own, 'ExternalSecret', name) };
    },
  };
}

/** What is not there says nothing: the operator may be gone for good. */
function present<T>(answer: Answer<T>): Answer<T> | null {
  return answer.known || !isAbsent(answer.why) ? answer : null;
}

function resourceOf({ kind, apiVersion }: SecretKeeper): ResourceKind {
  const resource = KINDS.find((known) => known.kind === kind) ?? EXTERNAL_SECRET;
  // Of an owner reference, which anybody may write: only the version is taken, and only of the right group.
  const version = apiVersion.startsWith(`${resource.group}/`) ? versionOf(apiVersion) : '';
  return /^v\d{1,2}(?:(?:alpha|beta)\d{1,2})?$/.test(version) ? { ...resource, version } : resource;
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** `spec.target.name`, which is the name of the ExternalSecret where it is not given. */
function targetOf(object: unknown): string {
  const o = obj(object);
  return str(obj(obj(o['spec'])['target'])['name']) || nameOf(o);
}

function view(object: unknown, kind: Refresher['kind'], target: string): Refresher {
  const o = obj(object);
  const meta = obj(o['metadata']);
  const spec = obj(o['spec']);
  const status = obj(o['status']);
  const type = kind === 'ExternalSecret' ? 'Ready' : 'Synced';
  const ready = list(status['conditions']).find((c) => str(c['type']) === type) ?? {};
  const once = ['CreatedOnce', 'OnChange'].includes(str(spec['refreshPolicy']));
  return {
    kind,
    namespace: str(meta['namespace']) || 'default',
    name: str(meta['name']),
    target,
    ready: str(ready['status']),
    reason: str(ready['reason']),
    message: redact(str(ready['message'])),
    changedAt: time(ready['lastTransitionTime']),
    refreshedAt: time(status['refreshTime']),
    intervalMs:
      kind === 'ExternalSecret' && !once ? goDuration(str(spec['refreshInterval'])) : null,
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** Go's time.Duration text (`1h0m0s`) in milliseconds; `null` where it is none, or zero (never again). */
export function goDuration(text: string): number | null {
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|h|m|s)){1,4}$/.test(text)) return null;
  let ms = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/([\d.]+)(ms|h|m|s)/g)) {
    ms += Number(count) * (lookUp(UNIT_MS, unit) ?? 0);
  }
  return ms > 0 ? ms : null;
}
