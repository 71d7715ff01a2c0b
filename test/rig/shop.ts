/** A shop: an open and a locked registry with one image, and a cluster of one node whose pods pull from them. */
import { join } from 'node:path';
import { waitingImage } from '../cluster/up/image.ts';
import { type ApiServer, startApiServer } from './api-server.ts';
import { noRegistry, startRegistry, type TestRegistry, USER } from './registry.ts';
import { type TempFolder, tempFolder } from './temp.ts';

export interface Shop {
  open: TestRegistry;
  locked: TestRegistry;
  folder: TempFolder;
  /** Of the last `serve`. */
  server: ApiServer;
  /** Starts an API server with the node and these objects, and writes `config`, its kubeconfig. */
  serve(...items: readonly object[]): Promise<void>;
}

/** To be called in a suite, whose hooks it sets; the suite is skipped where no registry is installed. */
export function shop(): Shop {
  // Set by the hook, before any test reads it.
  const lab = {
    async serve(...items: readonly object[]) {
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [NODE, ...items] });
      lab.server = await startApiServer({ dumps: [lab.folder.write('objects.json', list)] });
      lab.server.writeKubeconfig(join(lab.folder.path, 'config'));
    },
  } as Shop;
  before(async function () {
    const why = noRegistry();
    if (why !== null) {
      // Mocha tells a skipped suite without its reason.
      process.stderr.write(`      (${why})\n`);
      this.skip();
    }
    lab.folder = tempFolder();
    [lab.open, lab.locked] = await Promise.all([startRegistry('open'), startRegistry('htpasswd')]);
    for (const one of [lab.open, lab.locked]) await one.push('shop/web:1.0', waitingImage());
  });
  after(async () => {
    await Promise.all([lab.open?.stop(), lab.locked?.stop()]);
    lab.folder?.remove();
  });
  afterEach(() => lab.server?.close());
  return lab;
}

/** The pull secret `name` for `host`. */
export function pullSecret(name: string, host: string, password: string): object {
  const auth = Buffer.from(`${USER}:${password}`).toString('base64');
  const config = JSON.stringify({ auths: { [host]: { auth } } });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'shop', name, uid: name },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
  };
}

const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1', uid: 'n1' },
  status: { nodeInfo: { operatingSystem: 'linux', architecture: 'amd64' } },
};
