/** What makes a pod. Kinds of one name stand in several API groups, so that a kind alone tells nothing. Pure. */
import { lookUp } from '../words/lookup.ts';
import { shellQuote } from '../words/shell.ts';

/** An object that makes pods, or nothing. */
export interface Maker {
  /** `Deployment/web` and the like; `null`: nothing makes the pod. */
  readonly workload: string | null;
  /** API group of its kind; absent: not told, and the kind is taken for Kubernetes' own. */
  readonly group?: string | undefined;
}

/** Groups of the kinds whose controllers are Kubernetes' own; `extensions` is that of old clusters. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['apps', 'extensions'],
  DaemonSet: ['apps', 'extensions'],
  ReplicaSet: ['apps', 'extensions'],
  StatefulSet: ['apps'],
  ReplicationController: [''],
  Job: ['batch'],
  CronJob: ['batch'],
  Node: [''],
};

/** Kind and name; both empty where nothing makes the pod. */
export function namesOf({ workload }: Maker): readonly [kind: string, name: string] {
  const [kind = '', name = ''] = workload?.split('/') ?? [];
  return [kind, name];
}

/** The kind where it is one of Kubernetes' own; `null` for others, and where nothing makes the pod. */
export function builtInKind(maker: Maker): string | null {
  const [kind] = namesOf(maker);
  const groups = lookUp(GROUPS, kind);
  if (groups === undefined) return null;
  return maker.group === undefined || groups.includes(maker.group) ? kind : null;
}

/** `Rollout.argoproj.io`, as kubectl takes it beside the plural; Kubernetes' own without the group. */
export function typeOf(maker: Maker): string {
  const [kind] = namesOf(maker);
  return maker.group && builtInKind(maker) === null ? `${kind}.${maker.group}` : kind;
}

/** A type that goes into a command; hostile objects have others. */
const TYPE = /^[A-Za-z][A-Za-z0-9.-]{0,252}$/;

/** `kubectl get` or `kubectl edit` of it; undefined where its kind is none that kubectl takes. */
export function commandOn(
  verb: 'get' | 'edit',
  maker: Maker,
  namespace: string,
): string | undefined {
  const type = typeOf(maker);
  const [, name] = namesOf(maker);
  if (!TYPE.test(type) || name === '') return undefined;
  return `kubectl ${verb} ${type} ${shellQuote(name)} -n ${shellQuote(namespace)}`;
}
