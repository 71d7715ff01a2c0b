/**
 * A local API server for tests, goldens and the benchmark: serves saved objects over TLS with selectors and
 * paging, records what was asked, and fails where it is told to.
 *
 * By itself: `node test/rig/api-server.ts --dump test/dumps --prefix modern --port 0 --delay 20 --kubeconfig OUT`
 * prints its URL and serves until it is stopped.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { type Fields, fields } from '../../src/words/fields.ts';
import { discoveryAnswer, objectsAnswer, statusAnswer } from './api-answers.ts';
import { type FaultRule, play, ruleFor } from './api-faults.ts';
import { loadObjects, type SavedObjects } from './api-objects.ts';
import { type ApiCall, apiCall } from './api-paths.ts';
import { tableOf, wantsTable } from './api-table.ts';
import type { Changes } from './api-watch.ts';
import { writeAnswer } from './api-writes.ts';

const CERTS = join(import.meta.dirname, 'certs');

export function certificate(name: string): Buffer {
  return readFileSync(join(CERTS, name));
}

export interface ApiServerOptions {
  /** Files and folders of saved objects. */
  readonly dumps: readonly string[];
  /** Default 0: any free port. */
  readonly port?: number;
  /** Plain HTTP, as `kubectl proxy` serves. */
  readonly plain?: boolean;
  /** Milliseconds before each answer. */
  readonly delayMs?: number;
  /** Who is let in; absent: a client certificate of our CA or the token `test-token`. */
  readonly tokens?: readonly string[];
  /** File in `certs`; default `server.crt`. */
  readonly certificate?: string;
  /** Largest page, whatever `limit` says. */
  readonly pageSize?: number;
  /** Answer `/apis` in the aggregated form of Kubernetes 1.27 and later. */
  readonly aggregated?: boolean;
  /** Pack every answer, whatever was asked for. */
  readonly gzip?: boolean;
  /** Told of every object that is made, after it is there. */
  readonly onCreate?: (plural: string, object: Fields, changes: Changes) => void;
  /** Every request path starts with it, e.g. `/k8s/clusters/c-1`. */
  readonly prefix?: string;
}

export interface RecordedRequest {
  readonly method: string;
  /** Decoded, query included. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Name and value in turn, repeated ones too. */
  readonly rawHeaders: readonly string[];
  /** CN of the client certificate, or the token. */
  readonly user: string | null;
  /** JSON that was sent with a POST or DELETE. */
  body?: unknown;
}

export interface ApiServer {
  readonly url: string;
  readonly port: number;
  readonly requests: RecordedRequest[];
  /** Rules are tried in order; may be changed at any time. */
  readonly faults: FaultRule[];
  /** Changes objects, and ends watches. */
  readonly changes: Changes;
  /** Connections taken so far. */
  readonly connections: () => number;
  /** From the next connection on; a file in `certs`. */
  changeCertificate(name: string): void;
  /** Writes a kubeconfig with the contexts `cert` (current), `token`, and `plain` for a plain server. */
  writeKubeconfig(path: string): void;
  close(): Promise<void>;
}

export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const objects = await loadObjects(options.dumps);
  const requests: RecordedRequest[] = [];
  const faults: FaultRule[] = [];
  const sockets = new Set<Socket>();
  let taken = 0;
  const handler = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const user = userOf(request, options);
    const url = request.url ?? '/';
    const recorded: RecordedRequest = {
      method: request.method ?? '',
      path: decodeURIComponent(url.replaceAll('+', ' ')),
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      user,
    };
    requests.push(recorded);
    if (recorded.method !== 'GET') recorded.body = await bodyOf(request);
    if (options.delayMs) await sleep(options.delayMs);
    const call = apiCall(url, options.prefix ?? '');
    const rule = ruleFor(faults, call, recorded.method);
    if (rule !== null && (await play(rule, response))) return;
    if (user !== null && recorded.method !== 'GET') {
      const { status, body } = await writeAnswer(recorded, call, objects, options.onCreate);
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
      return;
    }
    if (user !== null && call.query.has('watch')) return objects.changes.watch(call, response);
    const asTable = wantsTable(request.headers.accept);
    await respond({ ...call, asTable }, user, objects, options, response);
  };
  const server = options.plain
    ? createHttp(handler)
    : createHttps(
        {
          cert: certificate(options.certificate ?? 'server.crt'),
          key: certificate('server.key'),
          ca: certificate('ca.crt'),
          requestCert: true,
          rejectUnauthorized: false,
        },
        handler,
      );
  server.on('connection', (socket: Socket) => {
    taken++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `${options.plain ? 'http' : 'https'}://127.0.0.1:${port}${options.prefix ?? ''}`;
  return {
    url,
    port,
    requests,
    faults,
    changes: objects.changes,
    connections: () => taken,
    changeCertificate: (name) => {
      if (!('setSecureContext' in server)) throw new Error('a plain server has no certificate');
      const ca = certificate('ca.crt');
      server.setSecureContext({ cert: certificate(name), key: certificate('server.key'), ca });
    },
    writeKubeconfig: (path) => writeFileSync(path, kubeconfig(url, options.plain === true)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Buffer));
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || 'null');
}

