import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectWorkloads } from '../../../src/collect/workloads.ts';
import type { ObjectSource, ResourceKind } from '../../../src/words/objects.ts';

const WIDGET: ResourceKind = {
  kind: 'Widget',
  plural: 'widgets',
  group: 'x.io',
  version: 'v1',
  namespaced: true,
};
const PART: ResourceKind = { ...WIDGET, kind: 'Part', plural: 'parts' };

const ownedBy = (resource: ResourceKind, name: string) => [
  { apiVersion: 'x.io/v1', kind: resource.kind, name, uid: name, controller: true },
];

/** A namespace of pods with an owner each, of parts of which one is of the widget `web`, which may not be read. */
function forbiddenWidget(parts: readonly string[], own: string) {
  const asked: string[] = [];
  let width = 0;
  let widest = 0;
  const source: ObjectSource = {
    live: true,
    get: async <T>({ resource, name }: { resource: ResourceKind; name: string }) => {
      asked.push(name);
      widest = Math.max(widest, ++width);
      await sleep(1);
      width--;
      if (resource.kind === 'Widget') {
        const why = { reason: 'forbidden', what: 'widget shop/web', text: 'not allowed' } as const;
        return { known: false, why };
      }
      const ownerReferences = name === own ? ownedBy(WIDGET, 'web') : [];
      return { known: true, value: { metadata: { name, ownerReferences } } as T };
    },
    list: async <T>({
      resource,
      keep,
    }: {
      resource: ResourceKind;
      keep?: (item: T) => boolean;
    }) => {
      const pods = parts.map((part) => ({
        metadata: { namespace: 'shop', name: `${part}-1`, ownerReferences: ownedBy(PART, part) },
        status: { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: {} } }] },
      }));
      const value = (resource.kind === 'Pod' ? pods : []) as T[];
      return { known: true, value: value.filter((pod) => keep?.(pod) ?? true) };
    },
    findKind: async () => null,
    findOwnerKind: async () => PART,
  } as ObjectSource;
  const look = async () => {
    const { gaps, problems } = await collectWorkloads(
      source,
      'shop',
      [{ resource: WIDGET, name: 'web' }],
      { namespace: 'shop' },
    );
    return { gaps: gaps.map(({ text }) => text), problems: problems.length };
  };
  return { look, asked: () => asked.filter((name) => name !== 'web'), widest: () => widest };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => `other-${i}`);

describe('pods of a custom workload that may not be read', () => {
  it('are found by owners that are named after it first', async () => {
    const { look, asked } = forbiddenWidget([...many(290), 'web-a1'], 'web-a1');
    assert.deepEqual(await look(), { gaps: ['not allowed'], problems: 0 });
    assert.deepEqual(asked(), ['web-a1']);
  });

  it('are found by owners of other names, several at a time, and then no more are asked', async () => {
    const { look, asked, widest } = forbiddenWidget(many(290), 'other-30');
    assert.deepEqual(await look(), { gaps: ['not allowed'], problems: 0 });
    assert.ok(asked().length >= 31 && asked().length <= 60, `${asked().length} asked`);
    assert.ok(widest() > 1 && widest() <= 12, `${widest()} at a time`);
  });

  it('are looked for so long and no longer', async () => {
    const { look, asked } = forbiddenWidget(many(2000), 'none');
    assert.deepEqual(await look(), { gaps: [], problems: 1 });
    assert.equal(asked().length, 300);
  });
});
