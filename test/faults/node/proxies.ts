/**
 * Proxies for the node's containerd, one for each port of `PROXIES`. None of them lets a request through. Runs as a
 * program.
 */
import { createServer } from 'node:http';
import { PROXIES, PROXY_ADDRESS } from './proxy.ts';

for (const { port, status, text, headers = {} } of Object.values(PROXIES)) {
  const server = createServer((_, response) => {
    response.writeHead(status, text, headers).end();
  });
  server.on('connect', (_, socket) => {
    const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.on('error', () => socket.destroy());
    socket.end(`HTTP/1.1 ${status} ${text}\r\n${more.join('')}Content-Length: 0\r\n\r\n`);
  });
  server.listen(port, PROXY_ADDRESS);
}
