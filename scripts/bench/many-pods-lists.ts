/** Lists that are answered from ready bytes: a page is a cut out of one long buffer. */
import { fieldSelector, labelSelector } from '../../src/cluster/lists/selectors.ts';
import { type Fields, fields, text } from '../../src/words/fields.ts';
import type { ApiCall } from '../../test/rig/api-paths.ts';
import { POD_COLUMNS, podRow } from './many-pods-table.ts';

export interface ReadyList {
  readonly kind: string;
  /** What selectors look at, in the order of namespace and name. */
  readonly keys: readonly Fields[];
  readonly items: Joined;
  /** Rows of the table; only pods have them. */
  readonly rows: Joined | null;
}

/** Texts one after the other with a comma behind each; text i lies from `starts[i]` to before `starts[i + 1] - 1`. */
interface Joined {
  readonly bytes: Buffer;
  readonly starts: readonly number[];
}

export function readyList(kind: string, items: readonly string[], now: number): ReadyList {
  const sorted = items
    .map((item) => {
      const object = fields(JSON.parse(item));
      const { namespace, name } = fields(object['metadata']);
      return { item, object, place: `${text(namespace)}/${text(name)}` };
    })
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  return {
    kind,
    keys: sorted.map(({ object }) => keysOf(object)),
    items: joined(sorted.map(({ item }) => item)),
    rows: kind === 'Pod' ? joined(sorted.map(({ object }) => podRow(object, now))) : null,
  };
}

/** A small part of the object: 10,000 whole ones would make the server's own collector run during a measurement. */
function keysOf(object: Fields): Fields {
  const { name, namespace, labels } = fields(object['metadata']);
  const { involvedObject, reason, type, source } = object;
  return {
    metadata: { name, namespace, labels },
    spec: { nodeName: fields(object['spec'])['nodeName'] },
    status: { phase: fields(object['status'])['phase'] },
    ...(involvedObject !== undefined && { involvedObject, reason, source }),
    type,
  };
}

function joined(texts: readonly string[]): Joined {
  const parts = texts.map((part) => Buffer.from(`${part},`));
  let at = 0;
  const starts = parts.map((part) => {
    at += part.length;
    return at - part.length;
  });
  return { bytes: Buffer.concat(parts), starts: [...starts, at] };
}

function cut({ bytes, starts }: Joined, from: number, to: number): Buffer {
  return from === to ? Buffer.alloc(0) : bytes.subarray(starts[from], (starts[to] ?? 0) - 1);
}

/** The object of that name as JSON, or null. */
export function oneOf(list: ReadyList, call: ApiCall): Buffer | null {
  const at = list.keys.findIndex(({ metadata }) => {
    const { name, namespace } = fields(metadata);
    return name === call.name && (call.namespace === undefined || namespace === call.namespace);
  });
  if (at === -1) return null;
  const item = cut(list.items, at, at + 1).subarray(1);
  return Buffer.concat([Buffer.from(`{"kind":"${list.kind}","apiVersion":"v1",`), item]);
}

/**
 * One page in parts. `continue` holds the place in the whole list, so that a page of a selection costs no more than
 * what it runs over. Throws UsageError for a selector that cannot be read.
 */
export function pageOf(list: ReadyList, call: ApiCall, accept: string): Buffer[] {
  const { namespace, query } = call;
  const labels = labelSelector(query.get('labelSelector') ?? '');
  const selected = fieldSelector(query.get('fieldSelector') ?? '');
  const limit = Number(query.get('limit') ?? 0) || Number.POSITIVE_INFINITY;
  const found: number[] = [];
  let next: number | null = null;
  for (let i = placeIn(query.get('continue')); i < list.keys.length; i++) {
    const keys = list.keys[i];
    if (namespace !== undefined && fields(keys?.['metadata'])['namespace'] !== namespace) continue;
    if (!labels(keys) || !selected(keys)) continue;
    if (found.length === limit) {
      next = i;
      break;
    }
    found.push(i);
  }
  const selecting = query.has('labelSelector') || query.has('fieldSelector');
  const left = next !== null && namespace === undefined && !selecting && list.keys.length - next;
  const metadata = JSON.stringify({
    resourceVersion: '180452',
    ...(next !== null && { continue: token(next) }),
    ...(left !== false && { remainingItemCount: left }),
  });
  return inForm(list, found, metadata, accept);
}

function inForm(
  list: ReadyList,
  found: readonly number[],
  metadata: string,
  accept: string,
): Buffer[] {
  if (list.rows !== null && /;as=Table\b/.test(accept)) {
    const columns = JSON.stringify(POD_COLUMNS);
    const head = `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${metadata},"columnDefinitions":${columns},"rows":[`;
    return [Buffer.from(head), ...runs(list.rows, found), Buffer.from(']}\n')];
  }
  if (/;as=PartialObjectMetadataList\b/.test(accept)) {
    const items = found.map((i) => ({
      metadata: fields(JSON.parse(cut(list.items, i, i + 1).toString()))['metadata'],
    }));
    const head = `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${metadata},"items":`;
    return [Buffer.from(`${head}${JSON.stringify(items)}}\n`)];
  }
  const head = `{"kind":"${list.kind}List","apiVersion":"v1","metadata":${metadata},"items":[`;
  return [Buffer.from(head), ...runs(list.items, found), Buffer.from(']}\n')];
}

/** Neighbours in one piece. */
function runs(from: Joined, found: readonly number[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let i = 0; i < found.length; ) {
    const start = found[i] ?? 0;
    let length = 1;
    while (found[i + length] === start + length) length++;
    if (parts.length > 0) parts.push(Buffer.from(','));
    parts.push(cut(from, start, start + length));
    i += length;
  }
  return parts;
}

/** As long as a real one, and as opaque. */
function token(place: number): string {
  const key = JSON.stringify({ v: 'meta.k8s.io/v1', rv: 180452, start: `place/${place}` });
  return Buffer.from(key).toString('base64url');
}

function placeIn(continued: string | null): number {
  if (!continued) return 0;
  const key = fields(JSON.parse(Buffer.from(continued, 'base64url').toString()));
  return Number(text(key['start']).slice('place/'.length));
}
