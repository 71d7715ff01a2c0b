import assert from 'node:assert/strict';
import { readError, retryAfter, shorten } from '../../../src/registry/answer.ts';
import type { HttpAnswer } from '../../../src/registry/exchange.ts';
import { readRateLimit } from '../../../src/registry/rate-limit.ts';
import { rankTags } from '../../../src/registry/tags.ts';

function answer(body: string, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status: 400,
    url: new URL('https://r.example/v2/'),
    headers,
    challenges: [],
    body: Buffer.from(body),
    connection: { kept: true, dnsMs: 0, connectMs: 0, tlsMs: 0, address: '', tlsVersion: null },
  };
}

describe('readError', () => {
  const cases = [
    ['{"errors":[{"code":"DENIED","message":"no","detail":{"a":1}}]}', 'DENIED', 'no'],
    ['{"errors":[{"code":"DENIED","detail":"why"}]}', 'DENIED', 'why'],
    ['{"errors":[]}', '', ''],
    ['{"errors":"x"}', '', ''],
    ['{"details":"incorrect username or password"}', '', 'incorrect username or password'],
    ['{"error":"invalid_grant","error_description":"expired"}', 'invalid_grant', 'expired'],
    [
      '{"errorCode":"BXNIM0415E","errorMessage":"Provided API key could not be found."}',
      '',
      'Provided API key could not be found.',
    ],
    ['Container Registry is deprecated', '', 'Container Registry is deprecated'],
    ['<?xml version="1.0"?><Error/>', '', ''],
    ['{"errors":[{"message":"two\\nlines"}]}', '', 'two lines'],
    ['{broken', '', '{broken'],
    ['', '', ''],
  ] as const;
  for (const [body, code, message] of cases) {
    it(body || 'nothing', () => {
      assert.deepEqual(readError(answer(body)), { code, message, isPage: false });
    });
  }

  for (const page of ['<!DOCTYPE html><title>403</title>', '<html>', '  <HEAD>']) {
    it(`a web page: ${page}`, () => assert.equal(readError(answer(page)).isPage, true));
  }
});

describe('shorten', () => {
  it('takes out what looks like a credential, and is short', () => {
    assert.equal(shorten('https://u:p@h/ x?token=abc'), 'https://REDACTED@h/ x?token=REDACTED');
    assert.equal(shorten('x'.repeat(1_000_000)).length, 300);
  });
});

describe('retryAfter', () => {
  const now = Date.UTC(2026, 0, 1);
  const cases = [
    ['30', 30],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
    ['Thu, 01 Jan 2020 00:01:00 GMT', 0],
    ['soon', null],
    ['-1e9999', null],
    ['', null],
  ] as const;
  for (const [header, seconds] of cases) {
    it(header || 'none', () =>
      assert.equal(retryAfter(answer('', { 'retry-after': header }), now), seconds),
    );
  }
});

describe('readRateLimit', () => {
  it("reads Docker Hub's headers", () => {
    const headers = {
      'ratelimit-limit': '100;w=21600',
      'ratelimit-remaining': '76;w=21600',
      'docker-ratelimit-source': '192.0.2.7',
    };
    assert.deepEqual(readRateLimit(answer('', headers)), {
      remaining: 76,
      limit: 100,
      windowSeconds: 21600,
      limitSource: '192.0.2.7',
    });
    assert.deepEqual(readRateLimit(answer('', { 'ratelimit-remaining': '7' })), { remaining: 7 });
    assert.equal(readRateLimit(answer('', { 'ratelimit-remaining': 'many' })), null);
  });
});

describe('rankTags', () => {
  it('fewest edits first, then the longest common beginning', () => {
    assert.deepEqual(rankTags(['v1.2.3', '1.2.4', '2.0.0', '1.2', '1.2.3'], '1.2.3'), [
      '1.2.4',
      'v1.2.3',
      '1.2',
      '2.0.0',
    ]);
  });
});
