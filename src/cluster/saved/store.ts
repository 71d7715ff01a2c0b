/** Saved objects by kind and name, each once, however often it was given. */
import { type Fields, fields, text } from '../../words/fields.ts';
import { groupOf, type ResourceKind } from '../../words/objects.ts';
import { builtinOwnerKind } from '../lists/builtin-kinds.ts';
import { isReadKind } from '../lists/custom-kinds.ts';
import { coreEvent, ownerStub } from './normalise.ts';
import { newestTime, timeOf } from './times.ts';

export class SavedStore {
  /** By `group Kind`; the inner key is the uid, else namespace and name. */
  readonly #kinds = new Map<string, Map<string, Fields>>();
  readonly #custom = new Map<string, ResourceKind>();
  readonly #namespaces = new Set<string>();
  #newest = 0;
  #size = 0;

  /** Milliseconds of the newest time in any object, 0 where none has one. */
  get newest(): number {
    return this.#newest;
  }

  /** Objects taken in, doubles included. */
  get size(): number {
    return this.#size;
  }

  add(object: Fields): void {
    this.#size++;
    const event = coreEvent(object);
    const apiVersion = text(event['apiVersion']);
    const kind = text(event['kind']);
    const builtin = builtinOwnerKind(apiVersion, kind);
    const isRead = builtin !== undefined || isReadKind(groupOf(apiVersion), kind);
    const kept = isRead ? event : ownerStub(event);
    if (builtin === undefined) this.#learn(apiVersion, kind, event);
    const { namespace, name, uid } = fields(event['metadata']);
    const { generateName } = fields(object['metadata']);
    if (text(namespace) !== '') this.#namespaces.add(text(namespace));
    else if (builtin?.namespaced) this.#namespaces.add('default');
    this.#newest = Math.max(this.#newest, newestTime(event));
    const objects = this.#of(groupOf(apiVersion), kind);
    // Of manifests with the same generateName each makes an object of its own.
    const another = text(generateName) !== '' && generateName === name ? `#${this.#size}` : '';
    const key = text(uid) || `${text(namespace)}/${text(name)}${another}`;
    const known = objects.get(key);
    if (known === undefined || isNewer(kept, known)) objects.set(key, kept);
  }

  /** Notes that a list of the kind was given: with no item it says that there are none. */
  addKind(apiVersion: string, kind: string): void {
    const group = apiVersion.startsWith('events.k8s.io/') ? '' : groupOf(apiVersion);
    this.#of(group, kind);
  }

  /** The objects of a kind, undefined where nothing given could hold any. */
  objects(resource: ResourceKind): Iterable<Fields> | undefined {
    return this.#kinds.get(`${resource.group} ${resource.kind}`)?.values();
  }

  hasNamespace(namespace: string): boolean {
    return this.#namespaces.has(namespace);
  }

  /** Custom kinds seen, to be found by name. */
  customKinds(): Iterable<ResourceKind> {
    return this.#custom.values();
  }

  #of(group: string, kind: string): Map<string, Fields> {
    const key = `${group} ${kind}`;
    const known = this.#kinds.get(key) ?? new Map<string, Fields>();
    this.#kinds.set(key, known);
    return known;
  }

  #learn(apiVersion: string, kind: string, object: Fields): void {
    const group = groupOf(apiVersion);
    const key = `${group} ${kind}`;
    if (this.#custom.has(key)) return;
    this.#custom.set(key, {
      kind,
      // The plural is not in an object; it is used for our own sentences only.
      plural: `${kind.toLowerCase()}s`,
      group,
      version: apiVersion.slice(apiVersion.indexOf('/') + 1),
      namespaced: text(fields(object['metadata'])['namespace']) !== '',
    });
  }
}

/** Of two states of one object the later: by an event's last time, else by the resource version. */
function isNewer(object: Fields, known: Fields): boolean {
  const later = lastSeen(object) - lastSeen(known);
  if (later !== 0) return later > 0;
  return resourceVersion(object) > resourceVersion(known);
}

function lastSeen(object: Fields): number {
  if (object['kind'] !== 'Event') return 0;
  const series = fields(object['series'])['lastObservedTime'];
  return Math.max(timeOf(series), timeOf(object['lastTimestamp']));
}

function resourceVersion(object: Fields): number {
  const version = text(fields(object['metadata'])['resourceVersion']);
  return /^\d{1,15}$/.test(version) ? Number(version) : 0;
}
