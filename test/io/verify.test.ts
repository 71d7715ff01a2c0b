/** `verify` from flags to exit code: a real registry on loopback, a local API server, real answers. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readArgv } from '../../src/cli/argv.ts';
import { verifyOptions } from '../../src/cli/options-verify.ts';
import { parseFlags } from '../../src/cli/parser.ts';
import { run } from '../../src/cli/run.ts';
import { verify } from '../../src/commands/verify.ts';
import { indexOf } from '../cluster/up/image.ts';
import { type ApiServer, dumpFiles, startApiServer } from '../rig/api-server.ts';
import { fakeRegistries } from '../rig/registries.ts';
import { freePort, PASSWORD } from '../rig/registry.ts';
import { pullSecret, shop } from '../rig/shop.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '../dumps');

interface Item {
  readonly image: string;
  readonly result: string;
  readonly credentials: readonly {
    readonly credential: string;
    readonly result: string;
    readonly step: string | null;
    readonly code: string;
    readonly order: number | null;
  }[];
}

describe('verify with a real registry', function () {
  this.timeout(20_000);
  const lab = shop();

  function pod(name: string, image: string, secrets: readonly string[]): object {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'shop', name, uid: name },
      spec: {
        nodeName: 'n1',
        containers: [{ name: 'web', image }],
        imagePullSecrets: secrets.map((one) => ({ name: one })),
      },
      status: { phase: 'Pending' },
    };
  }

  async function command(...args: string[]) {
    const env = { KUBECONFIG: join(lab.folder.path, 'config') };
    const world = testWorld({ now: Date.now(), env, cwd: lab.folder.path });
    // The tests' nodes are this machine.
    const same = [lab.open, lab.locked].flatMap(({ host }) => [
      '--registry-address',
      `${host}=${host}`,
    ]);
    const code = await run(['verify', '-n', 'shop', ...args, ...same], world);
    return { code, out: world.outText(), err: world.errText() };
  }

  async function items(...args: string[]) {
    const { code, out, err } = await command(...args, '-o', 'json');
    assert.notEqual(out, '', err);
    const { items: found } = JSON.parse(out) as { items: Item[] };
    const [first] = found;
    assert(first);
    return { code, first, found };
  }

  const short = ({ credentials }: Item) =>
    credentials.map((c) => [c.credential, c.result, c.step, c.code]);

  it('pulls with the pull secret of the pod', async () => {
    await lab.serve(
      pod('web', `${lab.locked.host}/shop/web:1.0`, ['regcred']),
      pullSecret('regcred', lab.locked.host, PASSWORD),
    );
    const { code, first } = await items('web');
    assert.deepEqual(short(first), [['secret regcred', 'pullable', null, 'ok']]);
    assert.equal(code, 0);
  });

  it('tells a wrong password from an image that needs one', async () => {
    await lab.serve(
      pod('web', `${lab.locked.host}/shop/web:1.0`, ['regcred']),
      pullSecret('regcred', lab.locked.host, 'wrong'),
    );
    const { code, first } = await items('web');
    assert.deepEqual(short(first), [
      ['secret regcred', 'not pullable', 'manifest', 'unauthorized'],
      ['anonymous', 'not pullable', 'challenge', 'credentials-missing'],
    ]);
    assert.equal(code, 3);
  });

  it('asks with a secret that is named beside an image', async () => {
    await lab.serve(pullSecret('regcred', lab.locked.host, PASSWORD));
    const image = `${lab.locked.host}/shop/web:1.0`;
    assert.equal((await items('--image', image, '--secret', 'regcred')).code, 0);
    const asked = lab.server.requests.map(({ path }) => path);
    assert.deepEqual(asked, ['/api/v1/namespaces/shop/secrets/regcred']);
    assert.equal((await items('--image', image)).code, 3);
  });

  it('tells a missing tag from an image that is there', async () => {
    await lab.serve(
      pod('web', `${lab.open.host}/shop/web:2.0`, []),
      pod('db', `${lab.open.host}/shop/web:1.0`, []),
    );
    const { code, found } = await items();
    assert.deepEqual(found.map((item) => [item.image.split('/').at(-1), item.result]).sort(), [
      ['web:1.0', 'pullable'],
      ['web:2.0', 'not pullable'],
    ]);
    assert.equal(code, 3);
    const { out } = await command('web');
    assert.match(out, /the nearest tags of 1 are 1\.0/);
  });

  it('gives a mirror the credential of the registry, as containerd does, and names it', async () => {
    await lab.serve(
      pod('web', 'ghcr.invalid/shop/web:1.0', ['regcred']),
      pullSecret('regcred', 'ghcr.invalid', PASSWORD),
    );
    const mirror = ['--registry-mirror', `ghcr.invalid=http://${lab.locked.host}`];
    const { code, out } = await command('web', ...mirror);
    assert.match(
      out,
      new RegExp(`secret regcred +pullable +<none> +from mirror ${lab.locked.host}\n`),
    );
    assert.equal(code, 0);
  });

  it('tells a missing platform', async () => {
    await lab.open.push('shop/arm:1.0', indexOf('arm64'));
    await lab.serve(pod('web', `${lab.open.host}/shop/arm:1.0`, []));
    const { code, first } = await items('web');
    assert.deepEqual(short(first), [['anonymous', 'not pullable', 'platform', 'platform-missing']]);
    assert.equal(code, 3);
  });

  it('takes a registry that is not there for unverifiable, and says from where', async () => {
    await lab.serve(pod('web', `127.0.0.1:${await freePort()}/shop/web:1.0`, []));
    const { code, out, err } = await command('web');
    assert.equal(code, 4);
    assert.match(out, /anonymous +unverifiable +connect /);
    assert.match(err, /^From this machine: 0 of 1 image can be pulled, 1 could not be verified\./m);
  });

  it('takes the template of a workload without pods, with the secrets of its ServiceAccount', async () => {
    const spec = { containers: [{ name: 'web', image: `${lab.locked.host}/shop/web:1.0` }] };
    await lab.serve(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace: 'shop', name: 'web', uid: 'web' },
        spec: { replicas: 0, template: { spec } },
      },
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { namespace: 'shop', name: 'default', uid: 'default' },
        imagePullSecrets: [{ name: 'regcred' }],
      },
      pullSecret('regcred', lab.locked.host, PASSWORD),
      { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop', name: 'x', uid: 'x' } },
    );
    const { code, first } = await items('deploy/web');
    assert.deepEqual(short(first), [['secret regcred', 'pullable', null, 'ok']]);
    assert.equal(code, 0);
    const none = await command('deploy/wep');
    assert.equal(none.code, 1);
    assert.match(none.err, /deployments\.apps "wep" not found.*did you mean "web"/);
  });

  it('gives manifests what the cluster has already', async () => {
    await lab.serve(pullSecret('regcred', lab.locked.host, PASSWORD));
    const manifest = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'once' },
      spec: {
        template: {
          spec: {
            containers: [{ name: 'once', image: `${lab.locked.host}/shop/web:1.0` }],
            imagePullSecrets: [{ name: 'regcred' }],
          },
        },
      },
    };
    const file = lab.folder.write('job.json', JSON.stringify(manifest));
    const { code, first } = await items('-f', file);
    assert.deepEqual(short(first), [['secret regcred', 'pullable', null, 'ok']]);
    assert.equal(code, 0);
  });

  it('a secret that is named and not there is an error', async () => {
    await lab.serve(pullSecret('regcred', lab.locked.host, PASSWORD));
    const { code, err } = await command(
      '--image',
      `${lab.open.host}/shop/web:1.0`,
      '--secret',
      'typo',
    );
    assert.equal(code, 1);
    assert.match(err, /Error from server \(NotFound\): secrets "typo" not found/);
  });

  it('finds what a named manifest refers to in the cluster', async () => {
    await lab.serve(pullSecret('regcred', lab.locked.host, PASSWORD));
    const manifest = (name: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        template: {
          spec: {
            containers: [{ name, image: `${lab.locked.host}/shop/${name}:1.0` }],
            imagePullSecrets: [{ name: 'regcred' }],
          },
        },
      },
    });
    const items = [manifest('web'), manifest('other')];
    const list = { apiVersion: 'v1', kind: 'List', items };
    const file = lab.folder.write('two.json', JSON.stringify(list));
    const { code, out } = await command('deploy/web', '-f', file);
    assert.match(out, /shop\/web:1\.0 +secret regcred +pullable/);
    assert.doesNotMatch(out, /shop\/other/);
    assert.equal(code, 0);
  });

  it('refuses what has no pods', async () => {
    await lab.serve();
    const { code, err } = await command('svc/web');
    assert.equal(code, 2);
    assert.match(err, /verify takes pods and workloads, and none of the type services/);
  });

  it('says so where secrets may not be read', async () => {
    await lab.serve(
      pod('web', `${lab.locked.host}/shop/web:1.0`, ['regcred']),
      pullSecret('regcred', lab.locked.host, PASSWORD),
    );
    lab.server.faults.push({ resource: 'secrets', fault: { kind: 'status', code: 403 } });
    const { code, out } = await command('web');
    assert.equal(code, 4);
    assert.match(
      out,
      /secret regcred +unverifiable +credentials +not allowed to read secret shop\/regcred\n/,
    );
  });

  it('is not verified where the pods of a workload may not be read', async () => {
    await lab.serve(pod('web', `${lab.open.host}/shop/web:1.0`, []));
    for (const resource of ['deployments', 'replicasets']) {
      lab.server.faults.push({ resource, fault: { kind: 'status', code: 403 } });
    }
    const { code, out, err } = await command('deploy/web');
    assert.equal(code, 1, err);
    assert.equal(out, '');
    assert.match(err, /Not seen: not allowed to list replicasets in namespace shop/);
    assert.match(
      err,
      /Error from server.*\(kubectl auth can-i get deployments\.apps\/web -n shop\)/,
    );
  });

  it('is not all verified where one of the namespaces may not be looked at', async () => {
    await lab.serve(pod('web', `${lab.open.host}/shop/web:1.0`, []));
    lab.server.faults.push({
      resource: 'pods',
      namespace: 'billing',
      fault: { kind: 'status', code: 403 },
    });
    const { code, out, err } = await command('-n', 'shop,billing');
    assert.match(out, /shop\/web:1\.0 .*pullable/);
    assert.match(`${out}${err}`, /Not seen: not allowed to list pods in namespace billing/);
    assert.equal(code, 4, err);
  });
});

describe('verify of a whole cluster', () => {
  let folder: TempFolder;
  let server: ApiServer;
  before(async () => {
    folder = tempFolder();
    server = await startApiServer({ dumps: dumpFiles(DUMPS, 'modern') });
    server.writeKubeconfig(join(folder.path, 'config'));
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  it('lists pods, nodes and pull secrets, and gets by name only what is no pull secret', async () => {
    const fake = fakeRegistries(() => 'ok', { platforms: ['linux/amd64', 'linux/arm64'] });
    const env = { KUBECONFIG: join(folder.path, 'config') };
    const world = testWorld({ now: Date.now(), env, cwd: folder.path });
    const line = readArgv(['verify', '-A', '-o', 'json']);
    const options = verifyOptions(parseFlags('verify', line), line.args);
    await verify(options, world, async () => fake);
    const asked = server.requests.map(({ path }) => path.replace(/\?.*/, ''));
    const lists = asked.filter((path) => /^\/api\/v1\/(?:pods|nodes|secrets)$/.test(path));
    assert.deepEqual(lists.sort(), [
      '/api/v1/nodes',
      '/api/v1/pods',
      '/api/v1/secrets',
      '/api/v1/secrets',
    ]);
    // Whoever should have written a secret that is missing: in three namespaces at most.
    const operators = asked.filter((path) => path.endsWith('/externalsecrets'));
    assert.equal(operators.length, 3);
    assert.equal(new Set(operators).size, 3);
    const gets = asked.filter((path) => !lists.includes(path) && !operators.includes(path));
    assert.ok(
      gets.every((path) => /\/secrets\/[^/]+$/.test(path)),
      gets.join(' '),
    );
    assert.equal(new Set(gets).size, gets.length);
    const { items: found } = JSON.parse(world.outText()) as { items: Item[] };
    assert.ok(found.length > 100, `${found.length} images`);
    assert.equal(new Set(fake.asked).size, fake.asked.length);
  });
});
