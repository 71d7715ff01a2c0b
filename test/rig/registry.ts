/** Debian's docker-registry on loopback with a folder of its own, and images pushed to it over its API. */
import { spawn, spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Blob, Image } from '../cluster/up/image.ts';
import { tempFolder } from './temp.ts';

/** Why the tests with a real registry cannot run on this machine, or null. */
export function noRegistry(): string | null {
  const { error, status } = spawnSync('docker-registry', ['--version']);
  return error === undefined && status === 0 ? null : 'docker-registry is not installed';
}

export const USER = 'alice';
export const PASSWORD = 'correct-horse';
/** `USER` with `PASSWORD`, as `htpasswd -B` writes it: docker-registry takes bcrypt only. */
const HTPASSWD = 'alice:$2y$05$V5preuaM08vCFq5wc6eK..fvUVsFpNUxwFIZhHSlTcWj8O2S3pUaq';

export interface TestRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly port: number;
  /** `name` without the host: `REPOSITORY:TAG`. */
  push(name: string, image: Image): Promise<void>;
  stop(): Promise<void>;
}

export async function startRegistry(auth: 'open' | 'htpasswd'): Promise<TestRegistry> {
  const folder = tempFolder();
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const login =
    auth === 'htpasswd'
      ? `auth: {htpasswd: {realm: corp, path: ${folder.write('htpasswd', `${HTPASSWD}\n`)}}}\n`
      : '';
  const config = folder.write(
    'config.yml',
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${folder.path}/data}}
http: {addr: '${host}'}
${login}`,
  );
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  for (let tries = 0; (await status('GET', `http://${host}/v2/`)) === 0; tries++) {
    if (tries > 200 || child.exitCode !== null) throw new Error('docker-registry does not answer');
    await pause(50);
  }
  return {
    host,
    port,
    push: async (name, image) => {
      const colon = name.lastIndexOf(':');
      const repository = `http://${host}/v2/${name.slice(0, colon)}/`;
      await pushAs(repository, name.slice(colon + 1), image);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
      folder.remove();
    },
  };
}

/** A port that nobody listens on; taken by the next who asks for it. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

interface Answer {
  readonly status: number;
  readonly location: string;
}

function send(
  method: string,
  url: string,
  body: Buffer = Buffer.alloc(0),
  type?: string,
): Promise<Answer> {
  const headers = {
    'content-length': body.length,
    'content-type': type ?? 'application/octet-stream',
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, auth: `${USER}:${PASSWORD}`, headers }, (response) => {
      response.resume();
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** 0 where nobody answers. */
async function status(method: string, url: string): Promise<number> {
  try {
    return (await send(method, url)).status;
  } catch {
    return 0;
  }
}

async function created(method: string, url: string, body: Buffer, type?: string): Promise<void> {
  const answer = await send(method, url, body, type);
  if (answer.status !== 201) throw new Error(`${method} ${url}: ${answer.status}`);
}

async function pushBlob(repository: string, blob: Blob): Promise<void> {
  const begun = await send('POST', `${repository}blobs/uploads/`);
  const upload = new URL(begun.location, repository);
  upload.searchParams.set('digest', blob.digest);
  await created('PUT', upload.href, blob.bytes);
}

async function pushAs(repository: string, reference: string, image: Image): Promise<void> {
  for (const inner of image.images) await pushAs(repository, inner.manifest.digest, inner);
  for (const blob of image.blobs) await pushBlob(repository, blob);
  const { bytes, mediaType } = image.manifest;
  await created('PUT', `${repository}manifests/${reference}`, bytes, mediaType);
}
