/**
 * Registries with a fault, and the TLS before the second implementation. `KIND.faults.corp.test` passes requests on to
 * the open registry but for what its kind spoils. Runs as a program.
 */
import { readFileSync } from 'node:fs';
import { createServer as httpServer, type RequestListener } from 'node:http';
import { createServer as httpsServer } from 'node:https';
import { createServer as tcpServer } from 'node:net';
import { createSecureContext } from 'node:tls';
import { pki } from './certificates.ts';
import { HOSTS, PLAIN_PORT, RESET_PORT, SECOND_PORT } from './settings.ts';
import {
  always,
  error,
  type Fault,
  isBlob,
  isManifest,
  page,
  pass,
  realm,
  says,
} from './spoils.ts';

const FAULTS: Readonly<Record<string, Fault>> = {
  limited: says(isManifest, 429, error('TOOMANYREQUESTS', 'pull rate limit'), {
    'retry-after': '120',
  }),
  'limited-layer': says(isBlob, 429, error('TOOMANYREQUESTS', 'pull rate limit')),
  broken: says(isManifest, 500, error('UNKNOWN', 'unknown error')),
  maintenance: says(always, 503, page('503 Service Unavailable')),
  denied: says(isManifest, 403, error('DENIED', 'requested access to the resource is denied')),
  'address-denied': says(
    isManifest,
    403,
    error('DENIED', "client with IP '203.0.113.7' is not allowed access"),
  ),
  wall: says(always, 403, page('Blocked by policy')),
  portal: says(always, 200, page('Sign in')),
  mute: says(always, 401, error('UNAUTHORIZED', 'authentication required')),
  'realm-401': realm(401, error('UNAUTHORIZED', 'authentication required')),
  'realm-403': realm(403, error('DENIED', 'requested access to the resource is denied')),
  'realm-500': realm(500, error('UNKNOWN', 'unknown error')),
  'realm-page': realm(200, page('Sign in')),
  'realm-lost': says(always, 401, error('UNAUTHORIZED', 'authentication required'), {
    'www-authenticate': 'Bearer realm="https://nowhere.corp.test/token",service="corp"',
  }),
  truncated: says(isManifest, 200, '{"schemaVersion":2,"mediaType":', {
    'content-type': 'application/vnd.oci.image.manifest.v1+json',
  }),
  'blob-denied': says(isBlob, 403, error('DENIED', 'blocked by policy')),
  'blob-quota': says(
    isBlob,
    403,
    error('DENIED', 'Your account has exceeded its pull traffic quota for the current month.'),
  ),
  'blob-broken': says(isBlob, 500, error('UNKNOWN', 'unknown error')),
  'blob-nowhere': says(isBlob, 307, '', { location: 'https://nowhere.corp.test/blob' }),
  'blob-closed': says(isBlob, 307, '', { location: `https://${HOSTS.closed.name}/blob` }),
  cut: (request) => {
    if (!isManifest(request)) return false;
    request.socket.destroy();
    return true;
  },
  // The upstream of the orphaned cache: there when the cache starts, and no more for anything else.
  upstream: (request, response) => {
    if (request.url === '/v2/') return says(always, 200, {})(request, response);
    request.socket.destroy();
    return true;
  },
};

const listener: RequestListener = (request, response) => {
  const [kind = ''] = (request.headers.host ?? '').split('.');
  if (FAULTS[kind]?.(request, response) === true) return;
  pass(request, response, `https://${HOSTS.open.name}`);
};

const files = (name: string) => ({
  cert: readFileSync(pki(`${name}.crt`)),
  key: readFileSync(pki(`${name}.key`)),
});

httpsServer(
  {
    ...files('faults'),
    SNICallback: (name, done) => {
      const [kind = ''] = name.split('.');
      done(
        null,
        createSecureContext(files(['expired', 'misnamed'].includes(kind) ? kind : 'faults')),
      );
    },
  },
  listener,
).listen(443, HOSTS.faults.address);
httpServer(listener).listen(PLAIN_PORT, HOSTS.faults.address);
tcpServer((socket) => {
  socket.once('data', () => socket.resetAndDestroy());
  socket.on('error', () => socket.destroy());
}).listen(RESET_PORT, HOSTS.faults.address);
httpsServer(files('second'), (request, response) => {
  pass(request, response, `http://127.0.0.1:${SECOND_PORT}`);
}).listen(443, HOSTS.second.address);
