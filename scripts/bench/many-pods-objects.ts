/**
 * A large cluster made of captured objects: 10,000 pods (or as many as asked for) in 200 namespaces, 500 of them
 * failing to pull, and two events a pod. Same objects at every start.
 */
import { type Fields, fields, text } from '../../src/words/fields.ts';
import { captured } from '../../test/rig/dumps.ts';
import { eventManagedFields, podManagedFields } from './many-pods-managed.ts';

export const PODS = 10_000;
export const FAILING = 500;
/** Failing pods whose cause stands in their events alone, as kubelets before 1.32 wrote it. */
const FAILING_BY_EVENT = 40;
/** Not failing to pull, but waiting: they crash. */
const CRASHING = 30;
const DONE = 300;
const EVENTS_PER_POD = 2;
const NAMESPACES_OF_ONE = 40;
const NODES = 200;

export interface ManyObjects {
  /** Each as one line of JSON, as it stands in a list. */
  readonly pods: readonly string[];
  readonly events: readonly string[];
  /** `secrets`, `serviceaccounts`, `nodes`, `namespaces`. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** A captured pod with its events; copies of it differ in what tells pods apart. */
interface Template {
  readonly pod: string;
  readonly events: readonly string[];
  readonly namespace: string;
  readonly uid: string;
  /** Base of the name: the app's name where the pod's begins with it. */
  readonly base: RegExp;
  /** Path of the image without its tag; null where the image is not of that form. */
  readonly repository: RegExp | null;
}

const PULL_REASONS = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'];
const DUMPS = ['modern', ...Array.from({ length: 15 }, (_, i) => `modern-node-${two(i + 1)}`)];

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** @param pods how many in all, more than fail, crash and are done */
export function manyObjects(pods = PODS): ManyObjects {
  const modern = DUMPS.flatMap(templates);
  const extra = templates('extra');
  const byStatus = modern.filter(({ pod }) => pullFailure(pod) === 'cause');
  const byEvent = extra.filter(({ pod }) => pullFailure(pod) === 'no cause');
  const crashing = modern.filter(({ pod }) => pod.includes('"reason":"CrashLoopBackOff"'));
  const done = modern.filter(({ pod }) => pod.includes('"phase":"Succeeded"'));
  const running = modern.filter(
    ({ pod }) => pod.includes('"state":{"running":') && !/"state":\{"(?!running")/.test(pod),
  );
  const namespaces = [...new Set(modern.map((t) => t.namespace))].sort();
  const copies = [
    ...spread(byStatus, FAILING - FAILING_BY_EVENT),
    ...spread(byEvent, FAILING_BY_EVENT),
    ...spread(crashing, CRASHING),
    ...spread(done, DONE),
    ...spread(running, pods - FAILING - CRASHING - DONE),
  ].map(({ template, copy }, n) => {
    const known = namespaces.includes(template.namespace) && n < FAILING;
    const namespace = known ? template.namespace : namespaces[n % namespaces.length];
    const place = `${namespace}-${two(Math.floor(n / namespaces.length) % NAMESPACES_OF_ONE)}`;
    return copied(template, copy, n, place);
  });
  const everywhere = (kind: string) =>
    captured(`modern-${kind}`).flatMap((object) =>
      Array.from({ length: NAMESPACES_OF_ONE }, (_, i) => inNamespace(object, two(i))),
    );
  return {
    pods: copies.map(({ pod }) => pod),
    events: copies.flatMap(({ events }) => events).slice(0, EVENTS_PER_POD * pods),
    others: new Map([
      ['secrets', everywhere('secrets')],
      ['serviceaccounts', everywhere('serviceaccounts')],
      ['nodes', Array.from({ length: NODES }, (_, i) => node(nodeName(i)))],
      ['namespaces', namespaces.flatMap(namespacesOf)],
    ]),
  };
}

/** What a waiting container says: `cause`, `no cause` (as older kubelets), or null where none waits for an image. */
function pullFailure(pod: string): 'cause' | 'no cause' | null {
  const status = fields(fields(JSON.parse(pod))['status']);
  const waiting = [status['containerStatuses'], status['initContainerStatuses']]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((container) => fields(fields(fields(container)['state'])['waiting']))
    .filter((w) => PULL_REASONS.includes(text(w['reason'])));
  if (waiting.length === 0) return null;
  const bare = waiting.every((w) => /^Back-off pulling image "[^"]*"$/.test(text(w['message'])));
  return bare ? 'no cause' : 'cause';
}

function templates(dump: string): Template[] {
  const events = captured(`${dump}-events`);
  return captured(`${dump}-pods`)
    .filter((pod) => fields(pod['metadata'])['deletionTimestamp'] === undefined)
    .map((pod) => template(pod, events));
}

function template(pod: Fields, events: readonly Fields[]): Template {
  const metadata = fields(pod['metadata']);
  const uid = text(metadata['uid']);
  const name = text(metadata['name']);
  const app = text(fields(metadata['labels'])['app']);
  const base = app.length > 4 && name.startsWith(app) ? app : name;
  const { containers } = fields(pod['spec']);
  const image = text(fields(Array.isArray(containers) ? containers[0] : null)['image']);
  const [, path] = /^[^/]+\/([a-z0-9./-]+):[\w.-]+$/.exec(image) ?? [];
  return {
    pod: listed(pod, podManagedFields(pod)),
    events: events
      .filter((event) => fields(event['involvedObject'])['uid'] === uid)
      .map((event) => listed(event, eventManagedFields(event))),
    namespace: text(metadata['namespace']),
    uid,
    base: new RegExp(`(?<![\\w-])${base}\\b`, 'g'),
    repository: path === undefined ? null : new RegExp(`\\b${path}(?![\\w-])`, 'g'),
  };
}

/** As it stands in a list: without kind and version, which the list has. */
function listed(object: Fields, managedFields: readonly Fields[]): string {
  const { apiVersion: _, kind: __, metadata, ...rest } = object;
  return JSON.stringify({ metadata: { ...fields(metadata), managedFields }, ...rest });
}

function spread(from: readonly Template[], count: number): { template: Template; copy: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const found = from[i % from.length];
    if (found === undefined) throw new Error('test/dumps has no pod of this kind');
    return { template: found, copy: Math.floor(i / from.length) };
  });
}

