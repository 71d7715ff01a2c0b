/** Operators that write a pull secret and stopped. Pure. */
import type { Refresher } from '../words/cluster-sources.ts';
import { stamp } from '../words/stamp.ts';
import type { Contributing } from '../words/verdict.ts';

/** Time beyond two intervals, for an operator that is slow and not dead. */
const GRACE_MS = 600_000;

const MAX_REASON = 200;

/** Nothing for an operator that does its work. `now`: the moment the objects were seen. */
export function refreshFinding(secret: string, refresher: Refresher, now: number): Contributing[] {
  const { kind, name, ready, changedAt, refreshedAt, intervalMs } = refresher;
  const object = `${kind.toLowerCase()}/${name}`;
  if (ready === 'False') {
    const since = changedAt === null ? '' : ` on ${stamp(changedAt)}`;
    const last = refreshedAt === null ? '' : `; it last wrote it on ${stamp(refreshedAt)}`;
    const text = `the operator that writes secret ${secret} stopped${since}: ${object} says ${reasonOf(refresher)}${last}`;
    return [{ code: 'secret-refresh-failed', object, text }];
  }
  if (refreshedAt === null || intervalMs === null) return [];
  if (now - refreshedAt <= 2 * intervalMs + GRACE_MS) return [];
  const text = `the operator that writes secret ${secret} last did so on ${stamp(refreshedAt)}, and ${object} wants it every ${every(intervalMs)}: it may not run any more`;
  return [{ code: 'secret-refresh-stale', object, text }];
}

function reasonOf({ reason, message }: Refresher): string {
  const line = message
    .slice(0, 2 * MAX_REASON)
    .replace(/\s+/g, ' ')
    .trim();
  const brief = line.length > MAX_REASON ? `${line.slice(0, MAX_REASON - 3)}...` : line;
  return [reason, brief].filter((part) => part !== '').join(': ') || 'nothing more';
}

function every(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return `${Math.round(ms / 1000)}s`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
