import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { endsAtLatest, expiryOf } from '../../../src/credentials/expiry.ts';
import { kindOf } from '../../../src/credentials/kinds/index.ts';
import { registryOf } from '../../../src/registries/index.ts';
import { Hidden } from '../../../src/words/hidden.ts';
import { base64, ecrToken, jwt } from './tokens.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const HOUR = 3_600_000;
const SOON = (NOW + HOUR) / 1000;
const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const ALIBABA = `${base64(`{"instanceId":"cri-1","time":"${NOW + HOUR}","type":"sub","userId":"1"}`).replaceAll('=', '')}:8226ca50ce5476c42062e24d3c465545de1c1780`;

function expiry(key: string, username: string, password: string) {
  const hidden = new Hidden(password);
  const kind = kindOf({ registry: registryOf(key).registry.id, username, password: hidden });
  return expiryOf(kind, hidden, NOW);
}

describe('expiryOf', () => {
  for (const [what, key, user, password, from] of [
    ['an IAM token', 'us.icr.io', 'iambearer', jwt({ exp: SOON }), 'exp of the JWT'],
    ['a token with a line break', 'a.example', 'me', `${jwt({ exp: SOON })}\n`, 'exp of the JWT'],
    ['any JWT', 'a.example', 'me', jwt({ exp: SOON }), 'exp of the JWT'],
    ['a robot of an old Harbor', 'h.example', 'robot$a', jwt({ exp: SOON }), 'exp of the JWT'],
    ['an ECR token', ECR, 'AWS', ecrToken(SOON), 'expiration of the ECR token'],
    ['an Alibaba token', 'cr.example', 'cr_temp_user', ALIBABA, 'time of the token'],
  ] as const) {
    it(`reads ${what}`, () => {
      const leftMs = HOUR;
      assert.deepEqual(expiry(key, user, password), {
        known: true,
        expiresAt: NOW + HOUR,
        leftMs,
        from,
      });
    });
  }

  for (const [what, key, user, password] of [
    ['an API key', 'us.icr.io', 'iamapikey', 'abc'],
    ['an access token of Google', 'gcr.io', 'oauth2accesstoken', 'ya29.abc'],
    ['a JWT without a date', 'a.example', 'me', jwt({ iat: 1 })],
    ['an ECR token of another form', ECR, 'AWS', 'abc'],
    ['an ECR token with a broken date', ECR, 'AWS', ecrToken({})],
    ['an Alibaba token with a broken date', 'cr.example', 'cr_temp_user', base64('{"time":"x"}')],
    ['an Alibaba token that is none', 'cr.example', 'cr_temp_user', ':::'],
    ['a password of 100 MB', 'a.example', 'me', `ey${'J'.repeat(1e8)}`],
    ['nothing', 'a.example', '', ''],
  ] as const) {
    it(`does not know ${what}`, () =>
      assert.deepEqual(expiry(key, user, password), { known: false }));
  }

  it('reads the expired token of the dump', () => {
    const file = path.join(import.meta.dirname, '../../dumps/modern-secrets.json');
    const dump = JSON.parse(readFileSync(file, 'utf8')) as {
      items: { metadata: { name: string }; data: Record<string, string> }[];
    };
    const secret = dump.items.find(({ metadata }) => metadata.name === 'pull-proxy-tarn');
    const config = Buffer.from(secret?.data['.dockerconfigjson'] ?? '', 'base64').toString();
    const { auths } = JSON.parse(config) as {
      auths: Record<string, { username: string; password: string }>;
    };
    const entry = auths['cr.riverhill.example'];
    const told = expiry('cr.riverhill.example', entry?.username ?? '', entry?.password ?? '');
    assert.ok(told.known && told.expiresAt === 1767225600_000 && told.leftMs < 0);
  });
});

describe('endsAtLatest', () => {
  it('adds the life of the kind to the last write', () => {
    const password = new Hidden('ya29.x');
    const google = kindOf({ registry: 'google', username: 'oauth2accesstoken', password });
    assert.equal(endsAtLatest(google, NOW), NOW + HOUR);
    const key = kindOf({ registry: 'google', username: '_json_key', password: new Hidden('{}') });
    assert.equal(endsAtLatest(key, NOW), null);
  });
});
