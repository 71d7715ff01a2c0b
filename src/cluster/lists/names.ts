/**
 * Names of objects and the columns `kubectl get` would show, and nothing else of them: the API server makes the table
 * (apimachinery pkg/apis/meta/v1 types.go, Table), so what a Secret holds never leaves it.
 */
import { type Fields, fields, isFields, nameOf, text } from '../../words/fields.ts';
import type { ResourceKind } from '../../words/objects.ts';
import type { JsonRequests } from '../http/requests.ts';
import { listPath, PAGE_SIZE } from './paths.ts';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

/** Nobody picks from more than that; the rest is not asked for. */
const PAGES = 20;

/** A row of `kubectl get`; a column that is not there is empty. */
export interface NamedRow {
  readonly name: string;
  /** Of a pod the state of its containers, as `ImagePullBackOff`. */
  readonly status: string;
  /** Of a Secret. */
  readonly type: string;
}

/** Hands over page after page. Throws what the requests throw. */
export async function readNames(
  requests: JsonRequests,
  resource: ResourceKind,
  namespace: string | undefined,
  onRows: (rows: readonly NamedRow[]) => void,
): Promise<void> {
  let token = '';
  for (let page = 0; page < PAGES; page++) {
    const path = `${listPath({ resource, namespace }, token, PAGE_SIZE)}&includeObject=None`;
    const body = fields(await requests.json(path, { accept: TABLE }));
    onRows(Array.isArray(body['rows']) ? rowsOf(body, body['rows']) : objectRows(body));
    token = text(fields(body['metadata'])['continue']);
    if (token === '') return;
  }
}

function rowsOf(body: Fields, rows: readonly unknown[]): NamedRow[] {
  const columns: unknown[] = Array.isArray(body['columnDefinitions'])
    ? body['columnDefinitions']
    : [];
  const titles = columns.map((column) => text(fields(column)['name']).toLowerCase());
  return rows.filter(isFields).map((row) => {
    const cells: unknown[] = Array.isArray(row['cells']) ? row['cells'] : [];
    const cell = (title: string) => text(cells[titles.indexOf(title)]);
    return { name: cell('name'), status: cell('status'), type: cell('type') };
  });
}

/** Of a server that makes no tables. */
function objectRows(body: Fields): NamedRow[] {
  const items: unknown[] = Array.isArray(body['items']) ? body['items'] : [];
  return items.filter(isFields).map((item) => ({
    name: nameOf(item),
    status: '',
    type: text(item['type']),
  }));
}
