/**
 * Which servers are reached through the proxy of the environment. `test/io/proxy-kubectl.test.ts` asks the real
 * kubectl the same. PROXY in a value stands for `HOST:PORT` of a proxy.
 */
export type EnvironmentCase = readonly [
  server: string,
  env: Readonly<Record<string, string>>,
  proxied: boolean,
];

const on = { HTTPS_PROXY: 'http://PROXY' };
const except = (NO_PROXY: string) => ({ ...on, NO_PROXY });

export const ENVIRONMENT_CASES: readonly EnvironmentCase[] = [
  // Which variable, in which form.
  ['https://api.test:6443', {}, false],
  ['https://api.test:6443', on, true],
  ['https://api.test:6443', { https_proxy: 'http://PROXY' }, true],
  [
    'https://api.test:6443',
    { HTTPS_PROXY: 'http://PROXY', https_proxy: 'http://nope.test:1' },
    true,
  ],
  ['https://api.test:6443', { HTTPS_PROXY: '', https_proxy: 'http://PROXY' }, true],
  ['https://api.test:6443', { Https_Proxy: 'http://PROXY' }, false],
  ['https://api.test:6443', { HTTPS_PROXY: 'PROXY' }, true],
  ['https://api.test:6443', { HTTPS_PROXY: 'HTTP://PROXY/path?query' }, true],
  ['https://api.test:6443', { HTTPS_PROXY: 'http://user:p%40ss@PROXY' }, true],
  ['https://api.test:6443', { HTTPS_PROXY: 'unknown://PROXY' }, true],
  ['https://api.test:6443', { HTTP_PROXY: 'http://PROXY' }, false],
  ['https://api.test:6443', { ALL_PROXY: 'http://PROXY', all_proxy: 'http://PROXY' }, false],
  ['http://api.test:8080', { HTTP_PROXY: 'http://PROXY' }, true],
  ['http://api.test:8080', { http_proxy: 'http://PROXY' }, true],
  ['http://api.test:8080', on, false],
  // What Go cannot read is as good as not set.
  ['https://api.test:6443', { HTTPS_PROXY: 'http://PROXY\n' }, false],
  ['https://api.test:6443', { HTTPS_PROXY: ' http://PROXY' }, false],
  ['https://api.test:6443', { HTTPS_PROXY: 'http://user:p%zz@PROXY' }, false],
  // A web server makes HTTP_PROXY from the header `Proxy` of a request.
  ['https://api.test:6443', { ...on, REQUEST_METHOD: 'GET' }, true],
  ['http://api.test:8080', { HTTP_PROXY: '', REQUEST_METHOD: 'GET' }, false],
  // This machine.
  ['https://127.0.0.1:1', on, false],
  ['https://127.8.9.10:1', on, false],
  ['https://localhost:1', on, false],
  ['https://[::1]:1', on, false],
  ['https://[::ffff:127.0.0.1]:1', on, false],
  ['https://localhost.test:6443', on, true],
  // Names.
  ['https://api.test', except('*'), false],
  ['https://api.test', except(' other.test , * '), false],
  ['https://api.test', except('*api.test'), true],
  ['https://api.test', { ...on, no_proxy: 'api.test' }, false],
  ['https://api.test', { ...on, NO_PROXY: 'other.test', no_proxy: 'api.test' }, true],
  ['https://api.test', except('other.test, API.test'), false],
  ['https://a.api.test', except('api.test'), false],
  ['https://a.api.test', except('.api.test'), false],
  ['https://api.test', except('.api.test'), true],
  ['https://a.api.test', except('*.api.test'), false],
  ['https://api.test', except('*.api.test'), true],
  ['https://notapi.test', except('api.test'), true],
  ['https://api.test', except('http://api.test'), true],
  ['https://api.test', except('api.test other.test'), true],
  ['https://api.test', except('.'), true],
  ['https://api.test', except(',,'), true],
  ['https://xn--bcher-kva.test', except('bücher.test'), false],
  // Ports.
  ['https://api.test:6443', except('api.test:443'), true],
  ['https://api.test:6443', except('api.test:6443'), false],
  ['https://a.api.test:6443', except('.api.test:6443'), false],
  ['https://api.test', except('api.test:443'), false],
  ['https://api.test', except('api.test:'), false],
  ['https://api.test', except('api.test:https'), true],
  ['https://api.test', except(':443'), true],
  // Addresses and ranges.
  ['https://10.1.2.3:6443', except('10.1.2.3'), false],
  ['https://10.1.2.3:6443', except('10.1.2.3:6443'), false],
  ['https://10.1.2.3:6443', except('10.1.2.3:443'), true],
  ['https://10.1.2.3:6443', except('.3'), true],
  ['https://10.1.2.3:6443', except('10.1.2'), true],
  ['https://10.1.2.3:6443', except('10.0.0.0/8'), false],
  ['https://11.1.2.3:6443', except('10.0.0.0/8'), true],
  ['https://10.1.2.3:6443', except('10.1.2.3/32'), false],
  ['https://10.1.2.3:6443', except('0.0.0.0/0'), false],
  ['https://10.1.2.3:6443', except('010.0.0.0/8'), false],
  ['https://10.1.2.3:6443', except('10.0.0.0/33,10.0.0.0/x,999.0.0.0/8,10.0/8'), true],
  ['https://10.1.2.3:6443', except('10.0.0.0/8:6443'), true],
  ['https://10.1.2.3:6443', except('::/0'), true],
  ['https://10.1.2.3:6443', except('::ffff:10.0.0.0/104'), false],
  ['https://[fd00::9]:6443', except('fd00::9'), false],
  ['https://[fd00::9]:6443', except('FD00:0:0::9'), false],
  ['https://[fd00::9]:6443', except('[fd00::9]:6443'), false],
  ['https://[fd00::9]:6443', except('[fd00::9]:443'), true],
  ['https://[fd00::9]:6443', except('[fd00::9]'), true],
  ['https://[fd00::9]:6443', except('fd00::/8'), false],
  ['https://[fd00::9]:6443', except('fd00::a/127'), true],
  ['https://[fd00::9]:6443', except('fd00::/129'), true],
  ['https://[fd00::9]:6443', except('0.0.0.0/0'), true],
  ['https://[::ffff:10.1.2.3]:6443', except('10.0.0.0/8'), false],
  ['https://[::ffff:10.1.2.3]:6443', except('10.1.2.3'), false],
  ['https://[::ffff:10.1.2.3]:6443', except('::/0'), true],
];
