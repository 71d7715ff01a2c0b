/** A way to the API server on which a test can act between two requests of one run. */
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pki } from '../up/certificates.ts';
import { API_SERVER, NODE_ADDRESS } from '../up/settings.ts';

export interface Interceptor {
  /** URL for a kubeconfig. */
  readonly url: string;
  /** What was asked so far, as `GET /api/v1/…`. */
  readonly asked: readonly string[];
  close(): void;
}

/**
 * Passes requests on as the administrator. `before` is called with the line of each request, and the request goes on
 * when it ends.
 */
export async function intercept(before: (line: string) => void): Promise<Interceptor> {
  const credentials = {
    ca: readFileSync(pki('cluster.crt')),
    cert: readFileSync(pki('admin.crt')),
    key: readFileSync(pki('admin.key')),
  };
  const asked: string[] = [];
  const tls = { cert: readFileSync(pki('apiserver.crt')), key: readFileSync(pki('apiserver.key')) };
  const server = createServer(tls, (incoming, outgoing) => {
    const line = `${incoming.method} ${incoming.url}`;
    asked.push(line);
    before(line);
    const url = new URL(incoming.url ?? '/', API_SERVER);
    const headers = { ...incoming.headers, host: url.host };
    const sent = request(url, {
      method: incoming.method ?? 'GET',
      headers,
      agent: false,
      ...credentials,
    });
    sent.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    // What the API server does to us, we do to the client.
    sent.once('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, NODE_ADDRESS, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${NODE_ADDRESS}:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
