/** Which pods may be those of a workload, before anybody is asked. */
import { lookUp } from '../words/lookup.ts';
import { ownerOf } from './views.ts';

const OWNERS: Readonly<Record<string, string>> = {
  Deployment: 'ReplicaSet',
  CronJob: 'Job',
  ReplicaSet: 'ReplicaSet',
  StatefulSet: 'StatefulSet',
  DaemonSet: 'DaemonSet',
  Job: 'Job',
  ReplicationController: 'ReplicationController',
};

/** The kind that owns the pods of a built-in workload; itself where it owns them. Undefined for other kinds. */
export function podOwner(workload: string): string | undefined {
  return lookUp(OWNERS, workload);
}

/** False only for a pod whose owner cannot lead to a workload of that kind and name: names of a chain begin alike. */
export function mayBelong(pod: unknown, workload: string, name: string | null): boolean {
  const owner = ownerOf(pod);
  if (owner === null) return false;
  const kind = podOwner(workload);
  if (kind === undefined) return true;
  return owner.kind === kind && (name === null || isNamedAfter(owner.name, name));
}

/** Whether the name of an owner begins as what its controller would name after a workload; long names are cut. */
export function isNamedAfter(owner: string, workload: string): boolean {
  return owner.startsWith(workload.slice(0, 50));
}
