import assert from 'node:assert/strict';
import type { Agent, AgentOptions } from 'node:https';
import { KubeconfigError } from '../../../../src/cluster/errors.ts';
import { makeAgent, proxyOf } from '../../../../src/cluster/http/agent.ts';
import { certificate } from '../../../rig/api-server.ts';

const server = new URL('https://api.example:6443/');

async function options(more: object = {}, identity = {}): Promise<AgentOptions> {
  const agent = await makeAgent({ server, insecure: false, ...more }, identity, {});
  agent.destroy();
  return (agent as Agent).options;
}

describe('connection pool', () => {
  it('says whether to verify, so that NODE_TLS_REJECT_UNAUTHORIZED has no say', async () => {
    assert.equal((await options({ ca: certificate('ca.crt') })).rejectUnauthorized, true);
    assert.equal((await options()).rejectUnauthorized, true);
    assert.equal((await options({ insecure: true })).rejectUnauthorized, false);
  });

  it('brings certificate, key and server name', async () => {
    const identity = { cert: certificate('client.crt'), key: certificate('client.key') };
    const made = await options({ insecure: true, serverName: 'sni' }, identity);
    assert.deepEqual([made.servername, made.keepAlive], ['sni', true]);
    assert.notEqual(made.secureContext, undefined);
  });

  for (const [name, endpoint, identity, message] of [
    [
      'a key of another certificate',
      {},
      { cert: certificate('client.crt'), key: certificate('server.key') },
      'tls: private key does not match public key',
    ],
    [
      'a certificate that is none',
      {},
      { cert: Buffer.from('-----BEGIN CERTIFICATE-----\nxx\n'), key: certificate('client.key') },
      'tls: the certificate, its key or the certificate-authority cannot be read (ERR_OSSL_PEM_BAD_END_LINE)',
    ],
  ] as const) {
    it(`refuses ${name}`, async () =>
      assert.rejects(options({ insecure: true, ...endpoint }, identity), {
        name: 'KubeconfigError',
        message,
      }));
  }

  it('needs no TLS for http', async () => {
    const plain = await options({ server: new URL('http://localhost:8080') });
    assert.equal(plain.rejectUnauthorized, undefined);
  });

  it('refuses a proxy that is no URL', async () =>
    assert.rejects(options({ proxyUrl: 'not a url' }), KubeconfigError));

  it('goes through the proxy of the kubeconfig, else through that of the environment', () => {
    const env = { HTTPS_PROXY: 'http://env.test:3128', NO_PROXY: '.other' };
    const of = (more: object) => proxyOf({ server, insecure: false, ...more }, env)?.address;
    assert.equal(of({}), 'env.test:3128');
    assert.equal(of({ proxyUrl: 'socks5://own.test' }), 'own.test:1080');
    const exempt = new URL('https://api.other');
    assert.equal(of({ server: exempt }), undefined);
    assert.equal(of({ server: exempt, proxyUrl: 'http://own.test' }), 'own.test:80');
  });

  it('expects an address in the certificate, and sends none as name', async () => {
    for (const more of [{ server: new URL('https://[::1]:6443') }, { serverName: '10.0.0.1' }]) {
      const made = await options({ insecure: true, ...more });
      assert.equal(made.servername, '');
      assert.equal(typeof made.checkServerIdentity, 'function');
    }
  });
});
