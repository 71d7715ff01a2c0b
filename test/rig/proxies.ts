/** Proxies for tests: HTTP (CONNECT and whole URLs, with or without TLS) and SOCKS5. Each records who asked for what. */
import { createServer as createHttp, type IncomingMessage, request } from 'node:http';
import { createServer as createHttps } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcp,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import type { TLSSocket } from 'node:tls';
import { certificate } from './api-server.ts';

export interface ProxyVisit {
  /** `CONNECT`; the method of a request with a whole URL; `SOCKS5`. */
  readonly how: string;
  /** As it was written: `HOST:PORT`, the URL, or `name HOST:PORT` / `ipv4 …` / `ipv6 …` for SOCKS. */
  readonly target: string;
  /** The Proxy-Authorization header, or `USER:PASSWORD` for SOCKS. */
  readonly auth?: string | undefined;
  /** Sent to a proxy with TLS; false where there was none. */
  readonly serverName?: string | false | undefined;
  /** CN of the client certificate that a proxy with TLS was shown. */
  readonly clientCertificate?: string | undefined;
  readonly headers?: IncomingMessage['headers'] | undefined;
}

export interface TestProxy {
  readonly port: number;
  readonly visits: ProxyVisit[];
  /** Connections taken so far, silent ones included. */
  readonly connections: () => number;
  /** Connections open now. */
  readonly open: () => number;
  /** `SCHEME://[LOGIN@]127.0.0.1:PORT`. */
  url(login?: string): string;
  close(): Promise<void>;
}

/** Where the proxy really goes, whatever it is asked for; `::1` is tried where the target is an IPv6 address. */
export interface Upstream {
  readonly port: number;
  readonly host?: string;
}

export interface HttpProxyOptions {
  readonly upstream: Upstream;
  /** File in `certs`: the proxy itself speaks TLS. */
  readonly certificate?: string;
  /** Read at each visit: the status line after `HTTP/1.1 `, `silent`, `cut`, or any bytes that start with `!`. */
  readonly answer?: () => string;
}

