/** Registries that take a connection and then keep silent. Runs as a program. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as httpsServer, request } from 'node:https';
import { createServer as tcpServer } from 'node:net';
import { pki } from '../../cluster/up/certificates.ts';
import { HOSTS } from '../../cluster/up/settings.ts';
import { SILENT_PORT, SLOW_ADDRESS, STALLED_PORT } from './slow.ts';

const ca = readFileSync(pki('registries.crt'));
const files = { cert: readFileSync(pki('faults.crt')), key: readFileSync(pki('faults.key')) };

// A server that is overloaded takes the connection, for the kernel does, and never answers the greeting of TLS.
tcpServer((socket) => socket.on('error', () => socket.destroy())).listen(SILENT_PORT, SLOW_ADDRESS);

/** Bytes of the smallest answer that stalls. */
const LARGE = 100_000;

/** Sends as many bytes, and leaves the connection open. */
function stall(from: IncomingMessage, to: ServerResponse, bytes: number): void {
  let left = bytes;
  from.on('data', (chunk: Buffer) => {
    to.write(chunk.subarray(0, left));
    left = Math.max(0, left - chunk.length);
  });
}

// The open registry, whose layers stop half-way.
httpsServer(files, (incoming, outgoing) => {
  const url = new URL(incoming.url ?? '/', `https://${HOSTS.open.name}`);
  const headers = { ...incoming.headers, host: url.host };
  const sent = request(url, { method: incoming.method ?? 'GET', headers, agent: false, ca });
  sent.once('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    const size = Number(answer.headers['content-length']);
    if (size < LARGE) return answer.pipe(outgoing);
    return stall(answer, outgoing, size / 2);
  });
  sent.once('error', () => outgoing.destroy());
  incoming.pipe(sent);
}).listen(STALLED_PORT, SLOW_ADDRESS);
