/**
 * Which pods belong to a workload, by owner references alone: Deployment → ReplicaSet → Pod, CronJob → Job → Pod,
 * and custom owners (Rollout, Knative) whose objects in between are asked for as they are met.
 */
import { isAbsent } from '../words/known.ts';
import { groupOf, type ObjectSource, type ResourceKind } from '../words/objects.ts';
import type { OwnerRef } from '../words/pod.ts';
import { obj, str } from './json.ts';
import { ownerOf } from './views.ts';

/** Longer chains do not exist in practice; a loop of owners must end. */
const MAX_DEPTH = 6;

/** Finds the owners of owners, each object asked for once. */
export class OwnerChain {
  readonly #source: ObjectSource;
  readonly #owners = new Map<string, Promise<OwnerRef | null>>();
  /** Owners that were asked for so far, each one or two requests. */
  asked = 0;

  constructor(source: ObjectSource) {
    this.#source = source;
  }

  /** Fills in an object already at hand, e.g. a ReplicaSet of a list. */
  learn(object: unknown): void {
    const { uid, namespace } = obj(obj(object)['metadata']);
    if (!str(uid)) return;
    this.#owners.set(`${str(namespace)}/${str(uid)}`, Promise.resolve(ownerOf(object)));
  }

  /** Name of the wanted object where `first` or one of its owners is it (`null` wants any of the kind). */
  async leadsTo(
    namespace: string,
    first: OwnerRef | null,
    kind: ResourceKind,
    name: string | null,
  ): Promise<string | null> {
    let owner = first;
    for (let depth = 0; owner && depth < MAX_DEPTH; depth++) {
      const group = groupOf(owner.apiVersion);
      const wanted = owner.kind === kind.kind && group === kind.group;
      if (wanted && (name === null || owner.name === name)) return owner.name;
      owner = await this.#ownerOf(namespace, owner);
    }
    return null;
  }

  #ownerOf(namespace: string, owner: OwnerRef): Promise<OwnerRef | null> {
    const key = `${namespace}/${owner.uid || `${owner.kind}/${owner.name}`}`;
    const known = this.#owners.get(key);
    if (known) return known;
    this.asked++;
    const asked = this.#ask(namespace, owner, () => this.#owners.delete(key));
    this.#owners.set(key, asked);
    return asked;
  }

  /** `forget` is called where asking again may bring more. */
  async #ask(namespace: string, owner: OwnerRef, forget: () => void): Promise<OwnerRef | null> {
    const resource = await this.#source.findOwnerKind(owner.apiVersion, owner.kind);
    if (!resource) return null;
    const answer = await this.#source.get<unknown>({
      resource,
      namespace: resource.namespaced ? namespace : undefined,
      name: owner.name,
    });
    if (answer.known) return ownerOf(answer.value);
    if (!isAbsent(answer.why) && answer.why.reason !== 'forbidden') forget();
    return null;
  }
}
