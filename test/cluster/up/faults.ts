/**
 * Registries with a fault, and the TLS before the second implementation. `KIND.faults.corp.test` passes requests on to
 * the open registry but for what its kind spoils. Runs as a program.
 */
import { readFileSync } from 'node:fs';
import {
  request as httpRequest,
  createServer as httpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest, createServer as httpsServer } from 'node:https';
import { createServer as tcpServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createSecureContext } from 'node:tls';
import { pki } from './certificates.ts';
import { FAULTS, SPOILED } from './fault-kinds.ts';
import { isHealed } from './healed.ts';
import {
  CLIENT_CERTIFICATE_PORT,
  HOSTS,
  OLD_TLS_PORT,
  PLAIN_PORT,
  RESET_PORT,
  SECOND_PORT,
  SILENT_PORT,
} from './settings.ts';

const ca = readFileSync(pki('registries.crt'));

const isLayer = ({ headers, statusCode }: IncomingMessage) =>
  statusCode === 200 && headers['content-type'] === 'application/octet-stream';

function passSpoiled(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  spoil: (bytes: Buffer) => Buffer,
): void {
  buffer(answer).then(
    (bytes) => {
      // The configuration is JSON, and has to arrive.
      const spoiled = bytes[0] === 0x7b ? bytes : spoil(bytes);
      outgoing.writeHead(200, { ...answer.headers, 'content-length': String(spoiled.length) });
      outgoing.end(spoiled);
    },
    () => outgoing.destroy(),
  );
}

/** Passes a request on; `spoil` changes a layer that comes back. */
function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  to: string,
  spoil?: (bytes: Buffer) => Buffer,
): void {
  const url = new URL(incoming.url ?? '/', to);
  const options = { method: incoming.method ?? 'GET', headers: incoming.headers, agent: false };
  const sent =
    url.protocol === 'http:'
      ? httpRequest(url, options)
      : httpsRequest(url, { ...options, ca, headers: { ...incoming.headers, host: url.host } });
  sent.once('response', (answer) => {
    if (spoil !== undefined && isLayer(answer)) return passSpoiled(answer, outgoing, spoil);
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  sent.once('error', () => outgoing.destroy());
  incoming.pipe(sent);
}

const listener: RequestListener = (request, response) => {
  const [kind = ''] = (request.headers.host ?? '').split('.');
  const healed = isHealed(kind);
  if (!healed && FAULTS[kind]?.(request, response) === true) return;
  pass(request, response, `https://${HOSTS.open.name}`, healed ? undefined : SPOILED[kind]);
};

const files = (name: string) => ({
  cert: readFileSync(pki(`${name}.crt`)),
  key: readFileSync(pki(`${name}.key`)),
});

/** Kinds that show a certificate of their own. */
const CERTIFICATES = ['expired', 'misnamed', 'self-signed', 'no-chain'];

httpsServer(
  {
    ...files('faults'),
    SNICallback: (name, done) => {
      const [kind = ''] = name.split('.');
      done(null, createSecureContext(files(CERTIFICATES.includes(kind) ? kind : 'faults')));
    },
  },
  listener,
).listen(443, HOSTS.faults.address);
httpServer(listener).listen(PLAIN_PORT, HOSTS.faults.address);
tcpServer((socket) => {
  socket.once('data', () => socket.resetAndDestroy());
  socket.on('error', () => socket.destroy());
}).listen(RESET_PORT, HOSTS.faults.address);
// OpenSSL speaks TLS 1.1 at level 0 only.
const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' } as const;
httpsServer({ ...files('faults'), ...old }, listener).listen(OLD_TLS_PORT, HOSTS.faults.address);
httpsServer({ ...files('faults'), requestCert: true, ca: [ca] }, listener).listen(
  CLIENT_CERTIFICATE_PORT,
  HOSTS.faults.address,
);
tcpServer((socket) => {
  socket.on('error', () => socket.destroy());
}).listen(SILENT_PORT, HOSTS.faults.address);
httpsServer(files('second'), (request, response) => {
  pass(request, response, `http://127.0.0.1:${SECOND_PORT}`);
}).listen(443, HOSTS.second.address);
