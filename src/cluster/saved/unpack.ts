/** Documents as single objects: lists are opened, what is no Kubernetes object is left out. */
import { type Fields, fields, isFields, text } from '../../words/fields.ts';

export interface Unpacked {
  /** Objects with `apiVersion`, `kind` and a name, be it the one that names are made from. */
  readonly objects: Fields[];
  /** Kinds of lists that were there, empty ones included: `apiVersion kind` of their items. */
  readonly listed: Set<string>;
  /** Some list was there, an empty one perhaps. */
  isList: boolean;
}

/** A List in a List in a List is as deep as anything was ever nested. */
const DEPTH_LIMIT = 4;

/** Opens `List`, `PodList`, arrays and watch events (`{type, object}`) of a document into `into`. */
export function unpack(document: unknown, into: Unpacked, depth = 0): void {
  if (depth > DEPTH_LIMIT) return;
  if (Array.isArray(document)) {
    for (const item of document) unpack(item, into, depth + 1);
    return;
  }
  if (!isFields(document)) return;
  const kind = text(document['kind']);
  if (kind === '' && isFields(document['object'])) {
    if (document['type'] !== 'DELETED') unpack(document['object'], into, depth + 1);
    return;
  }
  if (kind.endsWith('List') && !('spec' in document)) {
    unpackList(document, kind.slice(0, -'List'.length), into, depth);
    return;
  }
  const named = withName(document);
  if (kind !== '' && named !== null) into.objects.push(named);
}

/** With `generateName` as its name where it has no other: a manifest for `kubectl create`. `null`: it has neither. */
function withName(object: Fields): Fields | null {
  const metadata = fields(object['metadata']);
  if (text(metadata['name']) !== '') return object;
  const name = text(metadata['generateName']);
  return name === '' ? null : { ...object, metadata: { ...metadata, name } };
}

/** Items of a `PodList` carry no kind of their own (`kubectl cluster-info dump`); its name says it. */
function unpackList(list: Fields, itemKind: string, into: Unpacked, depth: number): void {
  into.isList = true;
  const apiVersion = text(list['apiVersion']);
  if (itemKind !== '') into.listed.add(`${apiVersion} ${itemKind}`);
  const items = Array.isArray(list['items']) ? list['items'] : [];
  for (const item of items) {
    if (!isFields(item)) continue;
    const whole =
      text(item['kind']) === '' && itemKind !== '' ? { apiVersion, kind: itemKind, ...item } : item;
    unpack(whole, into, depth + 1);
  }
}
