import assert from 'node:assert/strict';
import type { JsonRequests } from '../../../../src/cluster/http/requests.ts';
import { builtinKind } from '../../../../src/cluster/lists/builtin-kinds.ts';
import { continueToken, readPages } from '../../../../src/cluster/lists/pages.ts';
import type { ResourceKind } from '../../../../src/words/objects.ts';

const POD = builtinKind('pods') as ResourceKind;

describe('the token of the next page', () => {
  const rows: readonly (readonly [what: string, head: string, token: string])[] = [
    [
      'as the API server writes it',
      '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"12","continue":"eyJ2IjoibWV0YS5rOHMuaW8vdjEi","remainingItemCount":3},"items":[{',
      'eyJ2IjoibWV0YS5rOHMuaW8vdjEi',
    ],
    ['last page', '{"kind":"PodList","metadata":{"resourceVersion":"12"},"items":[{', ''],
    ['empty', '{"metadata":{"continue":""},"items":[', ''],
    ['of an item, not of the list', '{"metadata":{},"items":[{"x":{"continue":"abc"}}]', ''],
    ['items first', '{"items":[],"metadata":{"continue":"abc"}}', ''],
    ['escaped', '{"metadata":{"continue":"a\\"b"},"items":[', ''],
    ['cut off', '{"metadata":{"continue":"abc', ''],
    ['no JSON', '<html>', ''],
  ];
  for (const [what, head, token] of rows) {
    it(what, () => assert.equal(continueToken(head), token));
  }
});

describe('pages', () => {
  /** A server whose pages tell of their next one only when `head` does. */
  function pagesOf(
    pages: readonly (readonly [token: string, items: readonly object[]])[],
    heads = true,
  ) {
    const asked: string[] = [];
    let under = 0;
    let most = 0;
    const requests: JsonRequests = {
      async json(path, { onHead } = {}) {
        asked.push(path);
        most = Math.max(most, ++under);
        const token = new URL(path, 'http://x').searchParams.get('continue') ?? '';
        const at = pages.findIndex(([own]) => own === token);
        const next = pages[at + 1]?.[0] ?? '';
        const body = { metadata: { resourceVersion: '7', continue: next }, items: pages[at]?.[1] };
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (heads) onHead?.(JSON.stringify(body));
        await new Promise((resolve) => setTimeout(resolve, 5));
        under--;
        return body;
      },
    };
    return { requests, asked, most: () => most };
  }

  const PAGES: [string, object[]][] = ['', 'b', 'c', 'd'].map((token) => [
    token,
    [{ name: token }],
  ]);

  for (const heads of [true, false]) {
    it(`are read in order, ${heads ? 'one ahead' : 'one by one where heads tell nothing'}`, async () => {
      const { requests, asked, most } = pagesOf(PAGES, heads);
      const listed = await readPages<object>(requests, { resource: POD }, { size: 1 });
      assert.deepEqual(
        listed.items,
        PAGES.map(([name]) => ({ name })),
      );
      assert.equal(listed.resourceVersion, '7');
      assert.equal(asked.length, 4);
      assert.equal(most(), heads ? 2 : 1);
    });
  }

  it('tell how much was read and keep what is wanted', async () => {
    const { requests } = pagesOf(PAGES);
    const counts: number[] = [];
    const listed = await readPages<{ name: string }>(
      requests,
      { resource: POD, keep: (one) => one.name === 'c' },
      { size: 1, onPage: (count) => counts.push(count) },
    );
    assert.deepEqual([listed.items, counts], [[{ name: 'c' }], [1, 1, 1, 1]]);
  });

  it('that never end end', async () => {
    const requests: JsonRequests = {
      json: async () => ({ metadata: { continue: 'again' }, items: [] }),
    };
    await assert.rejects(readPages(requests, { resource: POD }, { size: 1 }), /not a list/);
  });
});
