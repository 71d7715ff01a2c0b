import assert from 'node:assert/strict';
import { ProxyUrlError } from '../../../src/network/proxy-errors.ts';
import { environmentProxy, givenProxy, type ProxyUrl } from '../../../src/network/proxy-url.ts';

const plain = { scheme: 'http', host: 'p', port: 80, address: 'p:80', login: undefined } as const;

describe('proxy-url', () => {
  const read: readonly (readonly [text: string, expected: Partial<ProxyUrl>])[] = [
    ['http://p', {}],
    ['HTTP://p', {}],
    ['https://p', { scheme: 'https', port: 443, address: 'p:443' }],
    ['socks5://p', { scheme: 'socks5', port: 1080, address: 'p:1080' }],
    ['socks5h://p', { scheme: 'socks5', port: 1080, address: 'p:1080' }],
    ['http://p:3128/path?query#fragment', { port: 3128, address: 'p:3128' }],
    ['http://p:', {}],
    ['http://p:99999', { port: 99_999, address: 'p:99999' }],
    ['http://[fd00::1]:3128', { host: 'fd00::1', port: 3128, address: '[fd00::1]:3128' }],
    ['http://[fe80::1%25eth0]', { host: 'fe80::1%eth0', address: '[fe80::1%eth0]:80' }],
    ['http://user@p', { login: { user: 'user', password: '' } }],
    ['http://us%65r:p%40s%3As%2f@p', { login: { user: 'user', password: 'p@s:s/' } }],
    ['http://user:a@b@p', { login: { user: 'user', password: 'a@b' } }],
    ['http://:@p', { login: { user: '', password: '' } }],
  ];
  for (const [text, expected] of read) {
    it(`${text} is understood`, () =>
      assert.deepEqual(givenProxy(text), { ...plain, ...expected }));
  }

  for (const [text, scheme] of [
    ['ftp://user:secret@p:1', 'ftp'],
    ['socks4://p', 'socks4'],
    ['proxy.example:3128', 'proxy.example'],
    ['not a url', ''],
    ['//p:1', ''],
    [`${'x'.repeat(50)}://p`, 'x'.repeat(32)],
  ] as const) {
    it(`${text} has a scheme we do not take`, () =>
      assert.throws(() => givenProxy(text), {
        name: 'ProxyUrlError',
        message: `unsupported scheme "${scheme}", must be http, https, or socks5`,
      }));
  }

  for (const text of [
    '127.0.0.1:3128',
    ' http://p',
    'http://p ',
    'http://p\n',
    'http://p:x',
    'http://[::1',
    'http://::1',
    'http://a b',
    'http://user:p%zz@p',
    'http://user:se cret@p',
    'http://p/%zz',
    ':',
  ]) {
    it(`${JSON.stringify(text)} cannot be read`, () =>
      assert.throws(() => givenProxy(text), {
        name: 'ProxyUrlError',
        message: 'it cannot be read as a URL',
      }));
  }

  it('must name a host', () =>
    assert.throws(() => givenProxy('http://:3128'), {
      name: 'ProxyUrlError',
      message: 'it names no host',
    }));

  it('takes no time over a long text', () => {
    const read = (url: string) => {
      try {
        return environmentProxy(url);
      } catch (error) {
        return assert.ok(error instanceof ProxyUrlError);
      }
    };
    const start = performance.now();
    for (const part of ['a', '@', ':', '/', '%41', '[', '?#', '?']) {
      const text = part.repeat(100_000);
      // The line separator ends what a dot stands for.
      for (const url of [`http://${text}`, text, `//${text}\u2028`]) read(url);
    }
    assert.ok(performance.now() - start < 500);
  });
});
