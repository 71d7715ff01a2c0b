/**
 * An API server with 10,000 pods or more whose answers are ready before they are asked for, so that a measurement times the
 * one who asks. TLS with client certificates as in test/rig.
 *
 * `node scripts/bench/many-pods-server.ts --kubeconfig OUT [--delay MS] [--gzip] [--pods N]` prints its URL and serves until it is
 * stopped. `GET /requests` tells what was asked since it was last asked, and counts from then on.
 */
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { UsageError } from '../../src/words/errors.ts';
import { discoveryAnswer, statusAnswer } from '../../test/rig/api-answers.ts';
import { loadObjects } from '../../test/rig/api-objects.ts';
import { type ApiCall, apiCall } from '../../test/rig/api-paths.ts';
import { certificate } from '../../test/rig/api-server.ts';
import { oneOf, pageOf, type ReadyList, readyList } from './many-pods-lists.ts';
import { manyObjects, PODS } from './many-pods-objects.ts';

export interface ServedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Of the body as it went over the wire. */
  readonly bytes: number;
}

interface Ready {
  readonly status: number;
  readonly parts: readonly Buffer[];
}

/** Kinds of the lists by their place in the path. */
const KINDS: Readonly<Record<string, string>> = {
  secrets: 'Secret',
  serviceaccounts: 'ServiceAccount',
  nodes: 'Node',
  namespaces: 'Namespace',
};

/** Discovery names the rig's kinds, whatever it was loaded with. */
const NODES = join(import.meta.dirname, '../../test/dumps/modern-nodes.json');

/** Shorter answers are not packed (apiserver pkg/endpoints/handlers/responsewriters, defaultGzipThresholdBytes). */
const GZIP_FROM = 128 * 1024;

interface Settings {
  readonly delayMs: number;
  /** Pack long answers where that is asked for, as a real API server does. */
  readonly gzip: boolean;
  readonly pods: number;
}

async function start(settings: Settings): Promise<Server> {
  const lists = makeLists(settings.pods);
  const discovery = await loadObjects([NODES]);
  const packed = new Map<string, Buffer>();
  let requests: ServedRequest[] = [];
  const server = createServer(
    {
      cert: certificate('server.crt'),
      key: certificate('server.key'),
      ca: certificate('ca.crt'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    async (request, response) => {
      const path = request.url ?? '/';
      if (path === '/requests') {
        response.end(JSON.stringify(requests));
        requests = [];
        return;
      }
      const accept = request.headers.accept ?? '';
      const call = apiCall(path, '');
      const { status, parts } = discovered(call, discovery) ?? listed(call, accept, lists);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      const type = { 'Content-Type': 'application/json' };
      if (settings.delayMs > 0) await sleep(settings.delayMs);
      const asked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      const method = request.method ?? '';
      if (settings.gzip && asked && length >= GZIP_FROM) {
        const key = `${accept} ${path}`;
        const body = packed.get(key) ?? gzipSync(Buffer.concat(parts), { level: 1 });
        packed.set(key, body);
        requests.push({ method, path, status, bytes: body.length });
        const encoding = { 'Content-Encoding': 'gzip', 'Content-Length': body.length };
        response.writeHead(status, { ...type, ...encoding });
        response.end(body);
        return;
      }
      requests.push({ method, path, status, bytes: length });
      response.writeHead(status, { ...type, 'Content-Length': length });
      for (const part of parts) response.write(part);
      response.end();
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function makeLists(count: number): ReadonlyMap<string, ReadyList> {
  const { pods, events, others } = manyObjects(count);
  const now = Date.now();
  return new Map([
    ['pods', readyList('Pod', pods, now)],
    ['events', readyList('Event', events, now)],
    ...[...others].map(([plural, items]) => {
      return [plural, readyList(KINDS[plural] ?? plural, items, now)] as const;
    }),
  ]);
}

type Discovery = Parameters<typeof discoveryAnswer>[1];

function discovered(call: ApiCall, objects: Discovery): Ready | null {
  const answer = discoveryAnswer(call, objects, false);
  return answer && { status: answer.status, parts: [Buffer.from(JSON.stringify(answer.body))] };
}

function listed(call: ApiCall, accept: string, lists: ReadonlyMap<string, ReadyList>): Ready {
  const list = call.group === '' ? lists.get(call.plural) : undefined;
  if (list === undefined) return failed(404, 'NotFound', 'the server could not find it');
  if (call.name !== undefined) {
    const body = oneOf(list, call);
    const message = `${call.plural} "${call.name}" not found`;
    return body ? { status: 200, parts: [body] } : failed(404, 'NotFound', message);
  }
  try {
    return { status: 200, parts: pageOf(list, call, accept) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return failed(400, 'BadRequest', error.message);
  }
}

function failed(code: number, reason: string, message: string): Ready {
  const { status, body } = statusAnswer(code, reason, message);
  return { status, parts: [Buffer.from(JSON.stringify(body))] };
}

function kubeconfig(server: string): string {
  const data = (name: string) => certificate(name).toString('base64');
  const cluster = { server, 'certificate-authority-data': data('ca.crt') };
  const user = {
    'client-certificate-data': data('client.crt'),
    'client-key-data': data('client.key'),
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'many',
    clusters: [{ name: 'many', cluster }],
    users: [{ name: 'many', user }],
    contexts: [{ name: 'many', context: { cluster: 'many', user: 'many' } }],
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: 'string' },
      delay: { type: 'string', default: '0' },
      gzip: { type: 'boolean', default: false },
      pods: { type: 'string', default: String(PODS) },
    },
  });
  const server = await start({
    delayMs: Number(values.delay),
    gzip: values.gzip,
    pods: Number(values.pods),
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (values.kubeconfig !== undefined) writeFileSync(values.kubeconfig, kubeconfig(url));
  process.stdout.write(`${url}\n`);
}

if (process.argv[1] === import.meta.filename) await main();