export async function startHttpProxy(options: HttpProxyOptions): Promise<TestProxy> {
  const { upstream } = options;
  const host = upstream.host ?? '127.0.0.1';
  const visits: ProxyVisit[] = [];
  const server = options.certificate
    ? createHttps({
        cert: certificate(options.certificate),
        key: certificate('server.key'),
        ca: certificate('ca.crt'),
        requestCert: true,
        rejectUnauthorized: false,
      })
    : createHttp();
  const kept = keep(server);
  const record = (asked: IncomingMessage) => {
    const tls = asked.socket as Partial<TLSSocket>;
    visits.push({
      how: asked.method ?? '',
      target: asked.url ?? '',
      auth: asked.headers['proxy-authorization'],
      serverName: tls.servername ?? undefined,
      clientCertificate: tls.getPeerCertificate?.()?.subject?.CN?.toString(),
      headers: asked.headers,
    });
  };
  server.on('connect', (asked: IncomingMessage, socket: Socket) => {
    record(asked);
    kept.add(socket);
    const answer = options.answer?.() ?? '200 Connection established';
    if (answer === 'silent') return void socket.once('end', () => socket.destroy()).resume();
    if (answer === 'cut') return void socket.destroy();
    if (answer.startsWith('!')) return void socket.end(answer.slice(1));
    if (!answer.startsWith('200')) {
      return void socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`);
    }
    const far = kept.add(connect(upstream.port, host));
    far.once('connect', () => {
      socket.write(`HTTP/1.1 ${answer}\r\n\r\n`);
      far.pipe(socket).pipe(far);
    });
  });
  server.on('request', (asked, response) => {
    record(asked);
    const answer = options.answer?.() ?? '200';
    if (answer === 'silent') return;
    if (answer === 'cut') return void response.destroy();
    if (!answer.startsWith('200')) {
      response.writeHead(Number(answer.slice(0, 3)));
      return void response.end();
    }
    const url = new URL(asked.url ?? '');
    const { 'proxy-authorization': _, ...headers } = asked.headers;
    const far = request(
      { host, port: upstream.port, path: url.pathname + url.search, headers },
      (from) => {
        response.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(response);
      },
    );
    far.on('error', () => response.destroy());
    far.end();
  });
  return proxyOf(server, kept, visits, options.certificate ? 'https' : 'http');
}

/** A reply code (RFC 1928, section 6; 0 lets through), or what else a proxy does. */
export type SocksAnswer = number | 'silent' | 'cut' | 'not socks' | 'no method';

export interface SocksProxyOptions {
  readonly upstream: Upstream;
  /** `USER:PASSWORD`: asked of everyone. */
  readonly login?: string;
  /** Read at each visit. */
  readonly answer?: () => SocksAnswer;
}

export async function startSocksProxy(options: SocksProxyOptions): Promise<TestProxy> {
  const visits: ProxyVisit[] = [];
  const server = createTcp();
  const kept = keep(server);
  server.on('connection', (socket: Socket) => {
    serveSocks(socket, options, visits, kept).catch(() => socket.destroy());
  });
  return proxyOf(server, kept, visits, 'socks5');
}

/** RFC 1928 and RFC 1929, as much as CONNECT needs. */
async function serveSocks(
  socket: Socket,
  options: SocksProxyOptions,
  visits: ProxyVisit[],
  kept: Kept,
): Promise<void> {
  const answer = options.answer?.() ?? 0;
  const read = reader(socket);
  const [, methods = 0] = await read(2);
  const offered = await read(methods);
  if (answer === 'silent') return;
  if (answer === 'cut') return void socket.destroy();
  if (answer === 'not socks') return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  const method = options.login === undefined ? 0 : 2;
  if (answer === 'no method' || !offered.includes(method)) {
    return void socket.end(Buffer.from([5, 255]));
  }
  socket.write(Buffer.from([5, method]));
  let auth: string | undefined;
  if (method === 2) {
    await read(1);
    const user = (await read((await read(1))[0] ?? 0)).toString();
    auth = `${user}:${(await read((await read(1))[0] ?? 0)).toString()}`;
    const right = auth === options.login;
    socket.write(Buffer.from([1, right ? 0 : 1]));
    if (!right) {
      visits.push({ how: 'SOCKS5', target: '', auth });
      return void socket.end();
    }
  }
  const [, , , type = 0] = await read(4);
  const address = await read(type === 1 ? 4 : type === 4 ? 16 : ((await read(1))[0] ?? 0));
  const port = (await read(2)).readUInt16BE();
  const host =
    type === 1
      ? `ipv4 ${address.join('.')}`
      : type === 4
        ? `ipv6 ${address.toString('hex')}`
        : `name ${address.toString()}`;
  visits.push({ how: 'SOCKS5', target: `${host}:${port}`, auth });
  const reply = (code: number) => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
  if (answer !== 0) {
    reply(answer);
    return void socket.end();
  }
  const far = kept.add(connect(options.upstream.port, options.upstream.host ?? '127.0.0.1'));
  far.once('connect', () => {
    reply(0);
    far.pipe(socket).pipe(far);
  });
}

/** Reads exactly so many bytes, and leaves what follows to the next reader. */
function reader(socket: Socket): (size: number) => Promise<Buffer> {
  return async (size) => {
    if (size === 0) return Buffer.alloc(0);
    for (;;) {
      const bytes = socket.read(size) as Buffer | null;
      if (bytes !== null) return bytes;
      await new Promise<void>((resolve, reject) => {
        socket.once('readable', resolve);
        socket.once('close', () => reject(new Error('closed')));
      });
    }
  };
}

interface Kept {
  readonly count: () => number;
  readonly taken: () => number;
  add(socket: Socket): Socket;
  end(): void;
}

/** Every socket of a server, to be ended with it. */
function keep(server: {
  on(event: 'connection', listener: (socket: Socket) => void): unknown;
}): Kept {
  const sockets = new Set<Socket>();
  const incoming = new Set<Socket>();
  let taken = 0;
  const add = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  server.on('connection', (socket) => {
    taken++;
    incoming.add(add(socket));
    socket.once('close', () => incoming.delete(socket));
  });
  return {
    count: () => incoming.size,
    taken: () => taken,
    add,
    end: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function proxyOf(
  server: NetServer,
  kept: Kept,
  visits: ProxyVisit[],
  scheme: string,
): Promise<TestProxy> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    visits,
    connections: kept.taken,
    open: kept.count,
    url: (login) => `${scheme}://${login === undefined ? '' : `${login}@`}127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        kept.end();
      }),
  };
}
