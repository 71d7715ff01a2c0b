/** Reads everything behind `-f` into one source, file by file. */
import { InputError } from '../../words/errors.ts';
import type { World } from '../../words/streams.ts';
import type { OpenedSource } from '../opened.ts';
import { decodeText } from './decode.ts';
import { documentsOf } from './documents.ts';
import { type SavedFile, savedFiles } from './files.ts';
import { SavedSource } from './saved-source.ts';
import { SavedStore } from './store.ts';
import { type Unpacked, unpack } from './unpack.ts';

/** What a file named on the command line may hold besides Kubernetes objects. */
export interface OtherContent {
  /** For the error where neither is found: `a docker config`. */
  readonly what: string;
  /** True: the content was taken, and is not looked through for objects. May throw InputError. */
  take(bytes: Buffer, shown: string): boolean;
}

/**
 * A file named on the command line must be readable; of the files below a folder those that are not are told
 * in `skipped`, and so is a named file that holds no object. Throws InputError where nothing held a Kubernetes object or list.
 */
export async function readSaved(
  filenames: readonly string[],
  world: World,
  other?: OtherContent,
): Promise<OpenedSource> {
  const store = new SavedStore();
  const skipped: string[] = [];
  let held = false;
  for (const file of savedFiles(filenames, world)) {
    world.signal.throwIfAborted();
    const unpacked = await readFile(file, skipped, other);
    if (unpacked === 'taken') held = true;
    if (unpacked === null || unpacked === 'taken') continue;
    const holds = unpacked.objects.length > 0 || unpacked.isList;
    if (file.named && !holds) skipped.push(`${file.shown}: no Kubernetes objects in it`);
    held ||= holds;
    for (const kind of unpacked.listed) store.addKind(...splitKind(kind));
    for (const object of unpacked.objects) store.add(object);
  }
  if (!held) throw noObjects(filenames, other);
  return {
    source: new SavedSource(store),
    namespace: 'default',
    capturedAt: store.newest || undefined,
    skipped,
    customKinds: [...store.customKinds()],
    close: () => undefined,
  };
}

async function readFile(
  file: SavedFile,
  skipped: string[],
  other: OtherContent | undefined,
): Promise<Unpacked | 'taken' | null> {
  try {
    const bytes = await file.read();
    if (file.named && other?.take(bytes, file.shown)) return 'taken';
    const text = decodeText(bytes, file.shown);
    const unpacked: Unpacked = { objects: [], listed: new Set(), isList: false };
    for (const document of await documentsOf(text, file.shown)) unpack(document, unpacked);
    return unpacked;
  } catch (error) {
    if (!(error instanceof InputError) || file.named) throw error;
    skipped.push(error.message);
    return null;
  }
}

function splitKind(listed: string): [apiVersion: string, kind: string] {
  const blank = listed.lastIndexOf(' ');
  return [listed.slice(0, blank), listed.slice(blank + 1)];
}

function noObjects(filenames: readonly string[], other: OtherContent | undefined): InputError {
  const what = filenames.map((name) => (name === '-' ? 'standard input' : name)).join(', ');
  return new InputError(
    `${what}: no Kubernetes objects found (JSON or YAML as kubectl get -o json or -o yaml writes it)${
      other === undefined ? '' : `, nor ${other.what}`
    }`,
  );
}
