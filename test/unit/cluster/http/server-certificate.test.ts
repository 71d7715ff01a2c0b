import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ConnectionError } from '../../../../src/cluster/errors.ts';
import { connectionFault } from '../../../../src/cluster/http/faults.ts';
import { withCertificate } from '../../../../src/cluster/http/server-certificate.ts';
import { certificate } from '../../../rig/api-server.ts';

const OWN = join(import.meta.dirname, '../../../differential/certs');
const UNKNOWN = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
const EXPIRED =
  'tls: failed to verify certificate: x509: certificate has expired or is not yet valid';

/** The detail of the error `code` against a server that shows `name`. */
async function detail(name: string, code: string, ca: Buffer | undefined, now = Date.now()) {
  let requests = 0;
  const key = certificate('server.key');
  const server = createServer({ cert: certificate(name), key }, () => requests++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = new URL(`https://127.0.0.1:${port}`);
  try {
    const cause = Object.assign(new Error('x'), { code });
    const error = connectionFault(cause, url, false);
    const endpoint = { server: url, ca, insecure: false };
    const signal = new AbortController().signal;
    const named = await withCertificate(error, { endpoint, env: {}, now: () => now, signal });
    assert.equal(requests, 0, 'only the handshake may go out');
    assert.equal(named.cause, cause);
    assert.equal(named.code, code);
    return named.message;
  } finally {
    server.close();
  }
}

describe('certificate that was refused', () => {
  for (const [name, code, ca, expected] of [
    [
      'by a CA of the same name: the cluster was made anew',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      readFileSync(join(OWN, 'same-name-ca.crt')),
      `${UNKNOWN} (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "kubectl-imagepull test CA")`,
    ],
    [
      'by another CA',
      'SELF_SIGNED_CERT_IN_CHAIN',
      certificate('other-ca.crt'),
      `${UNKNOWN} (the server's certificate is by "kubectl-imagepull test CA"; trusted here: "kubectl-imagepull other test CA")`,
    ],
    [
      'by a CA nobody named',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      undefined,
      `${UNKNOWN} (the server's certificate is by "kubectl-imagepull test CA"; trusted here: the roots of this machine)`,
    ],
    [
      'with a CA file that holds a broken certificate, too',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      Buffer.concat([
        Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
        certificate('other-ca.crt'),
      ]),
      `${UNKNOWN} (the server's certificate is by "kubectl-imagepull test CA"; trusted here: "kubectl-imagepull other test CA")`,
    ],
  ] as const) {
    it(name, async () => assert.equal(await detail('server.crt', code, ca), expected));
  }

  it('that has expired, with the times', async () =>
    assert.equal(
      await detail('expired.crt', 'CERT_HAS_EXPIRED', undefined, Date.UTC(2026, 10, 21, 4, 5, 6)),
      `${EXPIRED}: current time 2026-11-21T04:05:06Z is after 2020-01-02T00:00:00Z`,
    ));

  it('that is not yet valid: the clock of this machine', async () =>
    assert.equal(
      await detail('server.crt', 'CERT_NOT_YET_VALID', undefined, Date.UTC(1970, 0, 1)),
      `${EXPIRED}: current time 1970-01-01T00:00:00Z is before 2020-01-01T00:00:00Z`,
    ));

  it('of a server that is gone by now stays as it was', async () => {
    const url = new URL('https://127.0.0.1:1');
    const cause = Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' });
    const error = connectionFault(cause, url, false);
    const looker = { endpoint: { server: url, insecure: false }, env: {}, now: Date.now };
    const { signal } = new AbortController();
    assert.equal(await withCertificate(error, { ...looker, signal }), error);
    const refused = connectionFault(
      Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      url,
      false,
    );
    assert.ok(refused instanceof ConnectionError);
    assert.equal(await withCertificate(refused, { ...looker, signal }), refused);
  });
});
