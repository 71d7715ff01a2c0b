/**
 * The built-in kinds by every word kubectl takes for them, so that they cost no discovery request.
 * Source: `kubectl api-resources` of Kubernetes 1.20 to 1.37; the version is the one all of them serve.
 */
import { groupOf, type ResourceKind } from '../../words/objects.ts';

type Row = readonly [
  plural: string,
  singular: string,
  kind: string,
  group: string,
  version: string,
  namespaced: boolean,
  shortNames: readonly string[],
];

const ROWS: readonly Row[] = [
  ['pods', 'pod', 'Pod', '', 'v1', true, ['po']],
  ['nodes', 'node', 'Node', '', 'v1', false, ['no']],
  ['secrets', 'secret', 'Secret', '', 'v1', true, []],
  ['serviceaccounts', 'serviceaccount', 'ServiceAccount', '', 'v1', true, ['sa']],
  ['events', 'event', 'Event', '', 'v1', true, ['ev']],
  ['namespaces', 'namespace', 'Namespace', '', 'v1', false, ['ns']],
  [
    'replicationcontrollers',
    'replicationcontroller',
    'ReplicationController',
    '',
    'v1',
    true,
    ['rc'],
  ],
  ['configmaps', 'configmap', 'ConfigMap', '', 'v1', true, ['cm']],
  ['services', 'service', 'Service', '', 'v1', true, ['svc']],
  ['endpoints', 'endpoints', 'Endpoints', '', 'v1', true, ['ep']],
  [
    'persistentvolumeclaims',
    'persistentvolumeclaim',
    'PersistentVolumeClaim',
    '',
    'v1',
    true,
    ['pvc'],
  ],
  ['persistentvolumes', 'persistentvolume', 'PersistentVolume', '', 'v1', false, ['pv']],
  ['resourcequotas', 'resourcequota', 'ResourceQuota', '', 'v1', true, ['quota']],
  ['limitranges', 'limitrange', 'LimitRange', '', 'v1', true, ['limits']],
  ['podtemplates', 'podtemplate', 'PodTemplate', '', 'v1', true, []],
  ['deployments', 'deployment', 'Deployment', 'apps', 'v1', true, ['deploy']],
  ['replicasets', 'replicaset', 'ReplicaSet', 'apps', 'v1', true, ['rs']],
  ['statefulsets', 'statefulset', 'StatefulSet', 'apps', 'v1', true, ['sts']],
  ['daemonsets', 'daemonset', 'DaemonSet', 'apps', 'v1', true, ['ds']],
  ['jobs', 'job', 'Job', 'batch', 'v1', true, []],
  ['cronjobs', 'cronjob', 'CronJob', 'batch', 'v1', true, ['cj']],
];

interface Named {
  readonly resource: ResourceKind;
  readonly words: readonly string[];
}

const KINDS: readonly Named[] = ROWS.map(
  ([plural, singular, kind, group, version, namespaced, shortNames]) => ({
    resource: { kind, plural, group, version, namespaced },
    words: [plural, singular, ...shortNames],
  }),
);

const BY_WORD: ReadonlyMap<string, ResourceKind> = new Map(
  KINDS.flatMap(({ resource, words }) => words.map((word) => [word, resource] as const)),
);

/**
 * The built-in kind a TYPE word stands for, in any case: `deploy`, `deployments`, `deployments.apps`,
 * `deployments.v1.apps`. Undefined for others.
 */
export function builtinKind(type: string): ResourceKind | undefined {
  const [word = '', ...rest] = type.toLowerCase().split('.');
  const kind = BY_WORD.get(word);
  if (kind === undefined || rest.length === 0) return kind;
  const suffix = rest.join('.');
  const ofGroup = suffix === kind.group || suffix === `${kind.version}.${kind.group}`;
  return ofGroup && kind.group !== '' ? kind : undefined;
}

/** The built-in kind that an object's `apiVersion` and `kind` name, whatever the version of its group. */
export function builtinOwnerKind(apiVersion: string, kind: string): ResourceKind | undefined {
  const group = groupOf(apiVersion);
  return KINDS.find(({ resource }) => resource.kind === kind && resource.group === group)?.resource;
}
