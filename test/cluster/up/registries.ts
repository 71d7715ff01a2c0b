/** The registries: Debian's docker-registry in several ways over one storage folder, others, and their DNS server. */
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { binaryPath } from './binaries.ts';
import { makeCa, makeCertificate, pki } from './certificates.ts';
import { type Blob, indexOf, waitingImage } from './image.ts';
import { oddImages } from './odd-images.ts';
import { start, waitFor } from './processes.ts';
import { push } from './push.ts';
import {
  APP,
  ARM_ONLY,
  ARM_SINGLE,
  BLOB_FAULTS,
  CHILD_GONE,
  faultsImage,
  GONE,
  HOSTS,
  HTPASSWD,
  OTHER_APP,
  oddImage,
  PAUSE,
  PRIVATE_APP,
  SECOND_APP,
  SECOND_PORT,
  WORK,
} from './settings.ts';

const STORAGE = path.join(WORK, 'registry');

interface Host {
  readonly name: string;
  readonly address: string;
}

/** Of its files, its certificate and its log. */
function shortName({ name }: Host): string {
  return name.split('.')[0] ?? name;
}

function config(host: Host, more: string, storage: string): string {
  const key = shortName(host);
  const tls = `{certificate: ${pki(`${key}.crt`)}, key: ${pki(`${key}.key`)}}`;
  return `version: 0.1
log: {level: warn}
storage: {filesystem: {rootdirectory: ${storage}}}
http: {addr: '${host.address}:443', tls: ${tls}}
${more}`;
}

async function startRegistry(host: Host, ca: string, more = '', storage = STORAGE): Promise<void> {
  const name = shortName(host);
  await makeCertificate(name, ca, `/CN=${host.name}`, [`DNS:${host.name}`]);
  const file = path.join(WORK, `etc/${name}.yml`);
  writeFileSync(file, config(host, more, storage));
  const trust = { SSL_CERT_FILE: pki('registries.crt'), SSL_CERT_DIR: path.join(WORK, 'empty') };
  start(name, 'docker-registry', ['serve', file], trust);
}

/** A pull-through cache. docker-registry asks its upstream once as it starts, and ends where nobody answers. */
async function startCache(host: Host, upstream: string): Promise<void> {
  const storage = path.join(WORK, shortName(host));
  await startRegistry(host, 'registries', `proxy: {remoteurl: 'https://${upstream}'}\n`, storage);
}

async function startTokenServer(): Promise<void> {
  await makeCertificate('auth', 'registries', '/CN=auth', [`DNS:${HOSTS.auth.name}`]);
  start('auth', process.execPath, [path.join(import.meta.dirname, 'token-server.ts')]);
}

async function startSecond(): Promise<void> {
  start('second', binaryPath('registry'), ['-port', String(SECOND_PORT)]);
  await pushed(SECOND_APP, waitingImage());
  for (const [name, image] of Object.entries(oddImages())) await push(oddImage(name), image);
}

async function startFaults(): Promise<void> {
  const all = `DNS:*.${HOSTS.faults.name}`;
  await Promise.all([
    makeCertificate('faults', 'registries', '/CN=faults', [all]),
    makeCertificate('expired', 'registries', '/CN=expired', [all], 0),
    makeCertificate('misnamed', 'registries', '/CN=misnamed', ['DNS:other.corp.test']),
    makeCa('self-signed', '/CN=self-signed', [`subjectAltName=${all}`]),
    // The registries' CA signed it, and the server does not show that.
    makeCertificate('between', 'registries', '/CN=Between CA', [], 30, [
      'basicConstraints=critical,CA:TRUE',
    ]).then(() => makeCertificate('no-chain', 'between', '/CN=no-chain', [all])),
    makeCertificate('second', 'registries', '/CN=second', [`DNS:${HOSTS.second.name}`]),
  ]);
  start('faults', process.execPath, [path.join(import.meta.dirname, 'faults.ts')]);
}

function tokenAuth(): string {
  const settings = [
    `realm: 'https://${HOSTS.auth.name}/token'`,
    `service: ${HOSTS.token.name}`,
    `issuer: ${HOSTS.auth.name}`,
    `rootcertbundle: ${pki('tokens.crt')}`,
  ];
  return `auth: {token: {${settings.join(', ')}}}\n`;
}

async function listening(host: Host): Promise<void> {
  await waitFor(host.name, () => connects(host.address), 20);
}

function connects(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(443, address);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Waits until the registry takes the image. */
async function pushed(name: string, image: Parameters<typeof push>[1]): Promise<void> {
  await waitFor(`a registry for ${name}`, () => push(name, image).then(() => true), 20);
}

/** Makes the open registry lose a blob. */
function lose({ digest }: Blob): void {
  const hex = digest.replace('sha256:', '');
  const folder = path.join('docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex);
  rmSync(path.join(STORAGE, folder, 'data'));
}

/** Images of which something is there, and the rest no more. */
async function pushAndLose(): Promise<void> {
  const image = waitingImage('amd64', 'gone');
  await push(GONE, image);
  for (const layer of image.blobs.slice(-1)) lose(layer);
  const index = indexOf('amd64', 'child-gone');
  await push(CHILD_GONE, index);
  for (const { manifest } of index.images) lose(manifest);
}

export function startDns(): void {
  start('dns', process.execPath, [path.join(import.meta.dirname, 'dns.ts')]);
}

/** Ends when all registries answer and hold their images. Without `second` no program built with Go is needed. */
export async function startRegistries({ second = true } = {}): Promise<void> {
  startDns();
  await Promise.all([
    makeCa('registries', '/CN=Registries CA'),
    makeCa('unknown', '/CN=Unknown CA'),
    makeCa('tokens', '/CN=Token signer'),
  ]);
  const htpasswd = path.join(WORK, 'etc/htpasswd');
  writeFileSync(htpasswd, HTPASSWD);
  await Promise.all([
    startRegistry(HOSTS.open, 'registries'),
    startRegistry(
      HOSTS.private,
      'registries',
      `auth: {htpasswd: {realm: corp, path: ${htpasswd}}}\n`,
    ),
    startRegistry(HOSTS.untrusted, 'unknown'),
    startRegistry(HOSTS.token, 'registries', tokenAuth()),
    startTokenServer(),
    startFaults(),
  ]);
  await pushed(PAUSE, waitingImage());
  await push(APP, waitingImage());
  await push(OTHER_APP, waitingImage());
  await push(ARM_ONLY, indexOf('arm64'));
  await push(ARM_SINGLE, waitingImage('arm64'));
  await pushed(PRIVATE_APP, waitingImage());
  if (second) await startSecond();
  for (const kind of BLOB_FAULTS) await push(faultsImage(kind), waitingImage('amd64', kind));
  await pushAndLose();
  await Promise.all([
    startCache(HOSTS.cache, HOSTS.open.name),
    startCache(HOSTS.orphan, `upstream.${HOSTS.faults.name}`),
  ]);
  await Promise.all([HOSTS.token, HOSTS.cache, HOSTS.orphan, HOSTS.auth].map(listening));
}
