import assert from 'node:assert/strict';
import { placeOf } from '../../../src/registry/agents.ts';
import {
  isLocalhost,
  isNotPublic,
  names,
  plainUrl,
  realmObjection,
  redirectObjection,
} from '../../../src/registry/hosts.ts';

describe('isNotPublic', () => {
  const inside = [
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '[fe80::1]',
    '[fd00::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:8.8.8.8]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    'localhost',
    'LOCALHOST.',
    'x.localhost',
  ];
  for (const host of inside) it(host, () => assert.equal(isNotPublic(host), true));

  const outside = [
    '8.8.8.8',
    '172.32.0.1',
    '[2600::1]',
    'registry.example',
    '10.0.0.1.example',
    '',
  ];
  for (const host of outside) it(`not ${host}`, () => assert.equal(isNotPublic(host), false));

  it('sees through the other spellings of an address, as URL does', () => {
    for (const text of ['2130706433', '0x7f.1', '0177.0.0.1', '127.1']) {
      assert.equal(isNotPublic(new URL(`https://${text}/`).hostname), true, text);
    }
  });
});

describe('realmObjection', () => {
  const cases = [
    ['https://auth.example/t', 'https://r.example/v2', true],
    ['https://r.example:8443/t', 'https://r.example/v2', true],
    ['http://r.example/t', 'https://r.example/v2', false],
    ['http://r.example:81/t', 'http://r.example/v2', true],
    ['http://auth.example/t', 'http://r.example/v2', false],
    ['https://127.0.0.1:5000/t', 'https://127.0.0.1:5000/v2', true],
    ['https://127.0.0.1:5001/t', 'https://127.0.0.1:5000/v2', false],
    ['http://127.0.0.1:5000/t', 'http://127.0.0.1:5000/v2', true],
    ['https://127.0.0.1/t', 'https://127.0.0.1:443/v2', true],
    ['https://10.0.0.1/t', 'https://r.example/v2', false],
    ['https://u@auth.example/t', 'https://r.example/v2', false],
  ] as const;
  for (const [realm, registry, allowed] of cases) {
    it(`${realm} of ${registry}`, () => {
      const objection = realmObjection(new URL(realm), new URL(registry));
      assert.equal(objection === null, allowed, objection ?? '');
    });
  }
});

describe('redirectObjection', () => {
  const cases = [
    ['https://cdn.example/b', 'https://r.example/v2', true],
    ['http://cdn.example/b', 'https://r.example/v2', false],
    ['http://cdn.example/b', 'http://r.example/v2', true],
    ['https://10.0.0.1/b', 'https://r.example/v2', false],
    ['https://10.0.0.1:5000/b', 'https://10.0.0.1:5000/v2', true],
    ['https://10.0.0.1:9000/b', 'https://10.0.0.1:5000/v2', false],
    ['file:///b', 'http://r.example/v2', false],
  ] as const;
  for (const [target, registry, allowed] of cases) {
    it(`${target} from ${registry}`, () => {
      assert.equal(redirectObjection(new URL(target), new URL(registry)) === null, allowed);
    });
  }
});

describe('hosts', () => {
  it('localhost as containerd knows it', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]']) assert(isLocalhost(host));
    for (const host of ['127.example', 'localhost.example', '10.0.0.1']) assert(!isLocalhost(host));
  });

  it('a URL for a person holds no login and no query', () => {
    assert.equal(
      plainUrl(new URL('https://u:p@h.example:1/a?X-Amz-Signature=s#f')),
      'https://h.example:1/a',
    );
  });

  it('a host of a list, with or without its port', () => {
    const url = new URL('https://R.example/');
    assert(names(new Set(['r.example']), url));
    assert(names(new Set(['r.example:443']), url));
    assert(!names(new Set(['r.example:80', 'example']), url));
    assert(names(new Set(['[::1]']), new URL('https://[::1]:5000/')));
  });

  it('where a host is found', () => {
    const addresses = new Map([
      ['a.example', '192.0.2.1:80'],
      ['b.example:5000', '192.0.2.2'],
      ['c.example', '[2001:db8::1]:8443'],
    ]);
    const at = (url: string) => Object.values(placeOf(new URL(url), addresses));
    assert.deepEqual(at('https://a.example/'), ['192.0.2.1', 80]);
    assert.deepEqual(at('https://b.example:5000/'), ['192.0.2.2', 5000]);
    assert.deepEqual(at('https://b.example/'), ['b.example', 443]);
    assert.deepEqual(at('https://c.example/'), ['2001:db8::1', 8443]);
  });
});
