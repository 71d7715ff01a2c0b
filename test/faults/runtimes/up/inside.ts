/** Brings up the registries and their faults, inside the enclosure, without a cluster; ends when they are usable. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { makeCa, makeCertificate } from '../../../cluster/up/certificates.ts';
import { tellReady } from '../../../cluster/up/enclosure.ts';
import { start, waitFor } from '../../../cluster/up/processes.ts';
import { startRegistries } from '../../../cluster/up/registries.ts';
import { HOSTS } from '../../../cluster/up/settings.ts';
import { RUNTIMES, SPOILED_PORT, spoiled } from './settings.ts';
import { addDeadEnds } from './ways.ts';

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(SPOILED_PORT, HOSTS.faults.address);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

mkdirSync(RUNTIMES);
// podman keeps its locks here.
execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/dev/shm']);
// Only what this tier says, not what the machine has set up.
mkdirSync('/etc/containers', { recursive: true });
for (const [file, text] of [
  ['policy.json', '{"default":[{"type":"insecureAcceptAnything"}]}'],
  ['registries.conf', ''],
] as const) {
  writeFileSync(path.join('/etc/containers', file), text);
}
const halfCertificate = `/etc/docker/certs.d/${spoiled('half').split('/')[0]}`;
mkdirSync(halfCertificate, { recursive: true });
writeFileSync(path.join(halfCertificate, 'client.cert'), '');
addDeadEnds();
await startRegistries({ second: false });
await makeCertificate('nameless', 'registries', `/CN=nameless.${HOSTS.faults.name}`, []);
await makeCa('selfsigned', '/CN=selfsigned', [
  'basicConstraints=critical,CA:TRUE',
  `subjectAltName=DNS:selfsigned.${HOSTS.faults.name}`,
]);
start('spoiler', process.execPath, [path.join(import.meta.dirname, 'spoiler.ts')]);
await waitFor('the spoiled registries', answers, 20);
tellReady();
