/** When saved objects were saved: the newest time that any of them tells. */
import { type Fields, fields, isFields, text } from '../fields.ts';

/** Milliseconds of the newest time in the object, 0 where it has none. */
export function newestTime(object: Fields): number {
  const metadata = fields(object['metadata']);
  const status = fields(object['status']);
  return Math.max(
    time(metadata['creationTimestamp']),
    ...each(metadata['managedFields'], (f) => time(f['time'])),
    time(object['lastTimestamp']),
    time(object['eventTime']),
    time(fields(object['series'])['lastObservedTime']),
    time(status['startTime']),
    ...each(status['conditions'], (c) =>
      Math.max(
        time(c['lastTransitionTime']),
        time(c['lastHeartbeatTime']),
        time(c['lastUpdateTime']),
      ),
    ),
    ...['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap((key) =>
      each(status[key], containerTime),
    ),
  );
}

function containerTime(container: Fields): number {
  const states = [fields(container['state']), fields(container['lastState'])];
  return Math.max(
    ...states.flatMap((state) => [
      time(fields(state['running'])['startedAt']),
      time(fields(state['terminated'])['finishedAt']),
    ]),
  );
}

function each(value: unknown, view: (item: Fields) => number): number[] {
  return Array.isArray(value) ? value.slice(0, 1000).filter(isFields).map(view) : [];
}

/** RFC 3339 as Kubernetes writes it, and nothing else: 0 for what is not. */
function time(value: unknown): number {
  const written = text(value);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(written)) return 0;
  const ms = Date.parse(written);
  return Number.isNaN(ms) ? 0 : ms;
}
