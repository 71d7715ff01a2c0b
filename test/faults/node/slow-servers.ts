/** The open registry, but for layers that stop half-way. Runs as a program. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:https';
import { pki } from '../../cluster/up/certificates.ts';
import { HOSTS } from '../../cluster/up/settings.ts';
import { SLOW_ADDRESS, STALLED_PORT } from './slow.ts';

const ca = readFileSync(pki('registries.crt'));
const files = { cert: readFileSync(pki('faults.crt')), key: readFileSync(pki('faults.key')) };

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

createServer(files, (incoming, outgoing) => {
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
