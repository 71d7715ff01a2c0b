/** Changes of the rig's objects, and watches that tell of them. */
import type { ServerResponse } from 'node:http';
import { fieldSelector, labelSelector } from '../../src/cluster/lists/selectors.ts';
import { type Fields, fields, text } from '../../src/words/fields.ts';
import { statusAnswer } from './api-answers.ts';
import type { ApiCall } from './api-paths.ts';

interface Entry {
  readonly version: number;
  readonly plural: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Fields;
}

interface Watcher {
  readonly call: ApiCall;
  readonly response: ServerResponse;
}

export class Changes {
  #version = 1;
  #oldest = 0;
  readonly #entries: Entry[] = [];
  readonly #watchers = new Set<Watcher>();
  /** By plural and `namespace/name`; null: deleted. */
  readonly #objects = new Map<string, Map<string, Fields | null>>();

  get version(): number {
    return this.#version;
  }

  get watches(): number {
    return this.#watchers.size;
  }

  /** Adds an object or puts it in place of the one of its name. */
  set(plural: string, object: Fields): void {
    const known = this.#of(plural).get(keyOf(object)) !== undefined;
    this.#add(plural, known ? 'MODIFIED' : 'ADDED', object);
    this.#of(plural).set(keyOf(object), object);
  }

  remove(plural: string, object: Fields): void {
    this.#add(plural, 'DELETED', object);
    this.#of(plural).set(keyOf(object), null);
  }

  /** The saved objects as they are by now. */
  applied(plural: string, namespace: string | undefined, saved: readonly Fields[]): Fields[] {
    const own = this.#of(plural);
    const kept = saved.filter((object) => !own.has(keyOf(object)));
    const changed = [...own.values()].filter((object) => object !== null);
    return [...kept, ...changed].filter(
      (object) =>
        namespace === undefined || text(fields(object['metadata'])['namespace']) === namespace,
    );
  }

  /** Versions up to now are forgotten: a watch from one of them is answered with 410. */
  expire(): void {
    this.#oldest = ++this.#version;
  }

  /** Ends every watch; `cut`: without a proper end. */
  endWatches(cut: boolean): void {
    for (const { response } of this.#watchers) {
      if (cut) response.destroy();
      else response.end();
    }
    this.#watchers.clear();
  }

  /** Sends an ERROR event, as a server does whose watch cache has gone past the version. */
  breakWatches(code: number): void {
    const { body } = statusAnswer(code, 'Expired', 'too old resource version');
    for (const { response } of this.#watchers) {
      response.end(`${JSON.stringify({ type: 'ERROR', object: body })}\n`);
    }
    this.#watchers.clear();
  }

  /** Answers a watch: what happened since its version, then what happens. */
  watch(call: ApiCall, response: ServerResponse): void {
    const since = Number(call.query.get('resourceVersion'));
    if (since < this.#oldest) {
      const { status, body } = statusAnswer(410, 'Expired', 'too old resource version');
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    const watcher = { call, response };
    this.#watchers.add(watcher);
    response.on('close', () => this.#watchers.delete(watcher));
    for (const entry of this.#entries.filter((e) => e.version > since)) send(watcher, entry);
  }

  #of(plural: string): Map<string, Fields | null> {
    const known = this.#objects.get(plural) ?? new Map<string, Fields | null>();
    this.#objects.set(plural, known);
    return known;
  }

  #add(plural: string, type: Entry['type'], object: Fields): void {
    const version = ++this.#version;
    const metadata = { ...fields(object['metadata']), resourceVersion: String(version) };
    const entry = { version, plural, type, object: { ...object, metadata } };
    this.#entries.push(entry);
    for (const watcher of this.#watchers) send(watcher, entry);
  }
}

function send({ call, response }: Watcher, { plural, type, object }: Entry): void {
  const { namespace } = call;
  const own = namespace === undefined || fields(object['metadata'])['namespace'] === namespace;
  if (plural !== call.plural || !own) return;
  if (!labelSelector(call.query.get('labelSelector') ?? '')(object)) return;
  if (!fieldSelector(call.query.get('fieldSelector') ?? '')(object)) return;
  response.write(`${JSON.stringify({ type, object })}\n`);
}

function keyOf(object: Fields): string {
  const metadata = fields(object['metadata']);
  return `${text(metadata['namespace'])}/${text(metadata['name'])}`;
}
