/**
 * A server that answers as a test says, over TLS for `api.test` and `elsewhere.test` (or over plain HTTP), and keeps
 * what it was asked. Names reach it by `addresses` of the settings.
 */
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { indexOf, waitingImage } from '../cluster/up/image.ts';
import { certificate } from './api-server.ts';
import { listen } from './loopback.ts';

export interface Visit {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly host: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** Answers; nothing is answered where it does not. */
export type Answering = (asked: Visit, response: ServerResponse, server: TestServer) => void;

export interface TestServer {
  readonly port: number;
  readonly visits: Visit[];
  /** `METHOD PATH` of each visit, without the query. */
  readonly asked: () => string[];
  close(): Promise<void>;
}

export interface ServerOptions {
  /** File in `certs`; `null`: no TLS. */
  readonly certificate?: string | null;
}

export async function startServer(
  answering: Answering,
  { certificate: name = 'server.crt' }: ServerOptions = {},
): Promise<TestServer> {
  const visits: Visit[] = [];
  const listener: RequestListener = (asked, response) => {
    void read(asked).then((body) => {
      const visit = {
        method: asked.method ?? '',
        url: asked.url ?? '',
        host: asked.headers.host ?? '',
        authorization: asked.headers.authorization,
        body,
      };
      visits.push(visit);
      response.on('error', () => undefined);
      answering(visit, response, server);
    });
  };
  const made =
    name === null
      ? createHttp(listener)
      : createHttps({ cert: certificate(name), key: certificate('server.key') }, listener);
  made.on('tlsClientError', () => undefined);
  const server: TestServer = {
    ...(await listen(made)),
    visits,
    asked: () => visits.map(({ method, url }) => `${method} ${url.split('?')[0]}`),
  };
  return server;
}

async function read(asked: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of asked as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export const IMAGE = waitingImage();
export const INDEX = indexOf('arm64');

/** Serves `IMAGE` as `team/app:1` and `INDEX` as `team/multi:1`, to anybody. */
export function serve(asked: Visit, response: ServerResponse): void {
  const path = asked.url.split('?')[0] ?? '';
  const manifests = [IMAGE, INDEX, ...INDEX.images].map(({ manifest }) => manifest);
  const named = path.endsWith('/team/app/manifests/1')
    ? IMAGE.manifest
    : path.endsWith('/team/multi/manifests/1')
      ? INDEX.manifest
      : manifests.find(({ digest }) => path.endsWith(`/manifests/${digest}`));
  const blobs = [...IMAGE.blobs, ...INDEX.images.flatMap((image) => image.blobs)];
  const found = named ?? blobs.find(({ digest }) => path.endsWith(`/blobs/${digest}`));
  if (found === undefined) {
    error(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    return;
  }
  response.writeHead(200, {
    'content-type': found.mediaType,
    'content-length': found.bytes.length,
    'docker-content-digest': found.digest,
  });
  response.end(asked.method === 'HEAD' ? undefined : found.bytes);
}

export function error(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}

export function challenge(response: ServerResponse, ...headers: string[]): void {
  response.writeHead(401, { 'www-authenticate': headers, 'content-type': 'application/json' });
  response.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

export function redirect(response: ServerResponse, status: number, location: string): void {
  response.writeHead(status, { location });
  response.end();
}
