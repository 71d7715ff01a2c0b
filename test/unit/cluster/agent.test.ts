import assert from 'node:assert/strict';
import type { Agent, AgentOptions } from 'node:https';
import { makeAgent } from '../../../src/cluster/agent.ts';
import { KubeconfigError } from '../../../src/cluster/errors.ts';

const server = new URL('https://api.example:6443/');

async function options(more: object = {}, identity = {}): Promise<AgentOptions> {
  const agent = await makeAgent({ server, insecure: false, ...more }, identity, {});
  agent.destroy();
  return (agent as Agent).options;
}

describe('connection pool', () => {
  it('says whether to verify, so that NODE_TLS_REJECT_UNAUTHORIZED has no say', async () => {
    assert.equal((await options({ ca: Buffer.from('CA') })).rejectUnauthorized, true);
    assert.equal((await options({ insecure: true })).rejectUnauthorized, false);
  });

  it('takes the CA of the kubeconfig alone, else the roots of Node and of the system', async () => {
    assert.equal(String((await options({ ca: Buffer.from('CA') })).ca), 'CA');
    const { ca } = await options();
    assert.ok(Array.isArray(ca) && ca.length > 50);
    assert.equal((await options({ insecure: true })).ca, undefined);
  });

  it('brings certificate, key and server name', async () => {
    const identity = { cert: Buffer.from('C'), key: Buffer.from('K') };
    const { cert, key, servername, keepAlive } = await options(
      { insecure: true, serverName: 'sni' },
      identity,
    );
    assert.deepEqual([String(cert), String(key), servername, keepAlive], ['C', 'K', 'sni', true]);
  });

  it('needs no TLS for http', async () => {
    const plain = await options({ server: new URL('http://localhost:8080') });
    assert.equal(plain.rejectUnauthorized, undefined);
  });

  it('refuses a proxy that is no URL', async () =>
    assert.rejects(options({ proxyUrl: 'not a url' }), KubeconfigError));
});
