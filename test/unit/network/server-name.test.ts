import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { serverName } from '../../../src/network/server-name.ts';
import { certificate } from '../../rig/api-server.ts';

/** Of `localhost`, `api.test`, 127.0.0.1 and ::1. */
const shown = new X509Certificate(certificate('server.crt')).toLegacyObject() as PeerCertificate;

async function matches(host: string, override?: string): Promise<boolean> {
  const { servername, checkServerIdentity: check = checkServerIdentity } = await serverName(
    host,
    override,
  );
  // As node:tls does it.
  return check(servername || host, shown) === undefined;
}

describe('server name', () => {
  for (const [host, override, sent, right] of [
    ['api.test', undefined, 'api.test', true],
    ['other.test', undefined, 'other.test', false],
    ['10.0.0.1', 'api.test', 'api.test', true],
    ['127.0.0.1', undefined, '', true],
    ['10.0.0.1', undefined, '', false],
    ['::1', undefined, '', true],
    ['0:0:0:0:0:0:0:1', undefined, '', true],
    ['fd00::1', undefined, '', false],
    ['api.test', '127.0.0.1', '', true],
    ['api.test', '10.0.0.1', '', false],
    ['127.0.0.1', '::1', '', true],
    ['::1', 'other.test', 'other.test', false],
  ] as const) {
    it(`${host}${override ? ` with tls-server-name ${override}` : ''}: ${right ? 'right' : 'wrong'}`, async () => {
      assert.equal((await serverName(host, override)).servername, sent);
      assert.equal(await matches(host, override), right);
    });
  }

  it('keeps the code of the error of Node', async () => {
    const { checkServerIdentity: check } = await serverName('fd00::1');
    const error: NodeJS.ErrnoException | undefined = check?.('', shown);
    assert.equal(error?.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is still needed for IPv6: nodejs/node#64032 is not mended in this Node', () =>
    assert.notEqual(checkServerIdentity('::1', shown), undefined));
});
