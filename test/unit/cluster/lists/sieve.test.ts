import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSieved as parseBytes } from '../../../../src/cluster/lists/sieve.ts';
import { isTroubledPod, mayBeTroubledPod } from '../../../../src/collect/relevant.ts';

const DUMPS = join(import.meta.dirname, '../../../dumps');

const parseSieved = (text: string, mayKeep: (item: string) => boolean) =>
  parseBytes(Buffer.from(text), mayKeep);

describe('a list without what is sure to be dropped', () => {
  for (const name of ['modern-pods', 'extra-pods', 'kill-pods', 'modern-node-12-pods']) {
    it(`${name}: keeps every pod in trouble`, () => {
      const { items } = JSON.parse(readFileSync(join(DUMPS, `${name}.json`), 'utf8'));
      // The server's own order of fields; `kubectl get -o json` sorts them.
      const ordered = items.map(({ metadata, ...rest }: { metadata: object }) => ({
        metadata,
        ...rest,
      }));
      const text = JSON.stringify({
        kind: 'PodList',
        metadata: { resourceVersion: '1' },
        items: ordered,
      });
      const list = parseSieved(text, mayBeTroubledPod) as { items: unknown[]; metadata: object };
      assert.deepEqual(list.items.filter(isTroubledPod), items.filter(isTroubledPod));
      assert.deepEqual(list.metadata, { resourceVersion: '1' });
    });
  }

  const never = () => false;
  const always = () => true;
  const rows: readonly (readonly [
    what: string,
    text: string,
    keep: () => boolean,
    items: number,
  ])[] = [
    [
      'drops',
      '{"metadata":{},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]}',
      never,
      0,
    ],
    [
      'keeps',
      '{"metadata":{},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]}',
      always,
      2,
    ],
    ['an empty list', '{"metadata":{},"items":[]}', never, 0],
    ['blanks: all of it', '{"items": [ {"metadata": {"name": "a"}} ]}', never, 1],
    [
      'metadata not first: all of it',
      '{"items":[{"kind":"Pod","metadata":{"name":"a"}}]}',
      never,
      1,
    ],
    [
      'the same text within a string',
      '{"items":[{"metadata":{"name":"a","x":",{\\"metadata\\":{\\""}}]}',
      always,
      1,
    ],
    [
      'objects of that form within one: all of it',
      '{"items":[{"metadata":{"x":[1,{"metadata":{"name":"inner"}}]}},{"metadata":{"name":"b"}}]}',
      always,
      2,
    ],
  ];
  for (const [what, text, keep, count] of rows) {
    it(what, () => {
      const { items } = parseSieved(text, keep) as { items: unknown[] };
      assert.equal(items.length, count);
      if (keep === always) assert.deepEqual(items, JSON.parse(text).items);
    });
  }

  it('throws for what is no JSON', () => {
    for (const text of [
      '',
      '<html>',
      '{"items":[{"metadata":{"a":1}',
      '{"items":[{"metadata":{"a"}}]}',
    ]) {
      assert.throws(() => parseSieved(text, always), SyntaxError);
    }
  });
});
