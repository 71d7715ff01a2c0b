import assert from 'node:assert/strict';
import { refreshers } from '../../../src/collect/refreshers.ts';
import { secretView } from '../../../src/collect/views.ts';
import type { Answer } from '../../../src/words/known.ts';
import type { GetQuery, ListQuery, ObjectSource } from '../../../src/words/objects.ts';

interface Served {
  /** `external-secrets.io/v1` and the like. */
  readonly version: string;
  readonly object: object;
}

/** A cluster that serves one kind at one version, and what was asked of it. */
function cluster(served: Served | null, refused = false) {
  const asked: string[] = [];
  const answer = <T>(query: GetQuery | ListQuery<T>, value: unknown): Answer<T> => {
    const { group, version, plural } = query.resource;
    asked.push(`${group}/${version} ${plural} ${'name' in query ? query.name : '*'}`);
    if (refused) return { known: false, why: { reason: 'forbidden', what: plural, text: 'no' } };
    if (served?.version === `${group}/${version}`) return { known: true, value: value as T };
    return { known: false, why: { reason: 'not found', what: plural, text: 'gone' } };
  };
  const source: ObjectSource = {
    live: true,
    get: async <T>(query: GetQuery) => answer<T>(query, served?.object),
    list: async <T>(query: ListQuery<T>) =>
      answer(query, [served?.object]) as unknown as Answer<readonly T[]>,
    findKind: async () => null,
    findOwnerKind: async () => null,
  };
  return { source, asked };
}

const LOGIN = {
  metadata: { name: 'login', namespace: 'shop' },
  spec: { target: { name: 'regcred' }, refreshInterval: '1h0m0s' },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};

const secret = (metadata: object) =>
  secretView({ metadata: { namespace: 'shop', name: 'regcred', ...metadata } });
const owned = (apiVersion: string) =>
  secret({ ownerReferences: [{ apiVersion, kind: 'ExternalSecret', name: 'login' }] });
const KEPT = { namespace: 'shop', name: 'regcred' };
const MANAGED = secret({ labels: { 'reconcile.external-secrets.io/managed': 'true' } });

describe('the operator of a pull secret', () => {
  it('is asked for by the name and version of the owner', async () => {
    const version = 'external-secrets.io/v1beta1';
    const { source, asked } = cluster({ version, object: LOGIN });
    const answer = await refreshers(source).find({ ...KEPT, secret: owned(version) });
    assert.deepEqual(asked, ['external-secrets.io/v1beta1 externalsecrets login']);
    assert.ok(answer?.known);
    assert.deepEqual([answer.value.name, answer.value.intervalMs], ['login', 3_600_000]);
  });

  for (const apiVersion of ['evil.example/v1', 'external-secrets.io/../../v1', '']) {
    it(`the version of an owner "${apiVersion}" is not taken`, async () => {
      const { source, asked } = cluster({ version: 'external-secrets.io/v1', object: LOGIN });
      await refreshers(source).find({ ...KEPT, secret: owned(apiVersion) });
      assert.deepEqual(asked, ['external-secrets.io/v1 externalsecrets login']);
    });
  }

  it('a label without a name: the list, and the older version where there is no newer', async () => {
    const { source, asked } = cluster({ version: 'external-secrets.io/v1beta1', object: LOGIN });
    const answer = await refreshers(source).find({ ...KEPT, secret: MANAGED });
    assert.deepEqual(asked, [
      'external-secrets.io/v1 externalsecrets *',
      'external-secrets.io/v1beta1 externalsecrets *',
    ]);
    assert.ok(answer?.known);
  });

  it('one list for all secrets of a namespace, found by their target', async () => {
    const { source, asked } = cluster({ version: 'external-secrets.io/v1', object: LOGIN });
    const { find } = refreshers(source);
    assert.ok((await find({ ...KEPT, secret: MANAGED }))?.known);
    assert.equal(await find({ namespace: 'shop', name: 'login', secret: MANAGED }), null);
    assert.equal(asked.length, 1);
  });

  it('a secret that tells of none costs nothing', async () => {
    const { source, asked } = cluster({ version: 'external-secrets.io/v1', object: LOGIN });
    assert.equal(await refreshers(source).find({ ...KEPT, secret: secret({}) }), null);
    assert.deepEqual(asked, []);
  });

  it('a missing secret is searched for, one list a namespace, in three of them at most', async () => {
    const { source, asked } = cluster({ version: 'external-secrets.io/v1', object: LOGIN });
    const { find } = refreshers(source);
    for (const namespace of ['shop', 'shop', 'a', 'b', 'c', 'd']) {
      const found = await find({ ...KEPT, namespace, secret: null });
      assert.equal(found?.known ?? false, !['c', 'd'].includes(namespace), namespace);
    }
    assert.equal(asked.length, 3);
  });

  it('a search that began ahead is not done again', async () => {
    const { source, asked } = cluster({ version: 'external-secrets.io/v1', object: LOGIN });
    const ahead = refreshers(source);
    for (const namespace of ['shop', 'a', 'b', 'c', 'd']) ahead.ahead(namespace);
    assert.ok((await ahead.find({ ...KEPT, secret: null }))?.known);
    assert.equal(asked.length, 3);
  });

  it('not being allowed is told only where the secret says that there is an operator', async () => {
    const { source } = cluster(null, true);
    const all = refreshers(source);
    all.ahead('shop');
    assert.equal(await all.find({ ...KEPT, secret: null }), null);
    assert.equal((await all.find({ ...KEPT, secret: MANAGED }))?.known, false);
    assert.equal(
      (await all.find({ ...KEPT, secret: owned('external-secrets.io/v1') }))?.known,
      false,
    );
  });

  it('an operator that is gone is no gap', async () => {
    const { source } = cluster(null);
    const answer = await refreshers(source).find({
      ...KEPT,
      secret: owned('external-secrets.io/v1'),
    });
    assert.equal(answer, null);
  });
});