async function respond(
  call: ApiCall & { readonly asTable: boolean },
  user: string | null,
  objects: SavedObjects,
  options: ApiServerOptions,
  response: ServerResponse,
): Promise<void> {
  const { status, body } =
    user === null
      ? statusAnswer(401, 'Unauthorized', 'Unauthorized')
      : (discoveryAnswer(call, objects, options.aggregated === true) ??
        (await objectsAnswer(call, objects, options.pageSize ?? Number.POSITIVE_INFINITY)));
  const list = fields(body);
  const table = call.asTable && Array.isArray(list['items']);
  const text = Buffer.from(JSON.stringify(table ? tableOf(call.plural, list) : body));
  const type = { 'Content-Type': 'application/json' };
  if (options.gzip) {
    response.writeHead(status, { ...type, 'Content-Encoding': 'gzip' });
    response.end(gzipSync(text));
    return;
  }
  response.writeHead(status, { ...type, 'Content-Length': text.length });
  response.end(text);
}

function userOf(request: IncomingMessage, options: ApiServerOptions): string | null {
  if (options.plain && options.tokens === undefined) return 'anyone';
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    return (options.tokens ?? ['test-token']).includes(bearer) ? bearer : null;
  }
  const socket = request.socket as TLSSocket;
  if (options.tokens !== undefined || !socket.authorized) return null;
  return String(socket.getPeerCertificate().subject.CN);
}

function kubeconfig(server: string, plain: boolean): string {
  const data = (name: string) => certificate(name).toString('base64');
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': plain ? 'plain' : 'cert',
      clusters: [
        {
          name: 'rig',
          cluster: { server, ...(!plain && { 'certificate-authority-data': data('ca.crt') }) },
        },
      ],
      users: [
        {
          name: 'cert',
          user: {
            'client-certificate-data': data('client.crt'),
            'client-key-data': data('client.key'),
          },
        },
        { name: 'token', user: { token: 'test-token' } },
      ],
      contexts: [
        { name: 'cert', context: { cluster: 'rig', user: 'cert', namespace: 'shop' } },
        { name: 'token', context: { cluster: 'rig', user: 'token' } },
        { name: 'plain', context: { cluster: 'rig', namespace: 'shop' } },
      ],
    },
    null,
    2,
  );
}

/** The files of one capture: `PREFIX-pods.json`, but not those of `PREFIX-node-01-pods.json`. */
export function dumpFiles(folder: string, prefix: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${prefix}-`) && name.endsWith('.json'))
    .filter((name) => !name.slice(prefix.length + 1).includes('-'))
    .map((name) => join(folder, name));
}

async function main(args: readonly string[]): Promise<void> {
  const flag = (name: string) => args[args.indexOf(`--${name}`) + 1 || args.length];
  const folder = flag('dump') ?? 'test/dumps';
  const prefix = flag('prefix');
  const server = await startApiServer({
    dumps: prefix === undefined ? [folder] : dumpFiles(folder, prefix),
    port: Number(flag('port') ?? 0),
    delayMs: Number(flag('delay') ?? 0),
    plain: args.includes('--plain'),
  });
  const kubeconfigPath = flag('kubeconfig');
  if (kubeconfigPath !== undefined) server.writeKubeconfig(kubeconfigPath);
  process.stdout.write(`${server.url}\n`);
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
