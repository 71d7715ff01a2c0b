/** `verify` from flags and environment to output and exit code, through proxies: no login in any of it. */
import assert from 'node:assert/strict';
import { run } from '../../src/cli/run.ts';
import { startHttpProxy, type TestProxy } from '../rig/proxies.ts';
import { serve, startServer, type TestServer } from '../rig/registry-hostile.ts';
import { testWorld } from '../rig/world.ts';

const LOGIN = 'us%65r:s3cr%40t-word';
const PAIR = Buffer.from('user:s3cr@t-word').toString('base64');
const CA = 'test/rig/certs/ca.crt';

describe('verify through a proxy', () => {
  let registry: TestServer;
  let open: TestProxy;
  let locked: TestProxy;
  before(async () => {
    registry = await startServer(serve);
    const upstream = { port: registry.port };
    open = await startHttpProxy({ upstream });
    const answer = () => `407 ${PAIR} s3cr@t-word us%65r:s3cr%40t-word`;
    locked = await startHttpProxy({ upstream, answer });
  });
  beforeEach(() => {
    open.visits.length = 0;
  });
  after(() => Promise.all([registry.close(), open.close(), locked.close()]));

  async function verify(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number; out: string; err: string }> {
    const world = testWorld({ env });
    const image = `api.test:${registry.port}/team/app:1`;
    const code = await run(['verify', '--image', image, '--ca-file', CA, ...args], world);
    const [out, err] = [world.outText(), world.errText()];
    for (const secret of ['s3cr', PAIR]) assert(!`${out}${err}`.includes(secret), `${out}${err}`);
    return { code, out, err };
  }

  for (const format of ['json', 'yaml', 'wide', 'junit', 'name']) {
    it(`shows no login in -o ${format}`, async () => {
      const good = await verify(['-o', format, '--proxy', open.url(LOGIN)]);
      assert.equal(good.code, 0, good.out + good.err);
      assert.equal(open.visits[0]?.auth, `Basic ${PAIR}`);
      const bad = await verify(['-o', format, '--proxy', locked.url(LOGIN)]);
      assert.equal(bad.code, 4, bad.out + bad.err);
    });
  }

  it('says that there was a proxy, and which', async () => {
    const { out } = await verify(['--proxy', open.url(LOGIN)]);
    assert.match(out, new RegExp(`through proxy 127.0.0.1:${open.port}`));
    const bad = await verify(['--proxy', locked.url(LOGIN)]);
    assert.match(bad.out, /proxy-failed|connect/);
    assert.match(bad.out, /407 \(Proxy Authentication Required\)/);
  });

  it('takes that of the environment, unless told to take none', async () => {
    const env = { HTTPS_PROXY: open.url(LOGIN) };
    assert.equal((await verify([], env)).code, 0);
    assert.equal(open.visits.length > 0, true);
    open.visits.length = 0;
    const address = ['--registry-address', `api.test=127.0.0.1:${registry.port}`];
    for (const none of ['', 'none']) {
      assert.equal((await verify([...address, '--proxy', none], env)).code, 0);
    }
    assert.equal(open.visits.length, 0);
  });

  it('takes that of the flag before that of the environment', async () => {
    const env = { HTTPS_PROXY: locked.url(LOGIN), NO_PROXY: '*' };
    assert.equal((await verify(['--proxy', open.url()], env)).code, 0);
    assert.equal(open.visits.length > 0, true);
  });

  for (const [text, why] of [
    ['ftp://user:s3cr@p', 'unsupported scheme "ftp", must be http, https, or socks5'],
    ['http://user:s3cr@', 'it names no host'],
    ['http://user:s3cr p@p', 'it cannot be read as a URL'],
  ] as const) {
    it(`refuses --proxy ${text}`, async () => {
      const { code, err } = await verify(['--proxy', text]);
      assert.equal(code, 2);
      assert.match(err, new RegExp(`^error: --proxy: ${why}`));
    });
  }
});
