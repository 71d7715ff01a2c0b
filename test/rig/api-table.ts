/** Lists as tables, as an API server prints them for `kubectl get` (kubernetes pkg/printers/internalversion). */
import { type Fields, fields, text } from '../../src/words/fields.ts';

type Column = readonly [title: string, cell: (object: Fields) => string | number];

const NAME: Column = ['Name', (object) => text(fields(object['metadata'])['name'])];
const AGE: Column = ['Age', () => '5m'];

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  pods: [NAME, ['Ready', () => '0/1'], ['Status', podStatus], ['Restarts', () => '0'], AGE],
  secrets: [
    NAME,
    ['Type', (secret) => text(secret['type'])],
    ['Data', (secret) => Object.keys(fields(secret['data'])).length],
    AGE,
  ],
};

/** True where the request asks for a table. */
export function wantsTable(accept: string | undefined): boolean {
  return accept?.includes('as=Table') === true;
}

/** The table of a list of `plural`, its metadata kept. */
export function tableOf(plural: string, list: Fields): Fields {
  const columns = COLUMNS[plural] ?? [NAME, AGE];
  const items = list['items'] as readonly Fields[];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: list['metadata'],
    columnDefinitions: columns.map(([name]) => ({ name, type: 'string', priority: 0 })),
    rows: items.map((item) => ({ cells: columns.map(([, cell]) => cell(item)), object: null })),
  };
}

function podStatus(pod: Fields): string {
  const status = fields(pod['status']);
  const waiting = (key: string) =>
    ((status[key] ?? []) as readonly Fields[])
      .map((container) => text(fields(fields(container['state'])['waiting'])['reason']))
      .find((reason) => reason !== '' && reason !== 'PodInitializing');
  const init = waiting('initContainerStatuses');
  if (init !== undefined) return `Init:${init}`;
  return waiting('containerStatuses') ?? text(status['phase']);
}
