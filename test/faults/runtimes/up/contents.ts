/** Images with something wrong in them, served from memory: no registry would take them. */
import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Blob, tar, waitingImage } from '../../../cluster/up/image.ts';
import { always, type Fault, isBlob, isManifest } from '../../../cluster/up/spoils.ts';
import { LARGE_LAYER } from './settings.ts';

const OCI = 'application/vnd.oci.image';
const MANIFEST = `${OCI}.manifest.v1+json`;
const INDEX = `${OCI}.index.v1+json`;
const CONFIG = `${OCI}.config.v1+json`;
const LAYER = `${OCI}.layer.v1.tar+gzip`;

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function blob(mediaType: string, content: Buffer | object): Blob {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  return { mediaType, digest: digestOf(bytes), size: bytes.length, bytes };
}

function manifest(config: Blob, layers: readonly Blob[]): Blob {
  const descriptor = ({ mediaType, digest, size }: Blob) => ({ mediaType, digest, size });
  return blob(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor(config),
    layers: layers.map(descriptor),
  });
}

/** What a server does with a blob's bytes instead of sending them as they are. */
type Spoil = (bytes: Buffer) => { readonly length: number; readonly sent: Buffer };

const asItIs: Spoil = (bytes) => ({ length: bytes.length, sent: bytes });

/** Serves one image whatever its name and tag. A body shorter than its announced length ends with the connection. */
function serve(top: Blob, blobs: readonly Blob[], spoilLayer = asItIs): Fault {
  return (request, response) => {
    const wanted = request.url?.split('/').at(-1) ?? '';
    if (isBlob(request)) {
      const found = blobs.find(({ digest }) => digest === wanted);
      if (found === undefined) return false;
      const { length, sent } =
        found.mediaType === CONFIG ? asItIs(found.bytes) : spoilLayer(found.bytes);
      response.writeHead(200, { 'content-length': length, 'content-type': found.mediaType });
      if (sent.length === length) response.end(sent);
      else response.write(sent, () => request.socket.destroy());
      return true;
    }
    if (!isManifest(request)) return false;
    // Docker-Content-Digest as asked for, so that only the bytes themselves can show that they are others.
    const named = wanted.startsWith('sha256:') ? wanted : top.digest;
    response.writeHead(200, {
      'content-length': top.size,
      'content-type': top.mediaType,
      'docker-content-digest': named,
    });
    response.end(request.method === 'HEAD' ? undefined : top.bytes);
    return true;
  };
}

/** An image made for one kind; no other has its blobs. */
function image(kind: string): { top: Blob; config: Blob; layer: Blob } {
  const made = waitingImage('amd64', kind);
  const [config, layer] = made.blobs;
  if (config === undefined || layer === undefined) throw new Error('an image has two blobs');
  return { top: made.manifest, config, layer };
}

function serveLayer(kind: string, spoilLayer: Spoil): Fault {
  const { top, config, layer } = image(kind);
  return serve(top, [config, layer], spoilLayer);
}

/** A layer of these bytes; its configuration says that it holds the archive of `image(kind)`. */
function serveOther(kind: string, mediaType: string, bytes: Buffer): Fault {
  const { config } = image(kind);
  const layer = blob(mediaType, bytes);
  return serve(manifest(config, [layer]), [config, layer]);
}

function helmChart(): Fault {
  const config = blob('application/vnd.cncf.helm.config.v1+json', { name: 'app' });
  const chart = blob(
    'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    image('chart').layer.bytes,
  );
  return serve(manifest(config, [chart]), [config, chart]);
}

function brokenConfig(): Fault {
  const config = blob(CONFIG, Buffer.from('no configuration'));
  const { layer } = image('config');
  return serve(manifest(config, [layer]), [config, layer]);
}

/** An index of one Windows image. */
function windowsOnly(): Fault {
  const { top } = image('windows');
  const index = blob(INDEX, {
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: [
      {
        mediaType: MANIFEST,
        digest: top.digest,
        size: top.size,
        platform: { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.1' },
      },
    ],
  });
  return serve(index, []);
}

function windowsAlone(): Fault {
  const { config, layer } = image('windows-alone');
  const said: object = JSON.parse(config.bytes.toString());
  const windows = blob(CONFIG, { ...said, os: 'windows', 'os.version': '10.0.20348.1' });
  return serve(manifest(windows, [layer]), [windows, layer]);
}

/** Docker's first manifest format: signed once, here by nobody. */
function schema1(): Fault {
  return serve(
    blob('application/vnd.docker.distribution.manifest.v1+prettyjws', {
      schemaVersion: 1,
      name: 'public/app',
      tag: '1.0',
      architecture: 'amd64',
      fsLayers: [{ blobSum: image('schema1').layer.digest }],
      history: [{ v1Compatibility: JSON.stringify({ id: '1'.repeat(64), os: 'linux' }) }],
    }),
    [image('schema1').layer],
  );
}

function large(): Fault {
  const archive = tar('large', Buffer.alloc(LARGE_LAYER << 20));
  // Level 0: as large on the way as on the disk.
  return serveOther('large', LAYER, gzipSync(archive, { level: 0 }));
}

const changed = (bytes: Buffer) => {
  const sent = Buffer.from(bytes);
  sent.writeUInt8(sent.readUInt8(sent.length - 1) ^ 1, sent.length - 1);
  return { length: sent.length, sent };
};
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);

/** By kind, the first label of the host. */
export const CONTENTS: Readonly<Record<string, Fault>> = {
  // A blob that is not among ours is asked of the open registry, which has never heard of it.
  'layer-missing': (() => {
    const { top, config } = image('layer-missing');
    return serve(top, [config]);
  })(),
  'config-missing': (() => {
    const { top, layer } = image('config-missing');
    return serve(top, [layer]);
  })(),
  'layer-changed': serveLayer('layer-changed', changed),
  'layer-short': serveLayer('layer-short', (bytes) => ({
    length: half(bytes).length,
    sent: half(bytes),
  })),
  'layer-cut': serveLayer('layer-cut', (bytes) => ({ length: bytes.length, sent: half(bytes) })),
  'layer-text': serveOther('layer-text', LAYER, Buffer.from('no archive at all\n'.repeat(40))),
  'layer-zstd': serveOther(
    'layer-zstd',
    `${OCI}.layer.v1.tar+zstd`,
    zstdCompressSync(Buffer.alloc(2048)),
  ),
  'layer-other': serveOther('layer-other', LAYER, image('another').layer.bytes),
  'manifest-other': serveLayer('manifest-other', asItIs),
  'manifest-empty': serve(blob(MANIFEST, Buffer.alloc(0)), []),
  'manifest-bare': serve(blob(MANIFEST, { schemaVersion: 2, mediaType: MANIFEST }), []),
  'manifest-odd': serve(blob('application/vnd.corp.manifest.v9+json', { schemaVersion: 9 }), []),
  'manifest-page': serve(blob('text/html', Buffer.from('<html>Sign in</html>')), []),
  config: brokenConfig(),
  chart: helmChart(),
  schema1: schema1(),
  windows: windowsOnly(),
  'windows-alone': windowsAlone(),
  large: large(),
  // A redirect to itself for ever.
  loop: (request, response) => {
    if (!isBlob(request)) return serveLayer('loop', asItIs)(request, response);
    response.writeHead(307, { location: request.url ?? '/' }).end();
    return always();
  },
};
