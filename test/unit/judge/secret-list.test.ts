import assert from 'node:assert/strict';
import { absentRow, passes, rowMaker, withUse } from '../../../src/judge/secret-list.ts';
import { alikeGroups, rotations } from '../../../src/judge/secret-list-alike.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import type { Unavailable } from '../../../src/words/known.ts';
import type { SecretView } from '../../../src/words/pod.ts';
import type { ListedSecret, SecretRow } from '../../../src/words/secret-row.ts';

const NOW = Date.parse('2026-11-21T04:00:00Z');
const DAY = 86_400_000;
const NONE = { serviceAccounts: [], pods: 0, podNames: [] };

function secret(more: Partial<SecretView> = {}, auths: unknown = AUTHS): SecretView {
  const content = Buffer.from(JSON.stringify({ auths })).toString('base64');
  return {
    namespace: 'shop',
    name: 'regcred',
    uid: '',
    type: 'kubernetes.io/dockerconfigjson',
    createdAt: NOW - 3 * DAY,
    changedAt: null,
    dataKeys: ['.dockerconfigjson'],
    data: new Map([['.dockerconfigjson', new Hidden(content)]]),
    elided: false,
    ...more,
  };
}

const AUTHS = {
  'r.example': { username: 'bot', password: 'secret-1' },
  'https://a.example/v2/': { username: 'bot', password: 'secret-2' },
};

const rowOf = () =>
  rowMaker({
    now: NOW,
    soonMs: DAY,
    hash: (text) => Buffer.from(text).toString('hex').slice(0, 4000).padStart(64, '0'),
  });

describe('rowMaker', () => {
  it('tells keys as read, users and kinds once', () => {
    const row = rowOf()(secret());
    assert.deepEqual(row.registries, ['a.example', 'r.example']);
    assert.deepEqual(row.users, ['bot']);
    assert.equal(row.status, 'ok');
    assert.ok(!JSON.stringify(row).includes('secret-1'));
  });

  it('shares what copies have in common, and keeps what is their own', () => {
    const make = rowOf();
    const [a, b] = [make(secret()), make(secret({ namespace: 'prod', createdAt: NOW }))];
    assert.equal(a.registries, b.registries);
    assert.deepEqual([a.namespace, b.namespace, b.createdAt], ['shop', 'prod', NOW]);
    assert.equal(a.fingerprint, b.fingerprint);
  });

  it('reckons an end at the latest for each copy by itself', () => {
    const make = rowOf();
    const auths = { 'us.icr.io': { username: 'iambearer', password: 'x'.repeat(40) } };
    const old = make(secret({ changedAt: NOW - DAY }, auths));
    const fresh = make(secret({ changedAt: NOW }, auths));
    assert.equal(old.status, 'expired');
    assert.equal(fresh.status, 'expires soon');
  });

  const types: readonly (readonly [string, Partial<SecretView>, unknown, string])[] = [
    ['another type', { type: 'Opaque' }, AUTHS, 'wrong type'],
    ['no base64 in auth', {}, { 'r.example': { auth: '!' } }, 'malformed'],
    ['no entries', {}, {}, 'no credentials'],
    ['not known', { elided: true }, AUTHS, 'elided'],
  ];
  for (const [what, more, auths, status] of types) {
    it(`${what}: ${status}`, () => assert.equal(rowOf()(secret(more, auths)).status, status));
  }
});

describe('absentRow', () => {
  const why = (reason: Unavailable['reason']): Unavailable => ({ reason, what: 'x', text: 'text' });
  const cases: readonly (readonly [string, Unavailable['reason'], string | null, RegExp])[] = [
    ['regcrd', 'not found', 'missing', /the nearest name there is regcred$/],
    ['other-name', 'not found', 'missing', /^it does not exist in this namespace$/],
    ['my_registry-secret', 'not found', 'missing', /underscore; my-registry-secret could$/],
    ['my_registry-secret', 'forbidden', 'missing', /no secret can have this name/],
    ['regcrd', 'forbidden', 'not allowed', /^text$/],
    ['regcrd', 'not in the file', 'not known', /^text$/],
    ['regcrd', 'timed out', null, /^$/],
  ];
  for (const [name, reason, status, text] of cases) {
    it(`${name}, ${reason}: ${status}`, () => {
      const row = absentRow(`shop/${name}`, why(reason), ['regcred']);
      assert.equal(row?.status ?? null, status);
      assert.match(row?.why ?? '', text);
    });
  }
});

describe('withUse', () => {
  const row = rowOf()(secret());
  it('calls unused what nothing refers to', () => {
    assert.equal(withUse(row, NONE).status, 'unused');
    assert.equal(withUse(row, { ...NONE, pods: 1 }).status, 'ok');
    assert.equal(withUse(row, null).status, 'ok');
  });
  it('never hides a fault behind it', () => {
    assert.equal(withUse({ ...row, status: 'malformed' }, NONE).status, 'malformed');
  });
});

describe('passes', () => {
  const row: SecretRow = {
    ...rowOf()(secret()),
    registries: ['*.icr.io', 'r.example:5000', 'docker.io'],
  };
  const cases: readonly (readonly [string, boolean])[] = [
    ['us.icr.io', true],
    ['private.us.icr.io', false],
    ['r.example', true],
    ['r.example:5000', true],
    ['r.example:5001', false],
    ['https://index.docker.io/v1/', true],
    ['quay.io', false],
  ];
  for (const [registry, expected] of cases) {
    it(`--registry ${registry}: ${expected}`, () =>
      assert.equal(passes(row, { registry, statuses: [] }, NOW), expected));
  }
});

describe('alike secrets', () => {
  const base: ListedSecret = { ...rowOf()(secret()), usedBy: NONE };
  const copy = (namespace: string, fingerprint: string, changedAt: number): ListedSecret => ({
    ...base,
    namespace,
    fingerprint,
    changedAt,
  });

  it('are one group by name and content', () => {
    const rows = [
      copy('a', '1', 1),
      copy('b', '1', 2),
      copy('c', '2', 3),
      { ...copy('d', '1', 1), name: 'x' },
    ];
    assert.deepEqual(
      alikeGroups(rows).map((group) => group.rows.map((row) => row.namespace)),
      [['a', 'b'], ['c'], ['d']],
    );
  });

  it('older, newer and different copies are told by their times', () => {
    const rows = [copy('a', '1', 10), copy('b', '1', 20), copy('e', '1', 20), copy('f', '1', 20)];
    const others = [copy('c', '2', 5), copy('d', '3', 30), copy('g', '4', 15)];
    assert.deepEqual(rotations([...rows, ...others])[0]?.others, [
      { namespace: 'c', age: 'older' },
      { namespace: 'd', age: 'newer' },
      { namespace: 'g', age: 'different' },
    ]);
  });

  it('names that differ everywhere, or have other keys, are no rotation', () => {
    assert.deepEqual(rotations([copy('a', '1', 1), copy('b', '2', 2)]), []);
    const other = { ...copy('c', '2', 1), registries: ['x.example'] };
    assert.deepEqual(rotations([copy('a', '1', 1), copy('b', '1', 2), other]), []);
  });
});
