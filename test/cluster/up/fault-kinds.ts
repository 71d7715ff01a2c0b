/** Kinds of faults of a registry that are told by what it answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ELSEWHERE, HOSTS, PLAIN_PORT } from './settings.ts';

/** Answers a request; false: what the open registry says. */
type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

const isManifest = ({ url = '' }: IncomingMessage) => url.includes('/manifests/');
const isBlob = ({ url = '' }: IncomingMessage) => url.includes('/blobs/');
const isToken = ({ url = '' }: IncomingMessage) => url.startsWith('/token');
const always = () => true;

function says(
  where: (request: IncomingMessage) => boolean,
  status: number,
  body: string | object,
  headers: Readonly<Record<string, string>> = {},
): Fault {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  return (request, response) => {
    if (!where(request)) return false;
    response.writeHead(status, {
      'content-type': type,
      'content-length': String(Buffer.byteLength(text)),
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : text);
    return true;
  };
}

const error = (code: string, message: string) => ({ errors: [{ code, message }] });
const page = (title: string) => `<html><head><title>${title}</title></head><body></body></html>`;

/** Asks for a token of the host's own `/token`, which answers so. */
function realm(status: number, body: string | object): Fault {
  const token = says(isToken, status, body);
  return (request, response) => {
    if (token(request, response)) return true;
    const challenge = `Bearer realm="https://${request.headers.host}/token",service="corp"`;
    const refused = error('UNAUTHORIZED', 'authentication required');
    return says(always, 401, refused, { 'www-authenticate': challenge })(request, response);
  };
}

/** Asks for a token of another server. */
function realmAt(url: string): Fault {
  const challenge = `Bearer realm="${url}",service="corp"`;
  const refused = error('UNAUTHORIZED', 'authentication required');
  return says(always, 401, refused, { 'www-authenticate': challenge });
}

/** Wants a login by HTTP basic auth, and answers so whatever login it is. */
function login(status: number, body: object): Fault {
  const refused = error('UNAUTHORIZED', 'authentication required');
  const asks = says(always, 401, refused, { 'www-authenticate': 'Basic realm="corp"' });
  const answers = says(isManifest, status, body);
  return (request, response) => {
    if (request.headers.authorization === undefined) return asks(request, response);
    return answers(request, response);
  };
}

const HUB_LIMIT =
  'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';
const SCANNED =
  'current image with 4 vulnerabilities cannot be pulled due to configured policy in \'Prevent images with vulnerability severity of "Critical" or higher from running.\'';
const EXPIRED = 'Your authorization token has expired. Reauthenticate and try again.';
const isByDigest = ({ url = '' }: IncomingMessage) => url.includes('/manifests/sha256:');

export const FAULTS: Readonly<Record<string, Fault>> = {
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
  'realm-lost': realmAt('https://nowhere.corp.test/token'),
  'realm-closed': realmAt(`https://${HOSTS.closed.name}/token`),
  'realm-unknown-ca': realmAt(`https://${HOSTS.untrusted.name}/token`),
  'realm-plain': realmAt(`https://plain.${HOSTS.faults.name}:${PLAIN_PORT}/token`),
  'realm-outside': realmAt(`https://${ELSEWHERE.outside.name}/token`),
  'realm-429': realm(429, error('TOOMANYREQUESTS', 'too many requests for tokens')),
  'realm-expired': realm(403, error('DENIED', EXPIRED)),
  'realm-empty': realm(200, {}),
  'realm-nowhere': says(always, 401, error('UNAUTHORIZED', 'authentication required'), {
    'www-authenticate': 'Bearer service="corp"',
  }),
  'invalid-token': says(always, 401, error('UNAUTHORIZED', 'the token is not valid'), {
    'www-authenticate': `Bearer realm="https://${HOSTS.auth.name}/token",service="${HOSTS.token.name}",error="invalid_token"`,
  }),
  'login-denied': login(403, error('DENIED', 'this user may not pull from the project')),
  'login-expired': login(403, error('DENIED', EXPIRED)),
  'hub-limit': says(isManifest, 429, error('TOOMANYREQUESTS', HUB_LIMIT)),
  unpaid: says(isManifest, 402, error('DENIED', 'payment required')),
  scanned: says(isManifest, 412, error('PROJECTPOLICYVIOLATION', SCANNED)),
  'bad-gateway': says(always, 502, page('502 Bad Gateway')),
  'gateway-timeout': says(always, 504, page('504 Gateway Time-out')),
  empty: says(isManifest, 200, '', {
    'content-type': 'application/vnd.oci.image.manifest.v1+json',
  }),
  loop: (request, response) => {
    const location = `https://${request.headers.host}${request.url}`;
    return says(isManifest, 307, '', { location })(request, response);
  },
  'child-gone': says(isByDigest, 404, error('MANIFEST_UNKNOWN', 'manifest unknown')),
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
  'blob-unknown-ca': says(isBlob, 307, '', { location: `https://${HOSTS.untrusted.name}/blob` }),
  'blob-plain': says(isBlob, 307, '', {
    location: `https://plain.${HOSTS.faults.name}:${PLAIN_PORT}/blob`,
  }),
  'blob-outside': says(isBlob, 307, '', { location: `https://${ELSEWHERE.outside.name}/blob` }),
  'blob-dark': says(isBlob, 307, '', { location: `https://${ELSEWHERE.dark.name}/blob` }),
  'blob-expired': says(isBlob, 307, '', { location: `https://expired.${HOSTS.faults.name}/blob` }),
  'blob-address': says(
    isBlob,
    403,
    error('DENIED', "client with IP '203.0.113.7' is not allowed access"),
  ),
  'blob-billing': says(isBlob, 403, error('DENIED', 'The billing account of the owner is closed')),
  'blob-quarantine': says(isBlob, 403, error('DENIED', 'the image is in quarantine')),
  'blob-forbidden': says(
    isBlob,
    403,
    error('DENIED', 'requested access to the resource is denied'),
  ),
  'blob-gone': says(isBlob, 404, error('BLOB_UNKNOWN', 'blob unknown to registry')),
  'blob-page': says(isBlob, 200, page('Sign in')),
  'blob-closed': says(isBlob, 307, '', { location: `https://${HOSTS.closed.name}/blob` }),
  // Takes requests and never answers.
  mum: (request) => isManifest(request),
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

/** What becomes of a blob on its way; the configuration of an image has to arrive. */
export const SPOILED: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'layer-changed': (bytes) => {
    const changed = Buffer.from(bytes);
    changed[20] = (changed[20] ?? 0) ^ 0xff;
    return changed;
  },
  'layer-short': (bytes) => bytes.subarray(0, bytes.length / 2),
  'layer-long': (bytes) => Buffer.concat([bytes, Buffer.alloc(512)]),
};
