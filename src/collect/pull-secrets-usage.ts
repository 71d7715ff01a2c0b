/** Who refers to which pull secret, from lists of pods and ServiceAccounts of which nothing else is kept. */

import { redact } from '../words/redact.ts';
import type { FailingPods } from '../words/secret-row.ts';
import { list, obj, str } from './json.ts';

/** Pods named for each secret; the rest is only counted. */
const MAX_POD_NAMES = 3;

/** A container that waits. */
export interface WaitingContainer {
  readonly image: string;
  readonly reason: string;
  readonly message: string;
}

export interface SecretRefs {
  readonly serviceAccounts: string[];
  readonly podNames: string[];
  pods: number;
}

/** Takes in pods and ServiceAccounts one by one; an object that comes twice counts once. */
export class PullSecretUsage {
  readonly #refs = new Map<string, SecretRefs>();
  readonly #failing = new Map<string, FailingPods>();
  readonly #seen = new Set<string>();
  readonly #fails: (waiting: WaitingContainer) => boolean;

  /** `fails`: whether a waiting container may lack a credential. */
  constructor(fails: (waiting: WaitingContainer) => boolean) {
    this.#fails = fails;
  }

  /** By `NAMESPACE/NAME` of the secret. */
  get refs(): ReadonlyMap<string, SecretRefs> {
    return this.#refs;
  }

  get failing(): readonly FailingPods[] {
    return [...this.#failing.values()];
  }

  addServiceAccount(account: unknown): void {
    const { namespace, name } = placeOf(account);
    for (const secret of new Set(names(obj(account)['imagePullSecrets']))) {
      const { serviceAccounts } = this.#refsOf(namespace, secret);
      if (!serviceAccounts.includes(name)) serviceAccounts.push(name);
    }
  }

  addPod(pod: unknown): void {
    const p = obj(pod);
    const spec = obj(p['spec']);
    const { namespace, name } = placeOf(pod);
    const pullSecrets = names(spec['imagePullSecrets']);
    const images = this.#failingImages(p);
    if (pullSecrets.length === 0 && images.length === 0) return;
    const place = `${namespace}/${name}`;
    if (this.#seen.has(place)) return;
    this.#seen.add(place);
    const phase = str(obj(p['status'])['phase']);
    // A pod that is over pulls nothing any more, but the next one of its Job will name the same secret.
    for (const secret of new Set(pullSecrets)) {
      const refs = this.#refsOf(namespace, secret);
      refs.pods++;
      if (refs.podNames.length < MAX_POD_NAMES) refs.podNames.push(name);
    }
    if (images.length === 0 || phase === 'Succeeded' || phase === 'Failed') return;
    const serviceAccount = str(spec['serviceAccountName']) || 'default';
    const key = JSON.stringify([namespace, serviceAccount, pullSecrets, images]);
    const known = this.#failing.get(key);
    this.#failing.set(
      key,
      known
        ? { ...known, pods: known.pods + 1 }
        : { namespace, serviceAccount, pullSecrets, images, pods: 1, example: name },
    );
  }

  #failingImages(pod: Record<string, unknown>): string[] {
    const status = obj(pod['status']);
    const spec = obj(pod['spec']);
    const found = new Set<string>();
    for (const [inSpec, inStatus] of GROUPS) {
      const images = new Map(
        list(spec[inSpec]).map((c) => [str(c['name']), redact(str(c['image']))]),
      );
      for (const container of list(status[inStatus])) {
        const waiting = obj(obj(container['state'])['waiting']);
        const reason = str(waiting['reason']);
        if (reason === '' || QUIET.has(reason)) continue;
        const image = images.get(str(container['name'])) || redact(str(container['image']));
        if (this.#fails({ image, reason, message: str(waiting['message']) })) found.add(image);
      }
    }
    return [...found];
  }

  #refsOf(namespace: string, name: string): SecretRefs {
    const key = `${namespace}/${name}`;
    const known = this.#refs.get(key);
    if (known) return known;
    const refs: SecretRefs = { serviceAccounts: [], podNames: [], pods: 0 };
    this.#refs.set(key, refs);
    return refs;
  }
}

const GROUPS: readonly (readonly [string, string])[] = [
  ['initContainers', 'initContainerStatuses'],
  ['containers', 'containerStatuses'],
  ['ephemeralContainers', 'ephemeralContainerStatuses'],
];

/** Reasons that have nothing to do with an image. */
const QUIET = new Set(['ContainerCreating', 'PodInitializing', 'CrashLoopBackOff']);

/** False only for the JSON text of a pod that refers to no secret and waits for nothing. */
export function mayMatter(json: string): boolean {
  return json.includes('"imagePullSecrets"') || json.includes('"waiting"');
}

function names(references: unknown): string[] {
  return list(references)
    .map((reference) => str(reference['name']))
    .filter((name) => name !== '');
}

function placeOf(object: unknown): { namespace: string; name: string } {
  const meta = obj(obj(object)['metadata']);
  return { namespace: str(meta['namespace']) || 'default', name: str(meta['name']) };
}
