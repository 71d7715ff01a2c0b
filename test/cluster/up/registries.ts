/** Debian's docker-registry three times over one storage folder, and the DNS server that names them. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeCa, makeCertificate, pki } from './certificates.ts';
import { indexOf, waitingImage } from './image.ts';
import { start, waitFor } from './processes.ts';
import { push } from './push.ts';
import { APP, ARM_ONLY, HOSTS, PAUSE, PRIVATE_APP, WORK } from './settings.ts';

/** `USER` with `PASSWORD`, as `htpasswd -B` writes it: docker-registry takes bcrypt only. */
const HTPASSWD = 'alice:$2y$05$V5preuaM08vCFq5wc6eK..fvUVsFpNUxwFIZhHSlTcWj8O2S3pUaq';

function config(host: { name: string; address: string }, auth: string): string {
  const key = host.name.split('.')[0];
  const tls = `{certificate: ${pki(`${key}.crt`)}, key: ${pki(`${key}.key`)}}`;
  return `version: 0.1
log: {level: warn}
storage: {filesystem: {rootdirectory: ${path.join(WORK, 'registry')}}}
http: {addr: '${host.address}:443', tls: ${tls}}
${auth}`;
}

async function startRegistry(
  host: { name: string; address: string },
  ca: string,
  auth = '',
): Promise<void> {
  const name = host.name.split('.')[0] ?? host.name;
  await makeCertificate(name, ca, `/CN=${host.name}`, [`DNS:${host.name}`]);
  const file = path.join(WORK, `etc/${name}.yml`);
  writeFileSync(file, config(host, auth));
  start(name, 'docker-registry', ['serve', file]);
}

/** Ends when all registries answer and hold their images. */
export async function startRegistries(): Promise<void> {
  start('dns', process.execPath, [path.join(import.meta.dirname, 'dns.ts')]);
  await Promise.all([
    makeCa('registries', '/CN=Registries CA'),
    makeCa('unknown', '/CN=Unknown CA'),
  ]);
  const htpasswd = path.join(WORK, 'etc/htpasswd');
  writeFileSync(htpasswd, `${HTPASSWD}\n`);
  await Promise.all([
    startRegistry(HOSTS.open, 'registries'),
    startRegistry(
      HOSTS.private,
      'registries',
      `auth: {htpasswd: {realm: corp, path: ${htpasswd}}}\n`,
    ),
    startRegistry(HOSTS.untrusted, 'unknown'),
  ]);
  await waitFor('the open registry', () => push(PAUSE, waitingImage()).then(() => true), 20);
  await push(APP, waitingImage());
  await push(ARM_ONLY, indexOf('arm64'));
  await waitFor(
    'the private registry',
    () => push(PRIVATE_APP, waitingImage()).then(() => true),
    20,
  );
}
