/** The servers with a fault that only this tier has, on ports of `HOSTS.faults`. Runs as a program. */
import { readFileSync } from 'node:fs';
import { createServer as httpServer, type RequestListener, STATUS_CODES } from 'node:http';
import { createServer as httpsServer } from 'node:https';
import { createServer as tcpServer } from 'node:net';
import { pki } from '../../../cluster/up/certificates.ts';
import { HOSTS } from '../../../cluster/up/settings.ts';
import { pass } from '../../../cluster/up/spoils.ts';
import { ANSWERS } from './answers.ts';
import { CONTENTS } from './contents.ts';
import {
  MUTUAL_PORT,
  NAMELESS_PORT,
  OLD_TLS_PORT,
  PROXY_PORTS,
  SELF_SIGNED_PORT,
  SILENT_PORT,
  SPOILED_PORT,
} from './settings.ts';

const { address } = HOSTS.faults;

const spoiling: RequestListener = (request, response) => {
  const [kind = ''] = (request.headers.host ?? '').split('.');
  const fault = ANSWERS[kind] ?? CONTENTS[kind];
  if (fault?.(request, response) === true) return;
  pass(request, response, `https://${HOSTS.open.name}`);
};
const plain: RequestListener = (request, response) => {
  pass(request, response, `https://${HOSTS.open.name}`);
};

function files(name: string): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(pki(`${name}.crt`)), key: readFileSync(pki(`${name}.key`)) };
}

httpsServer(files('faults'), spoiling).listen(SPOILED_PORT, address);
httpsServer(
  { ...files('faults'), ca: readFileSync(pki('registries.crt')), requestCert: true },
  plain,
).listen(MUTUAL_PORT, address);
httpsServer(
  // OpenSSL gives up TLS 1.1 only at its lowest level.
  { ...files('faults'), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
  plain,
).listen(OLD_TLS_PORT, address);
httpsServer(files('selfsigned'), plain).listen(SELF_SIGNED_PORT, address);
httpsServer(files('nameless'), plain).listen(NAMELESS_PORT, address);
tcpServer((socket) => socket.on('error', () => socket.destroy()).resume()).listen(
  SILENT_PORT,
  address,
);
for (const [status, port] of Object.entries(PROXY_PORTS)) {
  const proxy = httpServer();
  proxy.on('connect', (_request, socket) => {
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nproxy-authenticate: Basic realm="proxy"\r\n\r\n`,
    );
  });
  proxy.listen(port, address);
}
