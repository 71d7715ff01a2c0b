/**
 * What a workload had before its image of now: of a Deployment the ReplicaSets, of a StatefulSet or DaemonSet the
 * ControllerRevisions. Asked for only where a tag turns out not to be there.
 */
import { builtinKind } from '../cluster/lists/builtin-kinds.ts';
import { isAbsent, type Unavailable } from '../words/known.ts';
import { lookUp } from '../words/lookup.ts';
import type { ObjectSource, ResourceKind } from '../words/objects.ts';
import type { OwnerRef } from '../words/pod.ts';
import { redact } from '../words/redact.ts';
import type { EarlierImage, ImageUser } from '../words/verification.ts';
import { type Json, list, num, obj, str } from './json.ts';
import { CONTROLLER_REVISION, POD, REPLICA_SET } from './kinds.ts';
import { templateSpec } from './templates.ts';
import { ownerOf } from './views.ts';

const KINDS: Readonly<Record<string, ResourceKind>> = {
  Deployment: REPLICA_SET,
  StatefulSet: CONTROLLER_REVISION,
  DaemonSet: CONTROLLER_REVISION,
};

/** Asks each object and each list once. */
export class Earlier {
  readonly #source: ObjectSource;
  readonly #workloads = new Map<string, Promise<History | null>>();
  readonly #revisions = new Map<string, Promise<Revisions>>();
  readonly #gaps: Unavailable[] = [];

  constructor(source: ObjectSource) {
    this.#source = source;
  }

  /** What could not be read. */
  get gaps(): readonly Unavailable[] {
    return this.#gaps;
  }

  /** The images that the users' workloads had instead of `image` in the revision before; none that is the same. */
  async of(image: string, users: readonly ImageUser[]): Promise<EarlierImage[]> {
    const workloads = await Promise.all(users.map((user) => this.#workloadOf(user)));
    const distinct = new Map(
      workloads.flatMap((w) => (w === null ? [] : [[`${w.kind} ${w.namespace}/${w.name}`, w]])),
    );
    const histories = await Promise.all([...distinct.values()].map((w) => this.#historyOf(w)));
    return histories.flatMap((history) => (history === null ? [] : before(image, history)));
  }

  async #workloadOf({ kind, namespace, name }: ImageUser): Promise<ImageUser | null> {
    let user: ImageUser = { kind, namespace, name };
    for (const step of ['Pod', 'ReplicaSet']) {
      if (user.kind !== step) continue;
      const object = await this.#get(step === 'Pod' ? POD : REPLICA_SET, user);
      const owner: OwnerRef | null = object && ownerOf(object);
      if (owner === null || !owner.apiVersion.startsWith('apps/')) return null;
      user = { kind: owner.kind, namespace, name: owner.name };
    }
    return Object.hasOwn(KINDS, user.kind) ? user : null;
  }

  #historyOf(workload: ImageUser): Promise<History | null> {
    const key = `${workload.kind} ${workload.namespace}/${workload.name}`;
    const known = this.#workloads.get(key);
    if (known !== undefined) return known;
    const asked = this.#ask(workload);
    this.#workloads.set(key, asked);
    return asked;
  }

  async #ask(workload: ImageUser): Promise<History | null> {
    const { kind, namespace } = workload;
    const resource = builtinKind(`${kind.toLowerCase()}s`);
    const made = lookUp(KINDS, kind);
    if (!resource || !made) return null;
    const object = await this.#get(resource, workload);
    const uid = str(obj(object?.['metadata'])['uid']);
    const now = object && templateSpec(object);
    if (!now || uid === '') return null;
    // kubectl goes back to the last but one (polymorphichelpers/rollback.go, deploymentRevision).
    const all = (await this.#revisionsIn(made, namespace)).get(uid) ?? [];
    const [, last] = [...all].sort((a, b) => b.revision - a.revision);
    if (last === undefined) return null;
    const paused = obj(object['spec'])['paused'] === true;
    return { workload, now: containers(now), paused, ...last };
  }

  /** All of a namespace in one list, which its workloads share. */
  #revisionsIn(resource: ResourceKind, namespace: string): Promise<Revisions> {
    const key = `${resource.kind} ${namespace}`;
    const known = this.#revisions.get(key);
    if (known !== undefined) return known;
    const listed = this.#listRevisions(resource, namespace);
    this.#revisions.set(key, listed);
    return listed;
  }

  async #listRevisions(resource: ResourceKind, namespace: string): Promise<Revisions> {
    const byOwner = new Map<string, Revision[]>();
    const keep = (one: unknown) => {
      const uid = ownerOf(one)?.uid ?? '';
      if (uid !== '') byOwner.set(uid, [...(byOwner.get(uid) ?? []), revisionOf(obj(one))]);
      return false;
    };
    const answer = await this.#source.list<unknown>({ resource, namespace, keep });
    if (answer.known) return byOwner;
    this.#missed(answer.why);
    return new Map();
  }

  async #get(resource: ResourceKind, { namespace, name }: ImageUser): Promise<Json | null> {
    const answer = await this.#source.get<unknown>({ resource, namespace, name });
    if (answer.known) return obj(answer.value);
    this.#missed(answer.why);
    return null;
  }

  /** What is not there, or in no file, is no gap: it has no history. */
  #missed(why: Unavailable): void {
    if (!isAbsent(why)) this.#gaps.push(why);
  }
}

interface Container {
  readonly name: string;
  readonly image: string;
}

interface Revision {
  readonly revision: number;
  readonly containers: readonly Container[];
}

/** By the uid of their owner. */
type Revisions = ReadonlyMap<string, readonly Revision[]>;

interface History extends Revision {
  readonly workload: ImageUser;
  /** Of the template of now. */
  readonly now: readonly Container[];
  readonly paused: boolean;
}

/** A ReplicaSet's number is an annotation; a ControllerRevision holds the template as a patch (`data`). */
function revisionOf(object: Json): Revision {
  const meta = obj(object['metadata']);
  const written = str(obj(meta['annotations'])['deployment.kubernetes.io/revision']);
  const revision = num(object['revision']) ?? (/^\d{1,15}$/.test(written) ? Number(written) : 0);
  const spec = templateSpec('data' in object ? obj(object['data']) : object) ?? {};
  return { revision, containers: containers(spec) };
}

function before(image: string, history: History): EarlierImage[] {
  const { workload, now, revision, paused } = history;
  const names = now.flatMap((one) => (one.image === image ? [one.name] : []));
  const had = history.containers.flatMap((one) =>
    names.includes(one.name) && one.image !== image && one.image !== '' ? [one.image] : [],
  );
  return [...new Set(had)].map((earlier) => ({ workload, revision, paused, image: earlier }));
}

function containers(spec: Json): Container[] {
  return [...list(spec['initContainers']), ...list(spec['containers'])].map((one) => ({
    name: str(one['name']),
    image: redact(str(one['image'])),
  }));
}
