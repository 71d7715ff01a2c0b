/** When saved objects were saved: the newest time that any of them tells. */
import { type Fields, fields, isFields, text } from '../../words/fields.ts';

/** Milliseconds of the newest time in the object, 0 where it has none. */
export function newestTime(object: Fields): number {
  const metadata = fields(object['metadata']);
  const status = fields(object['status']);
  return Math.max(
    timeOf(metadata['creationTimestamp']),
    ...each(metadata['managedFields'], (f) => timeOf(f['time'])),
    timeOf(object['lastTimestamp']),
    timeOf(object['eventTime']),
    timeOf(fields(object['series'])['lastObservedTime']),
    timeOf(status['startTime']),
    ...each(status['conditions'], (c) =>
      Math.max(
        timeOf(c['lastTransitionTime']),
        timeOf(c['lastHeartbeatTime']),
        timeOf(c['lastUpdateTime']),
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
      timeOf(fields(state['running'])['startedAt']),
      timeOf(fields(state['terminated'])['finishedAt']),
    ]),
  );
}

function each(value: unknown, view: (item: Fields) => number): number[] {
  return Array.isArray(value) ? value.slice(0, 1000).filter(isFields).map(view) : [];
}

/** Milliseconds of an RFC 3339 time as Kubernetes writes it; 0 for anything else. */
export function timeOf(value: unknown): number {
  const written = text(value);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(written)) return 0;
  const ms = Date.parse(written);
  return Number.isNaN(ms) ? 0 : ms;
}
