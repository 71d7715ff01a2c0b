/** Messages in parsed JSON or YAML: Kubernetes objects and lists of them, rows of JSON Lines, arrays. */
import { type Fields, fields, isFields, list } from '../../words/fields.ts';
import { type Message, message } from './message.ts';

/** Lists do not nest in practice; deeper ones are not followed. */
const MAX_DEPTH = 10;

function str(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/**
 * Every message in a document, in its order: of an Event its `message` (core) or `note` (events.k8s.io), of a Pod
 * what its waiting containers say, of any other object its `message`. Objects without one give none.
 */
export function documentMessages(value: unknown, depth = 0): Message[] {
  if (depth > MAX_DEPTH) return [];
  if (typeof value === 'string') return [message(value)];
  if (Array.isArray(value)) return value.flatMap((item) => documentMessages(item, depth + 1));
  if (!isFields(value)) return [];
  if (Array.isArray(value.items) && str(value.message) === null) {
    return documentMessages(value.items, depth + 1);
  }
  if (value.kind === 'Pod') return podMessages(value);
  const row = rowMessage(value);
  return row === null ? [] : [row];
}

/** The messages of one line of JSON Lines: exactly one, unless it is a Pod, which may have several or none. */
export function lineMessages(row: unknown, line: string): Message[] {
  if (isFields(row) && row.kind === 'Pod' && isFields(row.metadata)) return podMessages(row);
  const found = isFields(row) ? rowMessage(row) : null;
  return [found ?? message(typeof row === 'string' ? row : line)];
}

/** Fields that hold a message: ours and Kubernetes', journald's, Docker's json-file, those of log libraries. */
const MESSAGE_FIELDS = ['message', 'note', 'MESSAGE', 'log'] as const;

function rowMessage(row: Fields): Message | null {
  const text = messageText(row);
  if (text === null) return null;
  const about = isFields(row.involvedObject) ? row.involvedObject : fields(row.regarding);
  const [kind, name] = [str(about.kind), str(about.name)];
  return message(text, {
    reason: str(row.reason),
    image: str(row.image),
    object: kind && name ? `${kind}/${name}` : null,
  });
}

function messageText(row: Fields): string | null {
  for (const field of MESSAGE_FIELDS) {
    const text = str(row[field]);
    if (text !== null) return text;
  }
  // Structured logs (zap, klog's JSON, logrus) say what was tried in `msg` and why it failed beside it.
  const tried = str(row.msg);
  const why = str(row.err) ?? str(row.error);
  if (tried !== null && why !== null) return `${tried}: ${why}`;
  return tried ?? why;
}

const STATUSES = [
  ['initContainerStatuses', 'initContainers'],
  ['containerStatuses', 'containers'],
  ['ephemeralContainerStatuses', 'ephemeralContainers'],
] as const;

function podMessages(pod: Fields): Message[] {
  const [meta, spec, status] = [fields(pod.metadata), fields(pod.spec), fields(pod.status)];
  const name = str(meta.name);
  return STATUSES.flatMap(([statuses, containers]) =>
    list(status[statuses]).flatMap((entry) => {
      const container = fields(entry);
      const waiting = fields(fields(container.state).waiting);
      const text = str(waiting.message);
      if (text === null || text === '') return [];
      const own = list(spec[containers])
        .map(fields)
        .find((c) => c.name === container.name);
      return [
        message(text, {
          reason: str(waiting.reason),
          // As written in the pod; the status may already hold the resolved name.
          image: str(own?.image) ?? str(container.image),
          object: name === null ? null : `Pod/${name}`,
        }),
      ];
    }),
  );
}
