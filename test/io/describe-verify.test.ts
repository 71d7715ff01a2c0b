/** `describe --verify`: what the node was told, settled by what a real registry answers to the same credentials. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { freePort, PASSWORD, USER } from '../rig/registry.ts';
import { pullSecret, shop } from '../rig/shop.ts';
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
  const lab = shop();

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

  /** An image of localhost is this machine's only where somebody says so. */
  function found(): string[] {
    return [lab.open, lab.locked].flatMap(({ host }) => ['--registry-address', `${host}=${host}`]);
  }

  async function command(...args: string[]) {
    const env = { KUBECONFIG: join(lab.folder.path, 'config') };
    const world = testWorld({ now: Date.now(), env, cwd: lab.folder.path });
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
    await lab.serve(pod(`${lab.open.host}/shop/web:2.0`, 'missing'));
    const { cause, certainty, alternatives, nextSteps, verified } = await item();
    assert.deepEqual([cause, certainty, alternatives], ['TagNotFound', 'certain', []]);
    assert.equal(verified?.result, 'not pullable');
    assert.match(verified?.findings.join() ?? '', /nearest tags of 1 are 1\.0/);
    assert.doesNotMatch(nextSteps.map((s) => s.command).join(), /verify web/);
  });

  it('names the one of three that a text leaves open: the repository', async () => {
    await lab.serve(pod(`${lab.open.host}/shop/wep:1.0`, 'missing'));
    const { cause, certainty, alternatives } = await item();
    assert.deepEqual([cause, certainty, alternatives], ['RepositoryNotFound', 'certain', []]);
  });

  it('says that it can be pulled by now', async () => {
    await lab.serve(pod(`${lab.open.host}/shop/web:1.0`, 'missing'));
    const { cause, notes, verified } = await item();
    assert.equal(cause, 'TagNotFound');
    assert.equal(verified?.result, 'pullable');
    assert.match(
      notes.join(),
      /from this machine it can be pulled now \(anonymous\): it was pushed since/,
    );
  });

  it('leaves open what a registry hides from who has no login', async () => {
    await lab.serve(pod(`${lab.locked.host}/shop/web:1.0`, 'scope'));
    const { cause, certainty, alternatives } = await item();
    assert.equal(cause, 'RepositoryMissingOrPrivate');
    assert.notEqual(certainty, 'certain');
    assert.deepEqual(alternatives, ['Unauthorized']);
  });

  it('is private, not missing, once a login of the user sees it', async () => {
    await lab.serve(pod(`${lab.locked.host}/shop/web:1.0`, 'scope'));
    const auth = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    const own = lab.folder.write(
      'own.json',
      JSON.stringify({ auths: { [lab.locked.host]: { auth } } }),
    );
    const { cause, certainty, alternatives, verified } = await item('--docker-config', own);
    assert.deepEqual([cause, certainty, alternatives], ['Unauthorized', 'certain', []]);
    assert.match(verified?.findings.join() ?? '', /private, not missing/);
  });

  it('asks with the pull secret, and shows a row a credential', async () => {
    await lab.serve(
      pod(`${lab.locked.host}/shop/web:1.0`, 'noCredentials', ['regcred']),
      pullSecret('regcred', lab.locked.host, 'wrong'),
    );
    const { code, out } = await command();
    assert.equal(code, 0);
    assert.match(
      out,
      /Registry: +asked from this machine\n +secret regcred: not pullable - manifest: .*\n +anonymous: not pullable - challenge: /,
    );
    assert.doesNotMatch(out, /wrong\b/);
    assert.deepEqual(
      lab.server.requests.filter(({ path }) => path.includes('/secrets/')).length,
      1,
      'the secret is read once',
    );
  });

  it('changes nothing where the registry is out of reach from here', async () => {
    await lab.serve(pod(`127.0.0.1:${await freePort()}/shop/web:1.0`, 'missing'));
    const { cause, certainty, alternatives, verified } = await item();
    assert.equal(cause, 'TagNotFound');
    assert.equal(certainty, 'ambiguous');
    assert.deepEqual(alternatives, ['RepositoryNotFound']);
    assert.equal(verified?.result, 'unverifiable');
  });

  it('asks nobody without --verify, and refuses flags that are nothing without it', async () => {
    await lab.serve(pod(`${lab.open.host}/shop/web:2.0`, 'missing'));
    const env = { KUBECONFIG: join(lab.folder.path, 'config') };
    for (const [args, says] of [
      [['--plain-http'], /--plain-http can only be used with --verify/],
      [['--ca-file', 'x.pem'], /--ca-file can only be used with --verify/],
      [['--verify', '--watch'], /--verify cannot be used with --watch/],
    ] as const) {
      const world = testWorld({ now: Date.now(), env, cwd: lab.folder.path });
      assert.equal(await run(['describe', 'web', '-n', 'shop', ...args], world), 2);
      assert.match(world.errText(), says);
    }
    const world = testWorld({ now: Date.now(), env, cwd: lab.folder.path });
    await run(['describe', 'web', '-n', 'shop', '-o', 'json'], world);
    assert.doesNotMatch(world.outText(), /"verified"/);
  });
});
