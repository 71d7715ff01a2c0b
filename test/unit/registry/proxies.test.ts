import assert from 'node:assert/strict';
import { proxiesOf } from '../../../src/registry/proxies.ts';

const ENV = { HTTPS_PROXY: 'http://u:env-secret@env.test:1', NO_PROXY: 'direct.test' };

function address(flag: string | undefined, env: object, host: string, at = host) {
  const place = { host: at, port: 443 };
  return proxiesOf(flag, { ...env })?.of(new URL(`https://${host}/v2`), place)?.address;
}

describe('proxies of registries', () => {
  for (const [name, flag, env, host, at, expected] of [
    ['none', undefined, {}, 'a.test', 'a.test', undefined],
    ['that of the environment', undefined, ENV, 'a.test', 'a.test', 'env.test:1'],
    ['none by NO_PROXY', undefined, ENV, 'direct.test', 'direct.test', undefined],
    ['none to this machine', undefined, ENV, 'localhost', 'localhost', undefined],
    ['none to what is found on this machine', undefined, ENV, 'a.test', '127.0.0.1', undefined],
    ['that of the flag', 'socks5://f.test', ENV, 'a.test', 'a.test', 'f.test:1080'],
    [
      'that of the flag before NO_PROXY',
      'http://f.test',
      ENV,
      'direct.test',
      '1.2.3.4',
      'f.test:80',
    ],
    [
      'that of the flag to this machine',
      'http://f.test',
      ENV,
      '127.0.0.1',
      '127.0.0.1',
      'f.test:80',
    ],
    ['none by an empty flag', '', ENV, 'a.test', 'a.test', undefined],
    ['none by the flag none', 'none', ENV, 'a.test', 'a.test', undefined],
  ] as const) {
    it(name, () => assert.equal(address(flag, env, host, at), expected));
  }

  it('name what must not be shown', () => {
    const flag = proxiesOf('http://us%65r:p%40ss@f.test', {});
    const pair = Buffer.from('user:p@ss').toString('base64');
    assert.deepEqual(flag?.secrets, [pair, 'p@ss', 'p%40ss']);
    assert.ok(proxiesOf(undefined, ENV)?.secrets.includes('env-secret'));
  });

  for (const [text, why] of [
    ['ftp://u:s3cret@p', 'unsupported scheme "ftp", must be http, https, or socks5'],
    ['p.test:3128', 'unsupported scheme "p.test", must be http, https, or socks5'],
    ['http://u:s3cret@', 'it names no host'],
    ['http://u:s3cret zz@p', 'it cannot be read as a URL'],
  ] as const) {
    it(`${text} is refused without being shown`, () =>
      assert.throws(() => proxiesOf(text, {}), { name: 'UsageError', message: `--proxy: ${why}` }));
  }
});
