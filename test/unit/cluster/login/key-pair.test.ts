import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeconfigError } from '../../../../src/cluster/errors.ts';
import { checkPair, pairProblem } from '../../../../src/cluster/login/key-pair.ts';
import { certificate } from '../../../rig/api-server.ts';

const more = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../differential/certs', name));
const CERT = certificate('client.crt');
const KEY = certificate('client.key');
const text = (value: string) => Buffer.from(value);
const block = (type: string) => text(`-----BEGIN ${type}-----\nAAAA\n-----END ${type}-----\n`);

describe('key pair', () => {
  for (const [name, cert, key, problem] of [
    ['a pair', CERT, KEY, null],
    ['a pair in one file', Buffer.concat([KEY, CERT]), Buffer.concat([KEY, CERT]), null],
    [
      'nothing for a certificate',
      text(''),
      KEY,
      'tls: failed to find any PEM data in certificate input',
    ],
    ['nothing for a key', CERT, text('s3cret'), 'tls: failed to find any PEM data in key input'],
    [
      'the two in each other’s place',
      KEY,
      CERT,
      'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    ],
    [
      'a certificate twice',
      CERT,
      CERT,
      'tls: found a certificate rather than a key in the PEM for the private key',
    ],
    [
      'a request for a certificate',
      block('CERTIFICATE REQUEST'),
      KEY,
      'tls: failed to find "CERTIFICATE" PEM block in certificate input',
    ],
    [
      'a public key',
      CERT,
      block('PUBLIC KEY'),
      'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input',
    ],
    ['another key', CERT, certificate('server.key'), 'tls: private key does not match public key'],
    [
      'a broken certificate',
      block('CERTIFICATE'),
      KEY,
      'tls: failed to parse certificate: it is broken',
    ],
    ['a broken key', CERT, block('PRIVATE KEY'), 'tls: failed to parse private key'],
  ] as const) {
    it(name, async () => assert.equal(await pairProblem(cert, key), problem));
  }

  for (const name of ['client-encrypted.key', 'client-encrypted-pkcs8.key']) {
    it(`a passphrase: ${name}`, async () =>
      assert.match((await pairProblem(CERT, more(name))) ?? '', /it needs a passphrase/));
  }

  it('a pair of files is told as of the connection', async () => {
    const words = async (inFiles: boolean) =>
      checkPair(CERT, text(''), inFiles).catch((error: KubeconfigError) => error.words());
    const problem = 'tls: failed to find any PEM data in key input';
    assert.equal(await words(false), `error: ${problem}`);
    assert.equal(await words(true), `Unable to connect to the server: ${problem}`);
    await assert.rejects(checkPair(CERT, text(''), true), KubeconfigError);
  });
});
