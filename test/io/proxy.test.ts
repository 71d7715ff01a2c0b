/** The live source through an HTTP proxy. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { builtinKind } from '../../src/cluster/builtin-kinds.ts';
import { openCluster } from '../../src/cluster/open.ts';
import { words } from '../../src/words/errors.ts';
import type { ResourceKind } from '../../src/words/objects.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

describe('proxy', () => {
  const folder = tempFolder();
  const asked: { target: string; auth: string | undefined }[] = [];
  let server: ApiServer;
  let proxy: Server;
  let answerWith = '200 Connection established';
  const sockets: Socket[] = [];
  before(async () => {
    server = await startApiServer({
      dumps: [join(import.meta.dirname, '../dumps/kill-pods.json')],
    });
    proxy = createServer();
    proxy.on('connect', (request, socket: Socket) => {
      asked.push({ target: request.url ?? '', auth: request.headers['proxy-authorization'] });
      sockets.push(socket);
      if (!answerWith.startsWith('200')) {
        socket.end(`HTTP/1.1 ${answerWith}\r\n\r\n`);
        return;
      }
      const far = connect(server.port, '127.0.0.1', () => {
        socket.write(`HTTP/1.1 ${answerWith}\r\n\r\n`);
        far.pipe(socket).pipe(far);
      });
      sockets.push(far);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    asked.length = 0;
    answerWith = '200 Connection established';
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
    await server.close();
    folder.remove();
  });

  async function list(proxyUrl: string, env: Record<string, string> = {}, host = 'api.test') {
    server.writeKubeconfig(join(folder.path, 'own'));
    const own = JSON.parse(
      (await import('node:fs')).readFileSync(join(folder.path, 'own'), 'utf8'),
    );
    own.clusters[0].cluster.server = `https://${host}:${server.port}`;
    if (proxyUrl !== '') own.clusters[0].cluster['proxy-url'] = proxyUrl;
    const kubeconfig = folder.write('config', JSON.stringify(own));
    const opened = await openCluster(
      { kubeconfig, asGroups: [], asUserExtra: [] },
      testWorld({ env }),
    );
    try {
      const resource = builtinKind('pods') as ResourceKind;
      await opened.source.list({ resource });
      return await opened.source.list({ resource });
    } finally {
      opened.close();
    }
  }
  const url = (login = '') => `http://${login}127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  it('of the kubeconfig carries TLS with our certificate, over one tunnel', async () => {
    assert.ok((await list(url('us%65r:p%40ss@'))).known);
    const auth = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    assert.deepEqual(asked, [{ target: `api.test:${server.port}`, auth }]);
    assert.equal(server.requests.at(-1)?.user, 'tester');
  });

  it('of the environment is used for a distant server only', async () => {
    assert.ok((await list('', { HTTPS_PROXY: url() })).known);
    assert.equal(asked.length, 1);
    assert.ok((await list('', { HTTPS_PROXY: url() }, '127.0.0.1')).known);
    assert.equal(asked.length, 1);
  });

  it('that refuses is named', async () => {
    answerWith = '407 Proxy Authentication Required';
    await assert.rejects(list(url()), (error: Error) => {
      assert.match(
        words(error),
        /^Unable to connect to the server: proxy 127\.0\.0\.1:\d+: CONNECT was answered with 407$/,
      );
      return true;
    });
  });

  it('that is not there is named', async () => {
    await assert.rejects(list('http://127.0.0.1:1'), (error: Error) => {
      assert.equal(
        words(error),
        'Unable to connect to the server: proxy 127.0.0.1:1: ECONNREFUSED',
      );
      return true;
    });
  });

  it('of a kind we cannot use is said', async () => {
    await assert.rejects(list('socks5://127.0.0.1:1'), /only http and https proxies are supported/);
  });
});
