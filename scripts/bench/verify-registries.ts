/** Debian's docker-registry on loopback, several times over one storage folder, and the images in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Blob, type Image, waitingImage } from '../../test/cluster/up/image.ts';
import { pushAs } from '../../test/cluster/up/push.ts';
import { HTPASSWD } from '../../test/cluster/up/settings.ts';
import { freePort } from '../../test/rig/registry.ts';
import { blobOf } from '../../test/rig/registry-blob.ts';

export const CERTS = path.resolve(import.meta.dirname, '../../test/rig/certs');
/** Layers of an image: two requests of four at once would be flattering, real images have some. */
export const LAYERS = 4;

export type RegistryKind = 'plain' | 'tls' | 'basic' | 'bearer';

/** Ports for registries that `serve` starts. */
export async function choosePorts(): Promise<Readonly<Record<RegistryKind, number>>> {
  return {
    plain: await freePort(),
    tls: await freePort(),
    basic: await freePort(),
    bearer: await freePort(),
  };
}

/** `realm`: of the one that wants tokens. Returns what ends it. */
export async function serve(
  kind: RegistryKind,
  port: number,
  folder: string,
  realm: string,
): Promise<() => void> {
  const htpasswd = path.join(folder, 'htpasswd');
  writeFileSync(htpasswd, HTPASSWD);
  const auth = {
    plain: '',
    tls: '',
    basic: `auth: {htpasswd: {realm: bench, path: ${htpasswd}}}\n`,
    bearer: `auth: {token: {realm: '${realm}', service: bench, issuer: bench, rootcertbundle: ${CERTS}/ca.crt}}\n`,
  };
  const tls =
    kind === 'plain' ? '' : `, tls: {certificate: ${CERTS}/server.crt, key: ${CERTS}/server.key}`;
  const config = path.join(folder, `registry-${port}.yml`);
  writeFileSync(
    config,
    `version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: ${folder}/data}}
http: {addr: '127.0.0.1:${port}'${tls}}
${auth[kind]}`,
  );
  const log = openSync(path.join(folder, 'requests.log'), 'a');
  const child = spawn('docker-registry', ['serve', config], { stdio: ['ignore', log, 'ignore'] });
  await untilOpen(port);
  return () => void child.kill('SIGKILL');
}

/** Throws where nobody listens after ten seconds. */
async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await pause(50);
  }
  throw new Error('docker-registry does not listen');
}

/** Images `app-0:1` to `app-N:1`, all different, of `LAYERS` layers, pushed over plain HTTP. */
export async function pushImages(port: number, count: number): Promise<void> {
  const registry = `http://127.0.0.1:${port}/v2/`;
  for (let n = 0; n < count; n++) await pushAs(new URL(`${registry}app-${n}/`), '1', variant(n));
}

/** The image of the cluster tests with layers and a config of its own. */
function variant(n: number): Image {
  const { manifest, blobs } = waitingImage();
  const [config, layer] = blobs;
  if (config === undefined || layer === undefined) throw new Error('an image without layers');
  const layers = Array.from({ length: LAYERS }, (_, i) => blobOf(layer.mediaType, [n, i]));
  const settings = { ...JSON.parse(config.bytes.toString()), config: { Env: [`N=${n}`] } };
  const own = blobOf(config.mediaType, settings);
  const document = {
    ...JSON.parse(manifest.bytes.toString()),
    config: descriptor(own),
    layers: layers.map(descriptor),
  };
  return { manifest: blobOf(manifest.mediaType, document), blobs: [own, ...layers], images: [] };
}

function descriptor({ mediaType, digest, size }: Blob): object {
  return { mediaType, digest, size };
}

/** How many requests the registries and the token server have seen. */
export function requestsSeen(folder: string): number {
  const lines = readFileSync(path.join(folder, 'requests.log'), 'utf8').split('\n');
  return lines.filter((line) => /"[A-Z]+ \/v2\/|^[A-Z]+ token$/.test(line)).length;
}
