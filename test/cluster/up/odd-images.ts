/** Images that a registry takes and a node does not: other formats, other platforms, layers that are no archives. */
import { gzipSync } from 'node:zlib';
import { type Blob, blob, descriptor, type Image, json, tar, waitingImage } from './image.ts';

const CONFIG = 'application/vnd.oci.image.config.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

function imageOf(config: Blob, layers: readonly Blob[]): Image {
  const manifest = json(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor(config),
    layers: layers.map(descriptor),
  });
  return { manifest, blobs: [config, ...layers], images: [] };
}

function configOf(archives: readonly Buffer[], salt: string): Blob {
  return json(CONFIG, {
    architecture: 'amd64',
    os: 'linux',
    config: { Entrypoint: ['/wait'], Labels: { salt } },
    rootfs: { type: 'layers', diff_ids: archives.map((archive) => blob('', archive).digest) },
  });
}

/** A layer of these bytes, whose configuration says that they are what they are. */
function layered(name: string, archive: Buffer, bytes: Buffer, type = LAYER): Image {
  return imageOf(configOf([archive], name), [blob(type, bytes)]);
}

const archive = (name: string) => tar('wait', Buffer.from(name));

/** A directory's name for a file, and a file below it. */
function fileAsFolder(): Buffer {
  const end = 1024;
  const first = tar('x', Buffer.from('file'));
  return Buffer.concat([first.subarray(0, -end), tar('x/y', Buffer.from('below a file'))]);
}

function brokenHeader(): Buffer {
  const whole = archive('tar-broken');
  whole.write('not octal', 124);
  return whole;
}

function artifact(): Image {
  const config = json('application/vnd.cncf.helm.config.v1+json', { name: 'chart' });
  const chart = blob('application/vnd.cncf.helm.chart.content.v1.tar+gzip', gzipSync('chart'));
  return imageOf(config, [chart]);
}

function withMediaType(mediaType: string, name: string): Image {
  const { manifest, ...image } = waitingImage('amd64', name);
  const document = JSON.parse(manifest.bytes.toString()) as object;
  return { ...image, manifest: json(mediaType, { ...document, mediaType }) };
}

/** The format before image manifest 2.2. */
function schemaOne(): Image {
  const layer = blob(LAYER, gzipSync(archive('schema1')));
  const manifest = json('application/vnd.docker.distribution.manifest.v1+prettyjws', {
    schemaVersion: 1,
    name: 'faults/schema1',
    tag: '1.0',
    architecture: 'amd64',
    fsLayers: [{ blobSum: layer.digest }],
    history: [{ v1Compatibility: JSON.stringify({ id: 'a'.repeat(64) }) }],
    signatures: [],
  });
  return { manifest, blobs: [layer], images: [] };
}

function indexFor(platforms: readonly { os: string; architecture: string }[]): Image {
  const images = platforms.map(({ architecture }) => waitingImage(architecture, 'index'));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = images.map((image, at) => ({
    ...descriptor(image.manifest),
    platform: platforms[at],
  }));
  const manifest = json(mediaType, { schemaVersion: 2, mediaType, manifests });
  return { manifest, blobs: [], images };
}

/** By the name of their repository below `faults`. */
export function oddImages(): Readonly<Record<string, Image>> {
  const plain = archive('diff-id');
  return {
    'not-gzip': layered('not-gzip', archive('not-gzip'), Buffer.from('no archive at all')),
    'gzip-cut': layered(
      'gzip-cut',
      archive('gzip-cut'),
      gzipSync(archive('gzip-cut')).subarray(0, 60),
    ),
    'tar-broken': layered('tar-broken', brokenHeader(), gzipSync(brokenHeader())),
    'file-as-folder': layered('file-as-folder', fileAsFolder(), gzipSync(fileAsFolder())),
    'diff-id': imageOf(configOf([archive('another')], 'diff-id'), [blob(LAYER, gzipSync(plain))]),
    'diff-ids': imageOf(configOf([plain, plain], 'diff-ids'), [
      blob(LAYER, gzipSync(archive('diff-ids'))),
    ]),
    encrypted: layered(
      'encrypted',
      archive('encrypted'),
      Buffer.from('ciphertext'),
      'application/vnd.oci.image.layer.v1.tar+gzip+encrypted',
    ),
    chart: artifact(),
    'unknown-type': withMediaType('application/vnd.corp.thing.v1+json', 'unknown-type'),
    'unknown-docker': withMediaType(
      'application/vnd.docker.distribution.manifest.v3+json',
      'unknown-docker',
    ),
    schema1: schemaOne(),
    windows: indexFor([{ os: 'windows', architecture: 'amd64' }]),
    others: indexFor([
      { os: 'linux', architecture: 's390x' },
      { os: 'linux', architecture: 'ppc64le' },
    ]),
    'no-platform': indexFor([]),
  };
}
