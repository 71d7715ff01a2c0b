/**
 * Lists page by page, as kubectl asks for them, the next page asked for while this one still arrives: metadata
 * stands before the items, so that the token of the next page is among the first bytes.
 */
import { fields, isFields, text } from '../../words/fields.ts';
import type { ListQuery } from '../../words/objects.ts';
import { notWhatWasAsked } from '../errors.ts';
import type { JsonRequests } from '../http/requests.ts';
import { answeredItems } from './answered-items.ts';
import { listPath, listWords } from './paths.ts';
import { parseSieved } from './sieve.ts';

/** apimachinery pkg/apis/meta/v1, PartialObjectMetadataList; every server since 1.15 knows it. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Five million objects: a server that always says `continue` must end somewhere. */
const PAGE_LIMIT = 10_000;

export interface Listed<T> {
  readonly items: readonly T[];
  /** The moment of the list, for a watch that goes on from there. */
  readonly resourceVersion: string;
}

export interface PageSettings {
  /** Objects a page; 0: all at once. */
  readonly size: number;
  /** Told of the objects of each page as it is read. */
  readonly onPage?: ((count: number) => void) | undefined;
}

interface Page {
  readonly token: string;
  readonly body: Promise<unknown>;
  /** Token of the page after this one, from this one's first bytes; never settled where they do not tell. */
  readonly following: Promise<string>;
}

/**
 * Every object the query means and keeps; of a page nothing is held but what is kept. Throws what the requests
 * throw. Two pages are on their way at most.
 */
export async function readPages<T>(
  requests: JsonRequests,
  query: ListQuery<T>,
  settings: PageSettings,
): Promise<Listed<T>> {
  const accept = query.metadataOnly ? METADATA_ONLY : undefined;
  const { mayKeep } = query;
  const readBytes = mayKeep && ((body: Buffer) => parseSieved(body, mayKeep, settings.onPage));
  const ask = (token: string): Page => {
    let tell: (token: string) => void = () => undefined;
    const following = new Promise<string>((resolve) => {
      tell = resolve;
    });
    const onHead = (head: string) => {
      const found = continueToken(head);
      if (found !== '') tell(found);
    };
    const body = requests.json(listPath(query, token, settings.size), {
      accept,
      onHead,
      readBytes,
    });
    // Awaited when its turn comes; a failure before that is not an unhandled one.
    body.catch(() => undefined);
    return { token, body, following };
  };
  const notAList = () => notWhatWasAsked(listWords(query), 'a list');
  const kept: T[] = [];
  let page = ask('');
  for (let count = 0; count < PAGE_LIMIT; count++) {
    const ahead: { page?: Page } = {};
    void page.following.then((token) => {
      if (!query.firstPage) ahead.page = ask(token);
    });
    const body = await page.body;
    const items = answeredItems(body, 'items', isListKind);
    if (items === undefined) throw notAList();
    settings.onPage?.(items.length);
    for (const item of items as readonly T[]) {
      if (isFields(item) && (query.keep?.(item) ?? true)) kept.push(item);
    }
    const metadata = fields(fields(body)['metadata']);
    const token = text(metadata['continue']);
    if (token === '' || query.firstPage) {
      return { items: kept, resourceVersion: text(metadata['resourceVersion']) };
    }
    page = ahead.page?.token === token ? ahead.page : ask(token);
  }
  throw notAList();
}

function isListKind(kind: string): boolean {
  return kind.endsWith('List');
}

/** The token of the next page, from the first bytes of a list; empty where they do not hold it. */
export function continueToken(head: string): string {
  const items = head.indexOf('"items"');
  const metadata = items < 0 ? head : head.slice(0, items);
  return /"continue":"([^"\\]{1,3000})"/.exec(metadata)?.[1] ?? '';
}
