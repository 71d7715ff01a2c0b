/** An API server without pods that writes down who asked for what, and how it was reached. */
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Answer, ServerSpec } from './case.ts';
import { pem } from './certs.ts';

export interface SeenServer {
  readonly port: number;
  /** One line for each way of asking, in the order of the first time: prefix, TLS name, who, as whom. */
  seen(): readonly string[];
  /** Values of Accept-Encoding that came. */
  encodings(): readonly string[];
  close(): Promise<void>;
}

export async function startSeenServer(spec: ServerSpec): Promise<SeenServer> {
  const seen = new Set<string>();
  const encodings = new Set<string>();
  const sockets = new Set<Socket>();
  const handler = (request: IncomingMessage, response: ServerResponse) => {
    seen.add(asked(request));
    encodings.add(String(request.headers['accept-encoding'] ?? 'none'));
    send(response, ...answerTo(request, spec));
  };
  const server = makeServer(spec, handler);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, spec.listen ?? '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  if (spec.speaks === 'closed') await close();
  return {
    port,
    seen: () => [...seen],
    encodings: () => [...encodings].sort(),
    close: spec.speaks === 'closed' ? async () => undefined : close,
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function makeServer(spec: ServerSpec, handler: Handler): Server {
  switch (spec.speaks ?? 'https') {
    case 'http':
      return createHttp(handler);
    case 'closed':
    case 'silent':
      return createTcp();
    case 'noise':
      return createTcp((socket) => {
        socket.once('data', () => socket.end('220 mail.test ESMTP\r\n'));
      });
    case 'not http':
      return createTcp((socket) => {
        socket.once('data', () =>
          socket.end(
            'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
          ),
        );
      });
    default: {
      const name = spec.certificate ?? 'server';
      return createHttps(
        {
          cert: pem(`${name}.crt`),
          key: pem(name === 'self-signed' ? 'self-signed.key' : 'server.key'),
          ca: pem('ca.crt'),
          requestCert: true,
          rejectUnauthorized: false,
        },
        handler,
      );
    }
  }
}

/** What identifies the asker; kubectl and we ask for different things, but every time as the same. */
function asked(request: IncomingMessage): string {
  const url = request.url ?? '';
  const prefix = url.slice(0, Math.max(0, url.search(/\/apis?(?:[/?]|$)/)));
  const socket = request.socket as Partial<TLSSocket> & Socket;
  const certificate = socket.getPeerCertificate?.().subject?.CN;
  const parts = [
    socket.encrypted ? 'https' : 'http',
    ...(prefix === '' ? [] : [`prefix ${prefix}`]),
    ...(socket.servername ? [`server name ${socket.servername}`] : []),
    ...(certificate === undefined ? [] : [`certificate of ${certificate}`]),
    ...headerLines(request.rawHeaders),
  ];
  return parts.join(', ');
}

/** Authorization and impersonation, by name; values of one name stay in their order. */
function headerLines(raw: readonly string[]): string[] {
  const lines: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    if (name === 'authorization' || name.startsWith('impersonate-')) {
      lines.push([name, raw[at + 1] ?? '']);
    }
  }
  lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return lines.map(([name, value]) => `${name}: ${value}`);
}

function answerTo(request: IncomingMessage, spec: ServerSpec): [status: number, Answer['body']] {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const { answers: own, refuses = [] } = spec;
  if (refuses.includes(request.headers.authorization ?? '')) return [401, UNAUTHORIZED];
  const isPods = path.endsWith('/pods');
  if (own !== undefined && (own.to === 'all' || isPods)) return [own.status, own.body];
  if (path.endsWith('/api')) return [200, { kind: 'APIVersions', versions: ['v1'] }];
  if (path.endsWith('/apis')) return [200, { kind: 'APIGroupList', apiVersion: 'v1', groups: [] }];
  if (path.endsWith('/api/v1')) return [200, RESOURCES];
  const kind = isPods ? 'PodList' : 'EventList';
  return [200, { kind, apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [] }];
}

const RESOURCES = {
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [
    { name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get', 'list'] },
  ],
};

/** As the API server sends it. */
const UNAUTHORIZED = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'Unauthorized',
  reason: 'Unauthorized',
  code: 401,
};

function send(response: ServerResponse, status: number, body: Answer['body']): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'Content-Type': isText ? 'text/html' : 'application/json' });
  response.end(isText ? body : JSON.stringify(body));
}
