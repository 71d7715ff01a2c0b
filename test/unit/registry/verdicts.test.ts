import assert from 'node:assert/strict';
import { parseImage } from '../../../src/image/reference.ts';
import { refusal } from '../../../src/registry/answer.ts';
import { causeOf } from '../../../src/registry/verdicts.ts';
import type { FailedCode, StepFacts } from '../../../src/words/ladder.ts';

function image(name: string) {
  const parsed = parseImage(name);
  assert.ok(parsed.valid);
  return parsed;
}

describe('causeOf', () => {
  const byTag = image('r.example/team/app:1.0');
  const byDigest = image(`r.example/team/app@sha256:${'a'.repeat(64)}`);

  const cases: readonly (readonly [code: FailedCode, facts: StepFacts, cause: string])[] = [
    ['manifest-not-found', {}, 'TagNotFound'],
    ['token-refused', { status: 401 }, 'Unauthorized'],
    ['token-refused', { status: 403 }, 'Forbidden'],
    ['not-a-registry', { status: 403 }, 'AccessBlocked'],
    ['not-a-registry', { status: 200 }, 'UnexpectedContent'],
    ['forbidden', { errorMessage: 'requested access to the resource is denied' }, 'Forbidden'],
    [
      'forbidden',
      { errorMessage: "client with IP '10.0.0.1' is not allowed access" },
      'AccessBlocked',
    ],
    [
      'token-refused',
      { status: 403, errorMessage: 'Your authorization token has expired.' },
      'CredentialsExpired',
    ],
    ['forbidden', { errorMessage: 'the session expired' }, 'CredentialsExpired'],
    // Nobody's token: a cause of ours cannot rest on it.
    ['token-anonymous-refused', { status: 403, errorMessage: 'token expired' }, 'Forbidden'],
    ['token-unreachable', { systemCode: 'ENOTFOUND' }, 'DnsFailure'],
    ['token-unreachable', { systemCode: 'ECONNREFUSED' }, 'ConnectionRefused'],
    ['blob-unreachable', { systemCode: 'ETIMEDOUT' }, 'NetworkTimeout'],
    ['blob-unreachable', { systemCode: 'CERT_HAS_EXPIRED' }, 'TlsInvalid'],
    ['blob-unreachable', { systemCode: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'TlsUntrusted'],
    ['blob-unreachable', {}, 'NetworkUnreachable'],
  ];
  for (const [code, facts, cause] of cases) {
    it(`${code} ${JSON.stringify(facts)}: ${cause}`, () => {
      assert.equal(causeOf(code, byTag, facts), cause);
    });
  }

  it('of an image by digest', () => {
    assert.equal(causeOf('manifest-not-found', byDigest, {}), 'DigestNotFound');
  });
});

describe('a refusal of 403', () => {
  const url = new URL('https://r.example/v2/team/app/manifests/1.0');
  const connection = {
    kept: true,
    dnsMs: 0,
    connectMs: 0,
    tlsMs: 0,
    address: '',
    tlsVersion: null,
  };
  const answer = {
    status: 403,
    url,
    headers: {},
    challenges: [],
    body: Buffer.alloc(0),
    connection,
  };

  const cases = [
    ['denied: blocked by policy', 'policy-blocked'],
    ["cannot be pulled due to configured policy in 'Prevent images'", 'policy-blocked'],
    ['Your account has exceeded its pull traffic quota for the current month.', 'quota-exceeded'],
    ['requested access to the resource is denied', 'forbidden'],
  ] as const;
  for (const [message, code] of cases) {
    it(message, () => {
      const error = { code: 'DENIED', message, isPage: false };
      assert.equal(refusal('GET', answer, error).code, code);
    });
  }
});
