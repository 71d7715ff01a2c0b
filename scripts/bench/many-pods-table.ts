/** The table of pods that an API server makes for `kubectl get pods` (kubernetes pkg/printers/internalversion). */
import { type Fields, fields, text } from '../../src/words/fields.ts';

/** Those with priority 1 are kubectl's `-o wide`; they are sent always. */
export const POD_COLUMNS: readonly Fields[] = [
  { name: 'Name', type: 'string', format: 'name', description: 'name of the pod', priority: 0 },
  { name: 'Ready', type: 'string', format: '', description: 'ready of all', priority: 0 },
  { name: 'Status', type: 'string', format: '', description: 'phase or reason', priority: 0 },
  { name: 'Restarts', type: 'string', format: '', description: 'restarts', priority: 0 },
  { name: 'Age', type: 'string', format: '', description: 'time since creation', priority: 0 },
  { name: 'IP', type: 'string', format: '', description: 'address', priority: 1 },
  { name: 'Node', type: 'string', format: '', description: 'name of the node', priority: 1 },
  { name: 'Nominated Node', type: 'string', format: '', description: 'preempted', priority: 1 },
  { name: 'Readiness Gates', type: 'string', format: '', description: 'gates', priority: 1 },
];

/** One row as text. Its object is the pod's metadata in full, as `includeObject=Metadata`, the default, gives it. */
export function podRow(pod: Fields, now: number): string {
  const { metadata, spec, status } = pod;
  const row = {
    cells: [
      text(fields(metadata)['name']),
      `${containers(status).filter((c) => c['ready'] === true).length}/${list(fields(spec)['containers']).length}`,
      statusWord(pod),
      String(containers(status).reduce((sum, c) => sum + Number(c['restartCount'] ?? 0), 0)),
      age(text(fields(metadata)['creationTimestamp']), now),
      text(fields(status)['podIP']) || '<none>',
      text(fields(spec)['nodeName']) || '<none>',
      '<none>',
      '<none>',
    ],
    ...(fields(status)['phase'] === 'Succeeded' && {
      conditions: [{ type: 'Completed', status: 'True', reason: 'Succeeded' }],
    }),
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
  };
  return JSON.stringify(row);
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function containers(status: unknown): Fields[] {
  return list(fields(status)['containerStatuses']);
}

function statusWord({ status }: Fields): string {
  const inits = list(fields(status)['initContainerStatuses']);
  const at = inits.findIndex((c) => fields(state(c, 'terminated'))['exitCode'] !== 0);
  if (at !== -1) {
    const reason = text(state(fields(inits[at]), 'waiting')['reason']);
    const told = reason !== '' && reason !== 'PodInitializing';
    return told ? `Init:${reason}` : `Init:${at}/${inits.length}`;
  }
  const reasons = containers(status).flatMap((c) => [
    text(state(c, 'waiting')['reason']),
    text(state(c, 'terminated')['reason']),
  ]);
  const [reason] = reasons.filter(Boolean);
  return reason ?? text(fields(status)['phase']);
}

function state(container: Fields, name: string): Fields {
  return fields(fields(container['state'])[name]);
}

function age(created: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(created)) / 60_000));
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}
