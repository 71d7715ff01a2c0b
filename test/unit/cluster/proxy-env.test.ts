import assert from 'node:assert/strict';
import { proxyFor } from '../../../src/cluster/proxy-env.ts';

const PROXY = 'http://proxy.example:3128';

describe('proxy of the environment', () => {
  for (const [server, env, expected] of [
    ['https://api.example:6443', {}, undefined],
    ['https://api.example:6443', { HTTPS_PROXY: PROXY }, PROXY],
    ['https://api.example:6443', { https_proxy: PROXY }, PROXY],
    ['https://api.example:6443', { HTTPS_PROXY: 'proxy.example:3128' }, PROXY],
    ['https://api.example:6443', { HTTP_PROXY: PROXY }, undefined],
    ['http://api.example:8080', { HTTP_PROXY: PROXY }, PROXY],
    ['https://127.0.0.1:6443', { HTTPS_PROXY: PROXY }, undefined],
    ['https://localhost:6443', { HTTPS_PROXY: PROXY }, undefined],
    ['https://[::1]:6443', { HTTPS_PROXY: PROXY }, undefined],
    ['https://api.example', { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, undefined],
    ['https://api.example', { HTTPS_PROXY: PROXY, NO_PROXY: 'x, api.example' }, undefined],
    ['https://a.api.example', { HTTPS_PROXY: PROXY, NO_PROXY: 'api.example' }, undefined],
    ['https://a.api.example', { HTTPS_PROXY: PROXY, NO_PROXY: '.api.example' }, undefined],
    ['https://api.example', { HTTPS_PROXY: PROXY, NO_PROXY: '.api.example' }, PROXY],
    ['https://a.api.example', { HTTPS_PROXY: PROXY, NO_PROXY: '*.api.example' }, undefined],
    ['https://notapi.example', { HTTPS_PROXY: PROXY, NO_PROXY: 'api.example' }, PROXY],
    ['https://api.example:6443', { HTTPS_PROXY: PROXY, NO_PROXY: 'api.example:443' }, PROXY],
    ['https://api.example:6443', { HTTPS_PROXY: PROXY, NO_PROXY: 'api.example:6443' }, undefined],
    ['https://10.1.2.3:6443', { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' }, undefined],
    ['https://11.1.2.3:6443', { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' }, PROXY],
    ['https://10.1.2.3:6443', { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/99,999.0.0.0/8' }, PROXY],
  ] as const) {
    it(`${server} with ${JSON.stringify(env)}`, () =>
      assert.equal(proxyFor(new URL(server), env), expected));
  }
});
