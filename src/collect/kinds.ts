/** The kinds describe asks for by itself; what a user names comes from `cluster/lists/resources.ts`. */
import { builtinKind } from '../cluster/lists/builtin-kinds.ts';
import type { ResourceKind } from '../words/objects.ts';

function builtin(plural: string): ResourceKind {
  const kind = builtinKind(plural);
  if (!kind) throw new Error(`${plural} is not in the table of built-in kinds`);
  return kind;
}

export const POD = builtin('pods');
export const EVENT = builtin('events');
export const SECRET = builtin('secrets');
export const SERVICE_ACCOUNT = builtin('serviceaccounts');
export const NODE = builtin('nodes');
export const NAMESPACE = builtin('namespaces');
export const REPLICA_SET = builtin('replicasets');
export const JOB = builtin('jobs');
/** No word of a user's, so it is not in the table. */
export const CONTROLLER_REVISION: ResourceKind = {
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  group: 'apps',
  version: 'v1',
  namespaced: true,
};
