/** What POST and DELETE do to the rig's objects. */
import { type Fields, fields, text } from '../../src/words/fields.ts';
import { type Answered, objectsAnswer, statusAnswer } from './api-answers.ts';
import type { SavedObjects } from './api-objects.ts';
import type { ApiCall } from './api-paths.ts';
import type { Changes } from './api-watch.ts';

type OnCreate = (plural: string, object: Fields, changes: Changes) => void;

/** `dryRun=All` changes nothing; an object that is there already is 409. */
export async function writeAnswer(
  { method, body }: { readonly method: string; readonly body?: unknown },
  call: ApiCall,
  objects: SavedObjects,
  onCreate?: OnCreate,
): Promise<Answered> {
  if (method === 'POST' && call.name === undefined)
    return create(fields(body), call, objects, onCreate);
  if (method !== 'DELETE') return statusAnswer(405, 'MethodNotAllowed', `${method} is not allowed`);
  const found = await objectsAnswer(call, objects, 1);
  if (found.status !== 200) return found;
  objects.changes.remove(call.plural, found.body as Fields);
  return { status: 200, body: { kind: 'Status', apiVersion: 'v1', status: 'Success' } };
}

async function create(
  object: Fields,
  call: ApiCall,
  objects: SavedObjects,
  onCreate?: OnCreate,
): Promise<Answered> {
  const metadata = { ...fields(object['metadata']), namespace: call.namespace };
  const name = text(fields(object['metadata'])['name']);
  const there = await objectsAnswer({ ...call, name }, objects, 1);
  if (there.status === 200) {
    return statusAnswer(409, 'AlreadyExists', `${call.plural} "${name}" already exists`);
  }
  const made = { ...object, metadata: { ...metadata, uid: `uid-${name}` } };
  if (call.query.get('dryRun') !== 'All') {
    objects.changes.set(call.plural, made);
    onCreate?.(call.plural, made, objects.changes);
  }
  return { status: 201, body: made };
}
