import type { ResourceKind } from '../words/objects.ts';

/** The kinds describe asks for by itself; what a user names comes from `cluster/resources.ts`. */
function core(kind: string, plural: string, namespaced = true): ResourceKind {
  return { kind, plural, group: '', version: 'v1', namespaced };
}

export const POD = core('Pod', 'pods');
export const EVENT = core('Event', 'events');
export const SECRET = core('Secret', 'secrets');
export const SERVICE_ACCOUNT = core('ServiceAccount', 'serviceaccounts');
export const NODE = core('Node', 'nodes', false);
export const REPLICA_SET: ResourceKind = {
  kind: 'ReplicaSet',
  plural: 'replicasets',
  group: 'apps',
  version: 'v1',
  namespaced: true,
};
export const JOB: ResourceKind = {
  kind: 'Job',
  plural: 'jobs',
  group: 'batch',
  version: 'v1',
  namespaced: true,
};
