/** Pushes an image over the registry's API (OCI distribution specification, "Push"). */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { pki } from './certificates.ts';
import type { Blob, Image } from './image.ts';
import { PASSWORD, USER } from './settings.ts';

interface Answer {
  readonly status: number;
  readonly location: string;
}

/** One request as `USER`, whom a registry without credentials does not ask for. Throws where nobody answers. */
export function send(
  method: string,
  url: URL,
  body: Buffer = Buffer.alloc(0),
  type?: string,
): Promise<Answer> {
  const request = url.protocol === 'http:' ? http.request : https.request;
  const options = {
    method,
    // A registry may close a kept connection just as it is used again.
    agent: false,
    ...(url.protocol === 'https:' && { ca: readFileSync(pki('registries.crt')) }),
    auth: `${USER}:${PASSWORD}`,
    headers: {
      'content-length': body.length,
      'content-type': type ?? 'application/octet-stream',
    },
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      response.resume();
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function created(method: string, url: URL, body: Buffer, type?: string): Promise<void> {
  const { status } = await send(method, url, body, type);
  if (status !== 201) throw new Error(`${method} ${url.href}: ${status}`);
}

async function pushBlob(repository: URL, blob: Blob): Promise<void> {
  const begun = await send('POST', new URL('blobs/uploads/', repository));
  if (begun.status !== 202)
    throw new Error(`POST ${repository.href}blobs/uploads/: ${begun.status}`);
  const upload = new URL(begun.location, repository);
  upload.searchParams.set('digest', blob.digest);
  await created('PUT', upload, blob.bytes);
}

/** `repository`: `http(s)://HOST/v2/REPOSITORY/`. Throws for an answer that is none of success. */
export async function pushAs(repository: URL, reference: string, image: Image): Promise<void> {
  for (const inner of image.images) await pushAs(repository, inner.manifest.digest, inner);
  for (const blob of image.blobs) await pushBlob(repository, blob);
  const url = new URL(`manifests/${reference}`, repository);
  await created('PUT', url, image.manifest.bytes, image.manifest.mediaType);
}

/** `name` as a pod names it: `HOST/REPOSITORY:TAG`. */
export async function push(name: string, image: Image): Promise<void> {
  const [, host, repository, tag] = /^([^/]+)\/(.+):([^:/]+)$/.exec(name) ?? [];
  if (host === undefined || repository === undefined || tag === undefined) {
    throw new Error(`not HOST/REPOSITORY:TAG: ${name}`);
  }
  await pushAs(new URL(`https://${host}/v2/${repository}/`), tag, image);
}
