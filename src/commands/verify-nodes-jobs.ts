/** Jobs that have nodes pull images: made, followed, and removed in every case. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, ConnectionError } from '../cluster/errors.ts';
import type { Writes } from '../cluster/write.ts';
import { JOB } from '../collect/kinds.ts';
import { type JobLook, jobLook, passing } from '../collect/node-job-pods.ts';
import { inParallel } from '../collect/parallel.ts';
import { type Progress, readJobPod, withoutPod } from '../judge/node-check.ts';
import { deadlineSeconds, nodeJob, RUN_LABEL, TTL_SECONDS } from '../judge/node-job.ts';
import { wantsOf } from '../judge/wants.ts';
import { words } from '../words/errors.ts';
import type { PodEvidence, Wants } from '../words/evidence.ts';
import type { NodeAnswer, NodeCheck } from '../words/node-check.ts';
import type { GetQuery, ObjectSource } from '../words/objects.ts';
import { lookAt } from './look.ts';

/** Nodes that pull at the same time: all of them ask the same registry. */
export const NODES_AT_ONCE = 5;
const POLL_MS = 700;
/** So long a refused pod may still come: the Job's controller tries again. */
const REFUSED_MS = 2_500;
/** A container that is still being made is looked at with its events after so long, and so often. */
const EVENTS_EVERY_MS = 4_000;
/** So often a Job that could not be removed is tried again, at growing distances. */
const REMOVALS = 5;
const FIRST_REMOVAL_PAUSE_MS = 300;
/** No further attempt after this: somebody who pressed Ctrl-C waits. */
const REMOVAL_MS = 15_000;

export interface JobsSettings {
  readonly source: ObjectSource;
  readonly writes: Writes;
  /** Longest wait for one node, in milliseconds. */
  readonly timeoutMs: number;
  readonly now: () => number;
  /** No new Job is made, and those that are there are removed. */
  readonly signal: AbortSignal;
  readonly onDone: () => void;
  /** One line for a Job that could not be removed. */
  readonly onLeft: (text: string) => void;
}

/** A name that nobody else has: what is to be made twice is made once. */
export function jobName(): string {
  return `kubectl-imagepull-${randomBytes(5).toString('hex')}`;
}

/** A Job that is not made. */
export function dryJob(check: NodeCheck, timeoutMs: number) {
  const name = jobName();
  return { name, job: nodeJob(check, { name, run: 'dry-run', timeoutMs }) as object };
}

/** Has the API server check the Job of this check, and keep nothing of it; the Job as it would be. */
export async function tryOut(check: NodeCheck, writes: Writes, timeoutMs: number) {
  const { name, job } = dryJob(check, timeoutMs);
  const query = { resource: JOB, namespace: check.subject.namespace, name };
  return { name, job: await writes.create(query, job, true) };
}

/**
 * An answer for each image of each check, in their order; of those that an abort cut off none. When it ends, also by a
 * throw, every Job is removed, or `onLeft` was told of it. After a 403 no more Jobs are made in its namespace.
 */
export async function runJobs(
  checks: readonly NodeCheck[],
  settings: JobsSettings,
): Promise<NodeAnswer[]> {
  const run = randomBytes(5).toString('hex');
  const look = jobLook(settings.source, `${RUN_LABEL}=${run}`, POLL_MS / 2, settings.now);
  const faults: unknown[] = [];
  const refused = new Map<string, string>();
  const answers = await inParallel(checks, NODES_AT_ONCE, async (check) => {
    if (settings.signal.aborted || faults.length > 0) return [];
    const refusal = refused.get(check.subject.namespace);
    if (refusal !== undefined) {
      return withoutPod(check, 'unverifiable', `no Job was made: ${refusal}`, null);
    }
    if (check.node.unfit !== null) return withoutPod(check, 'skipped', check.node.unfit, null);
    try {
      return await withJob(check, run, look, refused, settings);
    } catch (error) {
      // The other Jobs are still to be removed.
      if (!settings.signal.aborted) faults.push(error);
      return [];
    } finally {
      settings.onDone();
    }
  });
  if (faults.length > 0) throw faults[0];
  return answers.flat();
}

