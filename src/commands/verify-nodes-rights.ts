/** What is needed to make, follow and remove a Job, tried where nothing is made: no Job is left for want of a right. */
import { ApiError } from '../cluster/errors.ts';
import type { Writes } from '../cluster/write.ts';
import { JOB, POD } from '../collect/kinds.ts';
import { inParallel } from '../collect/parallel.ts';
import { RUN_LABEL } from '../judge/node-job.ts';
import type { NodeCheck } from '../words/node-check.ts';
import type { ObjectSource } from '../words/objects.ts';
import { jobName, NODES_AT_ONCE, tryOut } from './verify-nodes-jobs.ts';

export interface RightsSettings {
  readonly source: ObjectSource;
  readonly writes: Writes;
  /** Longest wait for one node, in milliseconds. */
  readonly timeoutMs: number;
}

/** Throws the API server's refusal (RBAC, quota or admission) where one check of each namespace meets one. */
export async function tryRights(
  checks: readonly NodeCheck[],
  settings: RightsSettings,
): Promise<void> {
  const byNamespace = Map.groupBy(checks, ({ subject }) => subject.namespace);
  const firsts = [...byNamespace.values()].flatMap(([first]) => first ?? []);
  await inParallel(firsts, NODES_AT_ONCE, (check) => tryRightsOf(check, settings));
}

async function tryRightsOf(
  check: NodeCheck,
  { source, writes, timeoutMs }: RightsSettings,
): Promise<void> {
  const { namespace } = check.subject;
  await unlessUntriable(tryOut(check, writes, timeoutMs));
  await unlessUntriable(writes.tryRemove({ resource: JOB, namespace, name: jobName() }));
  const labelSelector = `${RUN_LABEL}=none`;
  const pods = await source.list<unknown>({ resource: POD, namespace, labelSelector });
  if (!pods.known && pods.why.reason === 'forbidden' && pods.why.error) throw pods.why.error;
}

/** Old admission webhooks cannot be tried out (400): then the real request is what tells. */
async function unlessUntriable(tried: Promise<unknown>): Promise<void> {
  try {
    await tried;
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return;
    throw error;
  }
}
