/** What IAM's answers say of a credential: a certain no needs a code that is known, everything else cannot be told. */
import assert from 'node:assert/strict';
import { aliveStep } from '../../../src/judge/ibm-alive.ts';
import type { IbmLearned, IbmLearnedAll, IbmRefusal } from '../../../src/words/ibm-learned.ts';

type Not = Extract<IbmLearned<unknown>, { known: false }>;

function refused(status: number, errorCode = '', errorMessage = '', asked?: 'profile'): Not {
  const host = 'iam.cloud.ibm.com';
  const detail = `${host} answers ${status}`;
  const why: IbmRefusal = {
    problem: 'refused',
    host,
    status,
    errorCode,
    errorMessage,
    detail,
    asked,
  };
  return { known: false, why, ms: 1 };
}

function silent(): Not {
  const { why } = refused(0);
  return { known: false, why: { ...why, problem: 'unreachable', status: null }, ms: 1 };
}

function all(change: Partial<IbmLearnedAll>): IbmLearnedAll {
  return {
    credential: 'secret x',
    kind: 'API key',
    user: 'iamapikey',
    blanks: false,
    ends: null,
    token: { known: true, value: { iamId: 'iam-ServiceId-1', account: 'a', name: null }, ms: 1 },
    key: null,
    serviceId: null,
    policies: null,
    namespaces: null,
    quota: null,
    images: null,
    ...change,
  };
}

describe('alive', () => {
  for (const [name, token, outcome, code] of [
    ['not found', refused(400, 'BXNIM0415E', 'x'), 'failed', 'ibm-key-not-found'],
    [
      'a known code of a broken server',
      refused(503, 'BXNIM0415E', 'x'),
      'unknown',
      'ibm-server-error',
    ],
    ['a known code of a busy one', refused(429, 'BXNIM0415E'), 'unknown', 'ibm-rate-limited'],
    [
      'locked',
      refused(400, 'BXNIM0999E', 'Provided API key is locked.'),
      'failed',
      'ibm-key-locked',
    ],
    ['expired', refused(400, 'BXNIM0999E', 'API key has expired'), 'failed', 'ibm-key-expired'],
    [
      'something else expired',
      refused(400, 'BXNIM0999E', 'The certificate of your IP block list expired'),
      'unknown',
      'ibm-refused-unknown',
    ],
    [
      'something else locked',
      refused(403, 'BXNIM0999E', 'The account is locked by its owner'),
      'unknown',
      'ibm-not-allowed',
    ],
  ] as const) {
    it(`${name}: ${code}`, () => {
      const step = aliveStep(all({ token }));
      assert.deepEqual([step.outcome, step.code], [outcome, code]);
    });
  }

  for (const [name, token, code] of [
    [
      'the profile may not be assumed',
      refused(403, 'BXNIM0513E', 'x', 'profile'),
      'ibm-profile-refused',
    ],
    [
      'an unknown code for the profile',
      refused(403, 'BXNIM0999E', 'x', 'profile'),
      'ibm-not-allowed',
    ],
    ['a broken server', refused(500, 'BXNIM0513E', 'x', 'profile'), 'ibm-server-error'],
    [
      'an allowlist before the profile',
      refused(403, 'BXNIM0998E', 'IP address'),
      'ibm-not-allowed',
    ],
    ['no right to grant a token', refused(403, 'BXNIM0513E', 'x'), 'ibm-not-allowed'],
    ['the key is not there', refused(400, 'BXNIM0415E', 'x'), 'ibm-key-not-found'],
    [
      'a code of keys for the profile',
      refused(400, 'BXNIM0415E', 'x', 'profile'),
      'ibm-refused-unknown',
    ],
  ] as const) {
    it(`key for a trusted profile, ${name}: ${code}`, () => {
      assert.equal(aliveStep(all({ kind: 'API key for a trusted profile', token })).code, code);
    });
  }

  const no = refused(401, 'CRG0014E');
  for (const [name, answers, outcome, code] of [
    ['all say 401', { policies: no, namespaces: no, quota: no }, 'failed', 'ibm-token-refused'],
    ['one of them says 403', { policies: refused(403), namespaces: no, quota: no }, 'ok', 'ok'],
    ['IAM cannot be reached', { policies: silent(), quota: no }, 'unknown', 'ibm-unreachable'],
    ['one is broken', { policies: no, quota: refused(502) }, 'unknown', 'ibm-server-error'],
    [
      'one answers',
      {
        policies: no,
        namespaces: { known: true, value: [], ms: 1 },
      },
      'ok',
      'ok',
    ],
  ] as const) {
    it(`an IAM token, ${name}: ${code}`, () => {
      const step = aliveStep(all({ kind: 'IAM token', user: 'iambearer', ...answers }));
      assert.deepEqual([step.outcome, step.code], [outcome, code]);
    });
  }
});
