/** Expected values printed by Go 1.26's net/url for `https://` and the text. */
import assert from 'node:assert/strict';
import { toBytes } from '../../../src/credentials/encoding.ts';
import { parseUrl, splitHost } from '../../../src/credentials/go-url.ts';
import { isIPv6 } from '../../../src/credentials/ipv6.ts';
import { readKey, shownKey } from '../../../src/credentials/key.ts';

describe('parseUrl', () => {
  for (const [rest, host, path] of [
    ['a', 'a', ''],
    ['', '', ''],
    ['a:80/x', 'a:80', '/x'],
    ['a:', 'a:', ''],
    ['u:p@a/x?y#z', 'a', '/x'],
    ['[::1]:5000/x', '[::1]:5000', '/x'],
    ['[fe80::1%25eth0]', '[fe80::1%eth0]', ''],
    ['a%c3%a9', 'a\xc3\xa9', ''],
    ['a/%41%2f', 'a', '/A/'],
    ['a#\n', 'a', ''],
    ['a?%zz', 'a', ''],
    [toBytes('\u00e9.io'), '\xc3\xa9.io', ''],
  ] as const) {
    it(`reads ${JSON.stringify(rest)}`, () => {
      const url = parseUrl(rest);
      assert.ok(url.ok);
      assert.deepEqual([url.host, url.path], [host, path]);
    });
  }

  for (const [rest, kind, text] of [
    ['a b', 'character', ' '],
    ['a\\b', 'character', '\\'],
    ['a\n', 'control character', '\n'],
    ['a:b', 'port', 'b'],
    ['a:1:2', 'port', '1:2'],
    ['[::1', 'bracket', '['],
    ['a[b', 'bracket', '['],
    ['[1.2.3.4]', 'bracket', '[1.2.3.4]'],
    ['a%20b', 'escape', '%20'],
    ['a/%zz', 'escape', '%zz'],
    ['a#%zz', 'escape', '%zz'],
    ['u x@a', 'user', ''],
    ['u%@a', 'user', ''],
  ] as const) {
    it(`refuses ${JSON.stringify(rest)}: ${kind}`, () =>
      assert.deepEqual(parseUrl(rest), { ok: false, kind, text }));
  }
});

describe('splitHost', () => {
  for (const [host, labels, port] of [
    ['us.icr.io', ['us', 'icr', 'io'], ''],
    ['us.icr.io:', ['us', 'icr', 'io'], ''],
    ['us.icr.io:443', ['us', 'icr', 'io'], '443'],
    ['[::1]:5000', ['::1'], '5000'],
    ['[::1]', ['[::1]'], ''],
    ['', [''], ''],
  ] as const) {
    it(host, () => assert.deepEqual(splitHost(host), { labels, port }));
  }
});

describe('isIPv6', () => {
  const yes = [
    '::',
    '::1',
    'fe80::1%eth0',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:1.2.3.4',
    '1::',
  ];
  const no = [
    '',
    '1:2',
    '1.2.3.4',
    ':::',
    '1::2::3',
    '12345::',
    'g::',
    '::%',
    '1:2:3:4:5:6:7::8',
    '::01.2.3.4',
    '::1.2.3',
  ];
  for (const text of yes) it(`${text} is one`, () => assert.ok(isIPv6(text)));
  for (const text of no) it(`${JSON.stringify(text)} is none`, () => assert.ok(!isIPv6(text)));
});

describe('readKey', () => {
  for (const [written, read, dropped] of [
    ['https://index.docker.io/v1/', 'index.docker.io', ['version']],
    ['https://index.docker.io/v1', 'index.docker.io/v1', []],
    ['http://us.icr.io/v2/ns', 'us.icr.io/ns', ['version']],
    ['us.icr.io/', 'us.icr.io', []],
    ['us.icr.io/ns/', 'us.icr.io/ns/', []],
    ['ada@us.icr.io?a#b', 'us.icr.io', ['user', 'query', 'fragment']],
    ['oci://us.icr.io', 'oci://us.icr.io', []],
  ] as const) {
    it(`${written} is ${read}`, () => {
      const key = readKey(written);
      assert.ok(key.kind === 'read');
      assert.deepEqual([key.read, key.dropped], [read, dropped]);
    });
  }

  it('quotes nothing of a key that may hold a password', () => {
    const key = readKey('ada:fake/pass@us.icr.io');
    assert.deepEqual(key, { kind: 'ignored', fault: { ok: false, kind: 'port', text: '' } });
  });
});

describe('shownKey', () => {
  for (const [written, shown] of [
    ['https://us.icr.io/v1/', 'https://us.icr.io/v1/'],
    ['https://ada:fake-pass@us.icr.io/ns', 'https://********@us.icr.io/ns'],
    ['ghp_fake@ghcr.io', '********@ghcr.io'],
    ['ada:fake/pass@us.icr.io', '********@us.icr.io'],
    [' https://ada:fake@us.icr.io', ' https://********@us.icr.io'],
    ['https:/ada:fake@us.icr.io', '********@us.icr.io'],
    ['oci://ada:fake@us.icr.io/ns', 'oci://********@us.icr.io/ns'],
    ['a@https://b', '********@https://b'],
    ['us.icr.io/ns/app@sha256:12', 'us.icr.io/ns/app@sha256:12'],
    ['us.icr.io:5000/ns/app@sha256:12', 'us.icr.io:5000/ns/app@sha256:12'],
  ] as const) {
    it(written, () => assert.equal(shownKey(written), shown));
  }
});
