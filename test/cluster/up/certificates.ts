/** Keys and certificates, made by openssl for one run. All are P-256: made in milliseconds. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { WORK } from './settings.ts';

const run = promisify(execFile);
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A file under `pki`. */
export function pki(name: string): string {
  return path.join(WORK, 'pki', name);
}

/** `NAME.crt` and `NAME.key`, self-signed; with `extensions` of openssl-req's `-addext`, else as a CA. */
export async function makeCa(
  name: string,
  subject: string,
  extensions: readonly string[] = ['basicConstraints=critical,CA:TRUE'],
): Promise<void> {
  const files = ['-keyout', pki(`${name}.key`), '-out', pki(`${name}.crt`)];
  const extension = extensions.flatMap((each) => ['-addext', each]);
  await run('openssl', [
    'req',
    '-x509',
    ...KEY,
    ...files,
    '-subj',
    subject,
    '-days',
    '30',
    ...extension,
  ]);
}

/**
 * `NAME.crt` and `NAME.key`, signed by a CA of ours for names like `DNS:a.test` and `IP:10.0.0.1`. With 0 days it has
 * expired one second later. `more`: further extensions, as openssl's extfile has them.
 */
export async function makeCertificate(
  name: string,
  ca: string,
  subject: string,
  names: readonly string[],
  days = 30,
  more: readonly string[] = [],
): Promise<void> {
  const request = pki(`${name}.csr`);
  const extensions = pki(`${name}.ext`);
  const lines = [...(names.length > 0 ? [`subjectAltName=${names.join(',')}`] : []), ...more];
  writeFileSync(extensions, lines.map((line) => `${line}\n`).join(''));
  await run('openssl', [
    'req',
    ...KEY,
    '-keyout',
    pki(`${name}.key`),
    '-out',
    request,
    '-subj',
    subject,
  ]);
  // Not -CAcreateserial: several of these run at once, and would read one serial file.
  const serial = ['-set_serial', `0x0${randomBytes(15).toString('hex')}`];
  const signer = ['-CA', pki(`${ca}.crt`), '-CAkey', pki(`${ca}.key`), ...serial];
  const files = ['-in', request, '-extfile', extensions, '-out', pki(`${name}.crt`)];
  await run('openssl', ['x509', '-req', ...signer, ...files, '-days', String(days)]);
}

/** `NAME.key` and its public half `NAME.pub`. */
export async function makeKeyPair(name: string): Promise<void> {
  await run('openssl', [
    'ecparam',
    '-name',
    'prime256v1',
    '-genkey',
    '-noout',
    '-out',
    pki(`${name}.key`),
  ]);
  await run('openssl', ['ec', '-in', pki(`${name}.key`), '-pubout', '-out', pki(`${name}.pub`)]);
}
