/**
 * A program for `verify.ts`: TCP proxies that are far away, and a token server. Prints one line of JSON, the port of
 * each target and of the token server: `{"ports": [N, N], "token": N}`; the token server's requests go to `--log`.
 *
 * A distance of D ms round trip: each chunk of bytes goes on D/2 after it came, in order. A proxy's own machine
 * answers a TCP connect at once, so the first bytes of a client count as sent D after the connect at the earliest,
 * which is when it would have known that the connection stands.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { registryToken } from '../../test/cluster/up/registry-token.ts';
import { listen } from '../../test/rig/loopback.ts';
import { PASSWORD, USER } from '../../test/rig/registry.ts';

const CERTS = path.resolve(import.meta.dirname, '../../test/rig/certs');

export interface FarPlaces {
  /** In the order of `--target`. */
  readonly ports: readonly number[];
  readonly token: number;
}

/** Hands bytes on `delayMs` later; not before `opensAt` plus that. */
function far(from: Socket, to: Socket, delayMs: number, opensAt: number): void {
  const later = (work: () => void) => {
    const wait = Math.max(0, opensAt - performance.now()) + delayMs;
    setTimeout(work, wait);
  };
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => later(() => to.destroy()));
}

function farAway(port: number, tripMs: number): Server {
  return createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const opensAt = performance.now() + tripMs;
    const server = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    far(client, server, tripMs / 2, opensAt);
    far(server, client, tripMs / 2, 0);
  });
}

const KEY = readFileSync(path.join(CERTS, 'server.key'));
const CERTIFICATE = readFileSync(path.join(CERTS, 'server.crt'));

function tokenFor(scopes: readonly string[], service: string): string {
  const access = scopes.flatMap((scope) => {
    const [type, name, actions] = scope.split(':');
    return type === 'repository' ? [{ type, name, actions: actions?.split(',') }] : [];
  });
  return registryToken({ issuer: 'bench', user: USER, service, access }, KEY, CERTIFICATE);
}

const BASIC = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

/** `null` for a wrong login: GET with Basic, or a POSTed form. */
async function answerTo(request: IncomingMessage): Promise<string | null> {
  const query = new URL(request.url ?? '/', 'https://token').searchParams;
  const form = new URLSearchParams(request.method === 'POST' ? await text(request) : '');
  const isPosted = form.get('username') === USER && form.get('password') === PASSWORD;
  if (!isPosted && request.headers.authorization !== BASIC) return null;
  const all = isPosted ? form : query;
  const token = tokenFor(all.getAll('scope').join(' ').split(' '), all.get('service') ?? '');
  return JSON.stringify({ token, access_token: token, expires_in: 300 });
}

function tokenServer(log: string): Server {
  return createHttpsServer({ key: KEY, cert: CERTIFICATE }, async (request, response) => {
    appendFileSync(log, `${request.method} token\n`);
    const answer = await answerTo(request);
    response.writeHead(answer === null ? 401 : 200, { 'content-type': 'application/json' });
    response.end(answer ?? '{}');
  });
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', multiple: true, default: [] },
      trip: { type: 'string', default: '0' },
      log: { type: 'string', default: '/dev/null' },
    },
  });
  const trip = Number(values.trip);
  const { port: token } = await listen(tokenServer(values.log));
  const ports = await Promise.all(
    [...values.target.map(Number), token].map(
      async (port) => (await listen(farAway(port, trip))).port,
    ),
  );
  const places: FarPlaces = { ports: ports.slice(0, -1), token: ports.at(-1) ?? 0 };
  process.stdout.write(`${JSON.stringify(places)}\n`);
}
