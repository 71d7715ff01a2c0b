/**
 * `metadata.managedFields` as an API server keeps it for a pod and an event. `kubectl get -o json` leaves it out, so the
 * captured objects lack it, and it is a third of what a list of pods weighs on the wire.
 */
import { type Fields, fields, isFields } from '../../src/words/fields.ts';

/** Lists that are merged by a key (the `+listMapKey` marks of core/v1); every other list is one field. */
const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostIPs: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  podIPs: ['ip'],
  ports: ['containerPort', 'protocol'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

/** What admission and the scheduler put in: nobody's field. */
const UNOWNED = new Set([
  'nodeName',
  'preemptionPolicy',
  'priority',
  'serviceAccount',
  'serviceAccountName',
  'tolerations',
]);

/** Who wrote what: the controller the object and its spec, the kubelet the status. */
export function podManagedFields(pod: Fields): readonly Fields[] {
  const metadata = fields(pod['metadata']);
  const { annotations, labels, generateName, ownerReferences } = metadata;
  const spec = Object.entries(fields(pod['spec'])).filter(([name]) => !UNOWNED.has(name));
  const object = {
    metadata: { annotations, generateName, labels, ownerReferences },
    spec: Object.fromEntries(spec),
  };
  const time = metadata['creationTimestamp'];
  const written = [entry('kube-controller-manager', time, object)];
  if (pod['status'] === undefined) return written;
  return [
    ...written,
    { ...entry('kubelet', time, { status: pod['status'] }), subresource: 'status' },
  ];
}

export function eventManagedFields(event: Fields): readonly Fields[] {
  const { apiVersion: _, kind: __, metadata, ...own } = event;
  return [entry('kubelet', fields(metadata)['creationTimestamp'], own)];
}

function entry(manager: string, time: unknown, object: Fields): Fields {
  return {
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: owned(object),
  };
}

function owned(object: Fields): Fields {
  const given = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [`f:${name}`, ownedValue(name, value)]));
}

function ownedValue(name: string, value: unknown): Fields {
  if (isFields(value)) return owned(value);
  const keys = LIST_KEYS[name];
  if (!Array.isArray(value) || keys === undefined) return {};
  const items = value.map((item: unknown) => {
    const key = Object.fromEntries(keys.map((k) => [k, fields(item)[k]]));
    return [`k:${JSON.stringify(key)}`, { '.': {}, ...owned(fields(item)) }] as const;
  });
  return Object.fromEntries([['.', {}], ...items]);
}
