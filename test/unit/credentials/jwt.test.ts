import assert from 'node:assert/strict';
import { base64Object, isJwt, jwtClaims, secondsToMs } from '../../../src/credentials/jwt.ts';
import { jwt } from './tokens.ts';

const NONE = {
  expiresAt: null,
  issuedAt: null,
  iamId: null,
  account: null,
  serviceAccount: null,
};

describe('jwtClaims', () => {
  for (const [what, claims, want] of [
    ['nothing', {}, NONE],
    [
      'dates',
      { exp: 1767225600, iat: 1.5 },
      { ...NONE, expiresAt: 1767225600_000, issuedAt: 1500 },
    ],
    ['a date as text', { exp: '1767225600' }, { ...NONE, expiresAt: 1767225600_000 }],
    ['no dates', { exp: 'soon', iat: -1 }, NONE],
    ['dates beyond Date', { exp: 1e300, iat: Number.MAX_SAFE_INTEGER }, NONE],
    [
      'an IAM token of IBM',
      { iam_id: 'iam-ServiceId-1', account: { bss: 'abc' } },
      { ...NONE, iamId: 'iam-ServiceId-1', account: 'abc' },
    ],
    [
      'a bound ServiceAccount token',
      { 'kubernetes.io': { namespace: 'shop', serviceaccount: { name: 'default' } } },
      { ...NONE, serviceAccount: { namespace: 'shop', name: 'default' } },
    ],
    [
      'an older ServiceAccount token',
      {
        'kubernetes.io/serviceaccount/namespace': 'shop',
        'kubernetes.io/serviceaccount/service-account.name': 'default',
      },
      { ...NONE, serviceAccount: { namespace: 'shop', name: 'default' } },
    ],
    ['claims of other types', { account: [], iam_id: {}, 'kubernetes.io': null }, NONE],
    ['claims too long', { iam_id: 'a'.repeat(300) }, NONE],
  ] as const) {
    it(`reads ${what}`, () => assert.deepEqual(jwtClaims(jwt(claims)), want));
  }

  it('takes what is no token for none', () => {
    for (const text of [
      '',
      'a.b.c',
      'ey.ey.ey',
      'eyJhbGciOiJub25lIn0',
      `${jwt({})}.x.y`,
      `eyJhbGciOiJub25lIn0.${'e'.repeat(70_000)}.x`,
      'eyJhbGciOiJub25lIn0.WzFd.x',
      ` ${jwt({})}`,
    ]) {
      assert.equal(jwtClaims(text), null);
      assert.equal(isJwt(text), false);
    }
    assert.equal(isJwt(jwt({})), true);
  });

  it('does not fall for a prototype', () => {
    const token = `eyJhbGciOiJub25lIn0.${Buffer.from('{"__proto__":{"exp":1}}').toString('base64url')}.x`;
    assert.deepEqual(jwtClaims(token), NONE);
  });
});

describe('base64Object', () => {
  for (const [text, want] of [
    ['eyJhIjoxfQ==', { a: 1 }],
    ['eyJhIjoxfQ', { a: 1 }],
    ['eyJhIjoxfQ=', { a: 1 }],
    ['W10=', null],
    ['bnVsbA==', null],
    ['eyJhIjox', null],
    ['eyJhIjoxf', null],
    ['not base64!', null],
    ['', null],
  ] as const) {
    it(text || 'nothing', () => assert.deepEqual(base64Object(text), want));
  }
});

describe('secondsToMs', () => {
  for (const [value, want] of [
    [1, 1000],
    ['1', 1000],
    [0, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    [8_640_000_000_000, 8_640_000_000_000_000],
    [8_640_000_000_001, null],
    ['0x10', null],
    [null, null],
    [{}, null],
  ] as const) {
    it(String(value), () => assert.equal(secondsToMs(value), want));
  }
});
