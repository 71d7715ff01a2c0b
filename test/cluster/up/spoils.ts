/** What the servers with faults answer: a page, an error, a token server of their own, or what another registry says. */
import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { pki } from './certificates.ts';

const ca = readFileSync(pki('registries.crt'));

/** Answers a request; false: what the open registry says. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

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

/** Hands a request on to the server at `to`, and its answer back; `spoil` changes a layer that comes back. */
export function pass(
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

export const isManifest = ({ url = '' }: IncomingMessage) => url.includes('/manifests/');
export const isBlob = ({ url = '' }: IncomingMessage) => url.includes('/blobs/');
export const isToken = ({ url = '' }: IncomingMessage) => url.startsWith('/token');
export const always = () => true;

/** The same answer to every request that `where` takes. */
export function says(
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

/** The body of a registry's error. */
export const error = (code: string, message: string) => ({ errors: [{ code, message }] });
/** The body of a web page. */
export const page = (title: string) =>
  `<html><head><title>${title}</title></head><body></body></html>`;

/** Asks for a token of the host's own `/token`, which answers so. */
export function realm(status: number, body: string | object): Fault {
  const token = says(isToken, status, body);
  return (request, response) => {
    if (token(request, response)) return true;
    const challenge = `Bearer realm="https://${request.headers.host}/token",service="corp"`;
    const refused = error('UNAUTHORIZED', 'authentication required');
    return says(always, 401, refused, { 'www-authenticate': challenge })(request, response);
  };
}
