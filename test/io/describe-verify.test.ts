/** `describe --verify`: what the node was told, settled by what a real registry answers to the same credentials. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { waitingImage } from '../cluster/up/image.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import {
  freePort,
  noRegistry,
  PASSWORD,
  startRegistry,
  type TestRegistry,
  USER,
} from '../rig/registry.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

/** What containerd 2.x says, by its captured text; `IMAGE` stands for the name. */
const SAID = {
  /** K0001 */
  missing: 'failed to resolve image: IMAGE: not found',
  /** K0017 */
  noCredentials:
    'failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
  /** K0023 */
  scope:
    'failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
} as const;

interface Item {
  readonly cause: string;
  readonly certainty: string;
  readonly alternatives: readonly string[];
  readonly notes: readonly string[];
  readonly nextSteps: readonly { readonly command?: string }[];
  readonly verified?: { readonly result: string; readonly findings: readonly string[] };
}

describe('describe --verify with a real registry', function () {
  this.timeout(20_000);
  let folder: TempFolder;
  let open: TestRegistry;
  let locked: TestRegistry;
  let server: ApiServer;

  before(async function () {
    const why = noRegistry();
    if (why !== null) {
      // Mocha tells a skipped suite without its reason.
      process.stderr.write(`      (${why})\n`);
      this.skip();
    }
    folder = tempFolder();
    [open, locked] = await Promise.all([startRegistry('open'), startRegistry('htpasswd')]);
    for (const registry of [open, locked]) await registry.push('shop/web:1.0', waitingImage());
  });

  after(async () => {
    await Promise.all([open?.stop(), locked?.stop()]);
    folder?.remove();
  });

  afterEach(() => server?.close());

  function secret(host: string, password: string): object {
    const auth = Buffer.from(`${USER}:${password}`).toString('base64');
    const config = JSON.stringify({ auths: { [host]: { auth } } });
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'shop', name: 'regcred', uid: 'regcred' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
    };
  }

  function pod(image: string, said: keyof typeof SAID, secrets: readonly string[] = []): object {
    const why = `failed to pull and unpack image "${image}": ${SAID[said].replace('IMAGE', image)}`;
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'shop', name: 'web', uid: 'web' },
      spec: {
        nodeName: 'n1',
        containers: [{ name: 'web', image }],
        imagePullSecrets: secrets.map((name) => ({ name })),
      },
      status: {
        phase: 'Pending',
        containerStatuses: [
          {
            name: 'web',
            image,
            state: {
              waiting: {
                reason: 'ImagePullBackOff',
                message: `Back-off pulling image "${image}": ErrImagePull: ${why}`,
              },
            },
          },
        ],
      },
    };
  }

  const NODE = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', uid: 'n1' },
    status: { nodeInfo: { operatingSystem: 'linux', architecture: 'amd64' } },
  };

  async function serve(...items: readonly object[]): Promise<void> {
    const list = { apiVersion: 'v1', kind: 'List', items: [NODE, ...items] };
    server = await startApiServer({ dumps: [folder.write('objects.json', JSON.stringify(list))] });
    server.writeKubeconfig(join(folder.path, 'config'));
  }

  /** An image of localhost is this machine's only where somebody says so. */
  function found(): string[] {
    return [open, locked].flatMap(({ host }) => ['--registry-address', `${host}=${host}`]);
  }

  async function command(...args: string[]) {
    const env = { KUBECONFIG: join(folder.path, 'config') };
    const world = testWorld({ now: Date.now(), env, cwd: folder.path });
    const code = await run(
      ['describe', 'web', '-n', 'shop', '--verify', ...found(), ...args],
      world,
    );
    return { code, out: world.outText(), err: world.errText() };
  }

  async function item(...args: string[]): Promise<Item> {
    const { out, err } = await command(...args, '-o', 'json');
    assert.notEqual(out, '', err);
    const [first] = (JSON.parse(out) as { items: Item[] }).items;
    assert(first);
    return first;
  }

  it('names the one of three that a text leaves open: the tag', async () => {
    await serve(pod(`${open.host}/shop/web:2.0`, 'missing'));
    const { cause, certainty, alternatives, nextSteps, verified } = await item();
    assert.deepEqual([cause, certainty, alternatives], ['TagNotFound', 'certain', []]);
    assert.equal(verified?.result, 'not pullable');
    assert.match(verified?.findings.join() ?? '', /nearest tags of 1 are 1\.0/);
    assert.doesNotMatch(nextSteps.map((s) => s.command).join(), /verify web/);
  });

  it('names the one of three that a text leaves open: the repository', async () => {
    await serve(pod(`${open.host}/shop/wep:1.0`, 'missing'));
    const { cause, certainty, alternatives } = await item();
    assert.deepEqual([cause, certainty, alternatives], ['RepositoryNotFound', 'certain', []]);
  });

  it('says that it can be pulled by now', async () => {
    await serve(pod(`${open.host}/shop/web:1.0`, 'missing'));
    const { cause, notes, verified } = await item();
    assert.equal(cause, 'TagNotFound');
    assert.equal(verified?.result, 'pullable');
    assert.match(
      notes.join(),
      /from this machine it can be pulled now \(anonymous\): it was pushed since/,
    );
  });

  it('leaves open what a registry hides from who has no login', async () => {
    await serve(pod(`${locked.host}/shop/web:1.0`, 'scope'));
    const { cause, certainty, alternatives } = await item();
    assert.equal(cause, 'RepositoryMissingOrPrivate');
    assert.notEqual(certainty, 'certain');
    assert.deepEqual(alternatives, ['Unauthorized']);
  });

  it('is private, not missing, once a login of the user sees it', async () => {
    await serve(pod(`${locked.host}/shop/web:1.0`, 'scope'));
    const auth = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    const own = folder.write('own.json', JSON.stringify({ auths: { [locked.host]: { auth } } }));
    const { cause, certainty, alternatives, verified } = await item('--docker-config', own);
    assert.deepEqual([cause, certainty, alternatives], ['Unauthorized', 'certain', []]);
    assert.match(verified?.findings.join() ?? '', /private, not missing/);
  });

  it('asks with the pull secret, and shows a row a credential', async () => {
    await serve(
      pod(`${locked.host}/shop/web:1.0`, 'noCredentials', ['regcred']),
      secret(locked.host, 'wrong'),
    );
    const { code, out } = await command();
    assert.equal(code, 0);
    assert.match(
      out,
      /Registry: +asked from this machine\n +secret regcred: not pullable - manifest: .*\n +anonymous: not pullable - challenge: /,
    );
    assert.doesNotMatch(out, /wrong\b/);
    assert.deepEqual(
      server.requests.filter(({ path }) => path.includes('/secrets/')).length,
      1,
      'the secret is read once',
    );
  });

  it('changes nothing where the registry is out of reach from here', async () => {
    await serve(pod(`127.0.0.1:${await freePort()}/shop/web:1.0`, 'missing'));
    const { cause, certainty, alternatives, verified } = await item();
    assert.equal(cause, 'TagNotFound');
    assert.equal(certainty, 'ambiguous');
    assert.deepEqual(alternatives, ['RepositoryNotFound']);
    assert.equal(verified?.result, 'unverifiable');
  });

  it('asks nobody without --verify, and refuses flags that are nothing without it', async () => {
    await serve(pod(`${open.host}/shop/web:2.0`, 'missing'));
    const env = { KUBECONFIG: join(folder.path, 'config') };
    for (const [args, says] of [
      [['--plain-http'], /--plain-http can only be used with --verify/],
      [['--ca-file', 'x.pem'], /--ca-file can only be used with --verify/],
      [['--verify', '--watch'], /--verify cannot be used with --watch/],
    ] as const) {
      const world = testWorld({ now: Date.now(), env, cwd: folder.path });
      assert.equal(await run(['describe', 'web', '-n', 'shop', ...args], world), 2);
      assert.match(world.errText(), says);
    }
    const world = testWorld({ now: Date.now(), env, cwd: folder.path });
    await run(['describe', 'web', '-n', 'shop', '-o', 'json'], world);
    assert.doesNotMatch(world.outText(), /"verified"/);
  });
});