function copied(
  from: Template,
  copy: number,
  n: number,
  namespace: string,
): { pod: string; events: readonly string[] } {
  const number = String(n).padStart(5, '0');
  const uid = `${hex(n)}${from.uid.slice(8)}`;
  const change = (json: string) => {
    const named = json
      .replaceAll(from.uid, uid)
      .replace(from.base, (base) => `${base}-${number}`)
      .replaceAll(`"namespace":"${from.namespace}"`, `"namespace":"${namespace}"`)
      .replaceAll(`\\"namespace\\":\\"${from.namespace}\\"`, `\\"namespace\\":\\"${namespace}\\"`)
      .replaceAll(`_${from.namespace}(`, `_${namespace}(`)
      .replaceAll(` ${from.namespace}/`, ` ${namespace}/`)
      .replaceAll(/"nodeName":"[^"]+"/g, `"nodeName":"${nodeName(n % NODES)}"`);
    // Three images of each: about 300 in all.
    const variant = copy % 3;
    if (from.repository === null || variant === 0) return named;
    return named.replace(from.repository, (path) => `${path}-${variant}`);
  };
  return {
    pod: change(from.pod),
    events: from.events.map((event, i) => {
      const changed = change(event);
      const own = text(fields(fields(JSON.parse(event))['metadata'])['uid']);
      return changed.replaceAll(own, `${hex(n * 100 + i)}${own.slice(8)}`);
    }),
  };
}

function hex(n: number): string {
  return n.toString(16).padStart(8, '0');
}

function inNamespace(object: Fields, number: string): string {
  const metadata = fields(object['metadata']);
  const namespace = `${text(metadata['namespace'])}-${number}`;
  return JSON.stringify({ ...object, metadata: { ...metadata, namespace } });
}

function namespacesOf(name: string): string[] {
  return Array.from({ length: NAMESPACES_OF_ONE }, (_, i) =>
    JSON.stringify({ metadata: { name: `${name}-${two(i)}` }, status: { phase: 'Active' } }),
  );
}

function nodeName(n: number): string {
  return `node-${String(n).padStart(3, '0')}`;
}

function node(name: string): string {
  const [first = {}] = captured('modern-nodes');
  return JSON.stringify({ ...first, metadata: { ...fields(first['metadata']), name } });
}
