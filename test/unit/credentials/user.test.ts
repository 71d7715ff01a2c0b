import assert from 'node:assert/strict';
import { kindOf } from '../../../src/credentials/kinds/index.ts';
import { mayShowUser } from '../../../src/credentials/kinds/user.ts';
import { registryOf } from '../../../src/registries/index.ts';
import { Hidden } from '../../../src/words/hidden.ts';

/** A key of IBM Cloud's form, of nobody. */
const KEY = 'aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5kL7nP9q';

describe('whether a user name may be shown', () => {
  const rows: readonly (readonly [what: string, user: string, password: string, shown: boolean])[] =
    [
      ['a name', 'alice', 'correct-horse', true],
      ['an e-mail address', 'alice@corp.example', 'x', true],
      ['a robot', 'robot$team+ci', 'x', true],
      ['a fixed name beside its key', 'iamapikey', KEY, true],
      ['a fixed name beside a fixed name', 'token', 'token', false],
      ['the key before its name', KEY, 'iamapikey', false],
      ['an ECR token before AWS', 'eyJwYXlsb2FkIjoiYWJj', 'AWS', false],
      ['a robot token before its robot', 'S3CR3TS3CR3T', 'robot$team', false],
      ['a Quay token before its robot', 'S3CR3TS3CR3T', 'org+robot', false],
      [
        'an admin password before the null GUID',
        'abc/def+ghi',
        '00000000-0000-0000-0000-000000000000',
        false,
      ],
      ['a key in the place of a name', KEY, 'whatever', false],
      ['a login within a URL', 'https://bob:pass@reg.example', 'x', false],
      ['a token by its first letters', 'npm_abcdef', 'x', false],
      ['the password once more', 'hunter22', 'hunter22', false],
    ];
  for (const [what, username, text, shown] of rows) {
    it(`${what}: ${shown ? 'shown' : 'hidden'}`, () => {
      const password = new Hidden(text);
      const registry = registryOf('us.icr.io').registry.id;
      const kind = kindOf({ registry, username, password });
      assert.equal(mayShowUser(username, password, kind), shown);
    });
  }
});