async function withJob(
  check: NodeCheck,
  run: string,
  look: JobLook,
  refusals: Map<string, string>,
  settings: JobsSettings,
): Promise<NodeAnswer[]> {
  const { writes, timeoutMs, now } = settings;
  const { namespace } = check.subject;
  const query = { resource: JOB, namespace, name: jobName() };
  const started = now();
  let refused = false;
  try {
    await writes.create(query, nodeJob(check, { name: query.name, run, timeoutMs }));
    return await follow(check, query, look, settings, started);
  } catch (error) {
    const answered = error instanceof ApiError && error.status !== 401;
    if (!answered && !(error instanceof ConnectionError)) throw error;
    if (answered && error.status === 403) refusals.set(namespace, words(error));
    // Only an answer of the API server itself says that nothing was made.
    refused = answered && error.method === 'POST' && error.status < 500;
    return withoutPod(check, 'unverifiable', words(error), now() - started);
  } finally {
    const problem = refused ? null : await removeJob(query, settings);
    if (problem instanceof ApiError && problem.status === 403) {
      refusals.set(namespace, words(problem));
    }
  }
}

/** The node itself was asked: others are of no interest. */
function wantsHere(evidence: PodEvidence): Wants {
  return { ...wantsOf(evidence), holders: false, neighbours: false };
}

/** Until every image is there or failed, or time is up; throws what reading throws. */
async function follow(
  check: NodeCheck,
  { name }: GetQuery,
  look: JobLook,
  { source, timeoutMs, now, signal }: JobsSettings,
  started: number,
): Promise<NodeAnswer[]> {
  const { namespace } = check.subject;
  const closer = lookAt(source, false);
  let refusedAt: number | null = null;
  let refusal = '';
  let eventsAt = started;
  let last: Progress | null = null;
  for (;;) {
    signal.throwIfAborted();
    const ms = now() - started;
    const job = await look.podOf(namespace, name);
    if (job !== null) {
      last = readJobPod(check, job, now(), ms);
      const due = !last.settled && now() - eventsAt >= EVENTS_EVERY_MS;
      if (due) eventsAt = now();
      if (due || (last.settled && last.failing)) {
        const evidence = await passing(closer.closely([job.evidence], wantsHere));
        last = readJobPod(check, { ...job, evidence: evidence?.[0] ?? job.evidence }, now(), ms);
        if (evidence === null) last = { ...last, settled: false };
      }
      if (last.settled) return [...last.answers];
    } else if (ms > POLL_MS) {
      refusal = await look.refusalOf(namespace, name);
      refusedAt = refusal === '' ? null : (refusedAt ?? now());
      if (refusedAt !== null && now() - refusedAt >= REFUSED_MS) {
        return withoutPod(check, 'unverifiable', refusal, ms);
      }
    }
    if (ms >= timeoutMs) {
      const waited = `no pod of the Job was seen within ${Math.round(ms / 1000)} s`;
      return last ? [...last.answers] : withoutPod(check, 'unverifiable', refusal || waited, ms);
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** Not ended by Ctrl-C: this is what Ctrl-C waits for. The last error where the Job may still be there, else `null`. */
async function removeJob(
  query: GetQuery,
  { writes, timeoutMs, now, onLeft }: JobsSettings,
): Promise<unknown> {
  const started = now();
  let problem: unknown;
  for (let attempt = 0; attempt < REMOVALS; attempt++) {
    if (now() - started > REMOVAL_MS) break;
    if (attempt > 0) await sleep(FIRST_REMOVAL_PAUSE_MS * 2 ** (attempt - 1));
    try {
      await writes.remove(query);
      return null;
    } catch (error) {
      problem = error;
      if (error instanceof ApiError && error.status === 403) break;
    }
  }
  const seconds = deadlineSeconds(timeoutMs) + TTL_SECONDS;
  onLeft(
    `job ${query.namespace}/${query.name} could not be removed (${words(problem)}); it ends and goes by itself within ${seconds} s, or: kubectl delete job ${query.name} -n ${query.namespace}`,
  );
  return problem;
}
