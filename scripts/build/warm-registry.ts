/** A registry with one image for the warm-up of `verify`: TLS with the rig's certificate, a login for `private`. */
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { waitingImage } from '../../test/cluster/up/image.ts';

const CERTS = path.resolve(import.meta.dirname, '../../test/rig/certs');
/** A name in the certificate. */
const NAME = 'api.test';

export interface WarmRegistry {
  /** `HOST:PORT`, as an image names it. */
  readonly host: string;
  /** Flags with which `verify` finds and trusts it. */
  readonly flags: readonly string[];
  close(): void;
}

export async function startWarmRegistry(): Promise<WarmRegistry> {
  const server = createServer(
    {
      cert: readFileSync(path.join(CERTS, 'server.crt')),
      key: readFileSync(path.join(CERTS, 'server.key')),
    },
    answer(),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `${NAME}:${(server.address() as AddressInfo).port}`;
  const address = host.replace(NAME, '127.0.0.1');
  return {
    host,
    flags: ['--ca-file', path.join(CERTS, 'ca.crt'), '--registry-address', `${host}=${address}`],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Manifests and blobs by digest; any tag names the one image. */
function answer(): RequestListener {
  const { manifest, blobs } = waitingImage();
  return ({ url = '', method, headers }, response) => {
    if (url.includes('/private/') && headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="warm-up"' }).end();
      return;
    }
    const found = url.includes('/manifests/')
      ? manifest
      : blobs.find(({ digest }) => url.endsWith(digest));
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': found.mediaType,
      'content-length': found.size,
      'docker-content-digest': found.digest,
    });
    response.end(method === 'HEAD' ? undefined : found.bytes);
  };
}
