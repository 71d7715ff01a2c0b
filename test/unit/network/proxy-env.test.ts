import assert from 'node:assert/strict';
import { proxyFor } from '../../../src/network/proxy-env.ts';
import { ENVIRONMENT_CASES } from './proxy-env-cases.ts';

describe('proxy of the environment', () => {
  for (const [server, env, proxied] of ENVIRONMENT_CASES) {
    it(`${proxied ? 'leads' : 'does not lead'} to ${server} with ${JSON.stringify(env)}`, () => {
      const filled = Object.fromEntries(
        Object.entries(env).map(([name, value]) => [
          name,
          value.replace('PROXY', 'proxy.test:3128'),
        ]),
      );
      const proxy = proxyFor(new URL(server), filled);
      assert.equal(proxy?.address, proxied ? 'proxy.test:3128' : undefined);
    });
  }

  it('is refused where a web server may have made it of a header', () =>
    assert.throws(
      () =>
        proxyFor(new URL('http://api.test'), {
          HTTP_PROXY: 'http://proxy.test:3128',
          REQUEST_METHOD: 'GET',
        }),
      {
        name: 'ProxyUrlError',
        cgi: true,
        message: /^refusing to use HTTP_PROXY value in CGI environment; see golang\.org/,
      },
    ));

  for (const scheme of ['socks', 'socks4', 'socks4a']) {
    it(`is refused as ${scheme}`, () =>
      assert.throws(
        () => proxyFor(new URL('https://api.test'), { HTTPS_PROXY: `${scheme}://u:secret@p:1` }),
        {
          name: 'ProxyUrlError',
          message: `the proxy URL of the environment has the unsupported scheme "${scheme}", must be http, https, or socks5`,
        },
      ));
  }

  for (const value of ['user:p%zz@p:1', ':3128']) {
    it(`${value} names no host`, () =>
      assert.throws(() => proxyFor(new URL('https://api.test'), { HTTPS_PROXY: value }), {
        name: 'ProxyUrlError',
        message: 'the proxy URL of the environment names no host',
      }));
  }

  it('takes no time over a long list of exceptions', () => {
    const NO_PROXY = `${'1.'.repeat(50_000)},${':'.repeat(100_000)},${'[x'.repeat(50_000)},${'0'.repeat(100_000)}/8`;
    const start = performance.now();
    assert.ok(proxyFor(new URL('https://10.1.2.3'), { HTTPS_PROXY: 'p:1', NO_PROXY }));
    assert.ok(performance.now() - start < 500);
  });
});
