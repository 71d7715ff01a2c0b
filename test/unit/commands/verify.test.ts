/** `verify` over saved objects and made-up registries: which questions, which rows, which exit code. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArgv } from '../../../src/cli/argv.ts';
import { verifyOptions } from '../../../src/cli/options-verify.ts';
import { parseFlags } from '../../../src/cli/parser.ts';
import { verify } from '../../../src/commands/verify.ts';
import { InputError } from '../../../src/words/errors.ts';
import { type FakeRegistries, fakeRegistries, type Said } from '../../rig/registries.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';
import { testWorld } from '../../rig/world.ts';

const REFUSED: Said = { step: 'token', code: 'token-refused', detail: 'the token server says 401' };
const HIDDEN: Said = { step: 'manifest', code: 'missing-or-private' };
const GONE: Said = { step: 'manifest', code: 'manifest-not-found', detail: 'no such tag' };
const LOST: Said = { step: 'connect', code: 'connect-timeout', result: 'unverifiable' };

type Object = Readonly<Record<string, unknown>>;

function secret(name: string, auths: Readonly<Record<string, string>>, namespace = 'shop'): Object {
  const entries = Object.entries(auths).map(([key, user]) => [
    key,
    { username: user, password: `${user}-s3cret-pass` },
  ]);
  const config = JSON.stringify({ auths: Object.fromEntries(entries) });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name, uid: `${namespace}-${name}` },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(config).toString('base64') },
  };
}

interface PodMore {
  readonly namespace?: string;
  readonly node?: string;
  readonly policy?: string;
  readonly phase?: string;
}

function pod(name: string, images: string[], secrets: string[] = [], more: PodMore = {}): Object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: more.namespace ?? 'shop', name, uid: `uid-${name}` },
    spec: {
      nodeName: more.node,
      containers: images.map((image, i) => ({
        name: `c${i}`,
        image,
        imagePullPolicy: more.policy,
      })),
      imagePullSecrets: secrets.map((one) => ({ name: one })),
    },
    status: { phase: more.phase ?? 'Running' },
  };
}

function node(name: string, architecture: string): Object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: name },
    status: { nodeInfo: { operatingSystem: 'linux', architecture } },
  };
}

describe('verify', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  async function run(
    objects: readonly Object[],
    registries: FakeRegistries,
    args: readonly string[] = [],
    stdin?: string,
  ) {
    const path = join(folder.path, 'objects.json');
    writeFileSync(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    const line = readArgv(['verify', ...(objects.length > 0 ? ['-f', path] : []), ...args]);
    const world = testWorld({
      env: { KUBECONFIG: join(folder.path, 'none') },
      cwd: folder.path,
      ...(stdin === undefined ? {} : { stdin }),
    });
    const options = verifyOptions(parseFlags('verify', line), line.args);
    const code = await verify(options, world, async () => registries);
    return { code, out: world.outText(), err: world.errText() };
  }

  const rows = (out: string) =>
    out
      .split('\n\n')[0]
      ?.split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => line.split(/ {3,}/));

  it('asks with the credential that matches, and not without it where it works', async () => {
    const fake = fakeRegistries(() => 'ok');
    const got = await run(
      [pod('web', ['ghcr.io/o/app:1'], ['regcred']), secret('regcred', { 'ghcr.io': 'bob' })],
      fake,
    );
    assert.deepEqual(fake.asked, ['ghcr.io/o/app:1 bob']);
    assert.deepEqual(rows(got.out), [
      ['ghcr.io/o/app:1', 'secret regcred', 'pullable', '<none>', '<none>'],
    ]);
    assert.equal(got.code, 0);
    assert.match(got.err, /^From this machine: 1 of 1 image can be pulled\./);
    assert.ok(fake.closed());
  });

  it('tries credentials in the order of the kubelet, the longer key first', async () => {
    const fake = fakeRegistries((_, user) => (user === 'long' ? REFUSED : 'ok'));
    const got = await run(
      [
        pod('web', ['ghcr.io/o/app:1'], ['a', 'b']),
        secret('a', { 'ghcr.io': 'short' }),
        secret('b', { 'ghcr.io/o': 'long' }),
      ],
      fake,
    );
    assert.deepEqual(
      rows(got.out)?.map((row) => row.slice(1, 4)),
      [
        ['secret b', 'not pullable', 'token'],
        ['secret a', 'pullable', '<none>'],
        ['anonymous', 'pullable', '<none>'],
      ],
    );
    assert.match(got.out, /Found: +private, not missing: secret a may pull it, secret b may not/);
    assert.equal(got.code, 0);
  });

  it('sees that a bad credential breaks a public image', async () => {
    const fake = fakeRegistries((_, user) => (user === null ? 'ok' : REFUSED));
    const got = await run(
      [pod('web', ['nginx'], ['hub']), secret('hub', { 'index.docker.io': 'bob' })],
      fake,
    );
    assert.equal(got.code, 3);
    assert.match(got.out, /the image is public, and a bad credential breaks it: secret hub/);
    assert.match(got.out, /kubectl imagepull decode hub -n shop/);
    assert.match(got.out, /the token server says 401/);
  });

  it('goes without where no credential matches', async () => {
    const fake = fakeRegistries(() => HIDDEN);
    const got = await run(
      [pod('web', ['quay.io/o/app:1'], ['regcred']), secret('regcred', { 'ghcr.io': 'bob' })],
      fake,
    );
    assert.deepEqual(fake.asked, ['quay.io/o/app:1 -']);
    assert.equal(got.code, 3);
    assert.match(
      got.out,
      /Quay answers 401 for a repository that is missing and for one that you may not\s+read; who can tell: a robot account/,
    );
  });

  it('leaves open what the nodes of a registry may bring', async () => {
    const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1';
    const got = await run(
      [pod('web', [image])],
      fakeRegistries(() => REFUSED),
    );
    assert.equal(got.code, 4);
    assert.match(got.out, /the node may bring what cannot be seen from here/);
  });

  it('says that a secret could not be read, and takes going without for no answer', async () => {
    const elided = {
      ...secret('regcred', { 'ghcr.io': 'bob' }),
      data: { '.dockerconfigjson': '120 bytes long' },
    };
    const missing = [pod('web', ['ghcr.io/o/app:1'], ['absent'])];
    for (const objects of [missing, [pod('web', ['ghcr.io/o/app:1'], ['regcred']), elided]]) {
      const got = await run(
        objects,
        fakeRegistries(() => 'ok'),
      );
      assert.match(
        got.out,
        /secret (?:absent|regcred) +(?:unverifiable|not pullable) +credentials/,
      );
      assert.notEqual(got.code, 0);
    }
  });

  it('asks every image of a cluster once, eight at a time of one registry', async () => {
    const fake = fakeRegistries(() => 'ok');
    const many = Array.from({ length: 40 }, (_, i) =>
      pod(`web-${i}`, [`quay.io/o/app:${i % 20}`, 'busybox'], ['regcred'], {
        namespace: i % 2 ? 'shop' : 'bank',
      }),
    );
    const got = await run(
      [
        ...many,
        secret('regcred', { 'quay.io': 'bob' }),
        secret('regcred', { 'quay.io': 'bob' }, 'bank'),
        pod('done', ['quay.io/o/old:1'], [], { phase: 'Succeeded' }),
      ],
      fake,
      ['-A'],
    );
    assert.equal(fake.asked.length, 21);
    assert.equal(new Set(fake.asked).size, 21);
    // The one of another registry does not wait for them.
    assert.equal(fake.most(), 9);
    assert.match(got.err, /21 of 21 images can be pulled/);
    assert.equal(got.code, 0);
  });

  it('says unverifiable where the registry cannot be reached, and does not try again', async () => {
    const fake = fakeRegistries(() => LOST);
    const objects = [
      pod('web', ['ghcr.io/o/app:1'], ['a', 'b']),
      secret('a', { 'ghcr.io': 'one' }),
      secret('b', { 'ghcr.io': 'two' }),
    ];
    const got = await run(objects, fake);
    assert.equal(fake.asked.length, 1);
    assert.equal(got.code, 4);
    assert.match(got.out, /secret b +unverifiable +<none> +not tried/);
    assert.match(got.err, /1 could not be verified/);
  });

  it('puts 3 before 4', async () => {
    const fake = fakeRegistries((image) => (image.includes('lost') ? LOST : HIDDEN));
    const got = await run([pod('web', ['ghcr.io/lost:1', 'ghcr.io/gone:1'])], fake);
    assert.equal(got.code, 3);
  });

  const ways: readonly (readonly [Said & object, RegExp])[] = [
    [{ step: 'dns', code: 'dns-not-found' }, /a node may; --registry-address/],
    [LOST, /a node may; --registry-mirror and --registry-address/],
    [{ step: 'connect', code: 'proxy-failed' }, /a node may; --proxy URL/],
    [{ step: 'tls', code: 'tls-untrusted' }, /a node may; --ca-file/],
    [{ step: 'tls', code: 'tls-name' }, /a node may; --registry-address .*--insecure-skip/],
    [{ step: 'tls', code: 'tls-expired' }, /a node may; compare the clock .*--insecure-skip/],
    [{ step: 'tls', code: 'http-on-https' }, /a node may; --plain-http asks/],
    [{ step: 'tls', code: 'tls-failed' }, /a node may; --registry-mirror/],
    [{ step: 'manifest', code: 'https-on-http' }, /a node may; without --plain-http/],
  ];
  for (const [said, next] of ways) {
    it(`says how to get through after ${said.code}`, async () => {
      const fake = fakeRegistries(() => ({ ...said, result: 'unverifiable' }));
      const got = await run([pod('web', ['ghcr.io/o/app:1'])], fake);
      assert.match(got.out, next);
    });
  }

  it('shows nobody the credentials of an image on the loopback of a node', async () => {
    const fake = fakeRegistries(() => 'ok');
    const objects = [
      pod('web', ['localhost:5000/o/app:1'], ['a', 'b']),
      secret('a', { 'localhost:5000': 'one' }),
      secret('b', { 'localhost:5000': 'two' }),
    ];
    const own = ['--registry-username', 'me', '--password-stdin'];
    const got = await run(objects, fake, own, 'my-password');
    assert.deepEqual(fake.asked, []);
    assert.equal(got.code, 4);
    assert.deepEqual(
      rows(got.out)?.map((cells) => cells.slice(-4)),
      [
        ['secret a', 'secret b', "yours, not the pod's"].map((label) => [
          label,
          'unverifiable',
          'connect',
          'localhost:5000 is this machine here, and on a node the node itself: not asked',
        ]),
      ].flat(),
    );
    const told = await run(objects, fake, ['--registry-address', 'localhost=127.0.0.1:32000']);
    assert.deepEqual(fake.asked, ['localhost:5000/o/app:1 one', 'localhost:5000/o/app:1 two']);
    assert.equal(told.code, 0);
  });

  it('asks for the platform of the node, and for those of all nodes', async () => {
    const platforms: unknown[] = [];
    const fake = fakeRegistries(
      (_image, _user, { platform }) => {
        platforms.push(platform);
        return 'ok';
      },
      { platforms: ['linux/amd64', 'linux/arm64/v8', 'linux/ppc64le', 'linux/riscv64'] },
    );
    const nodes = ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x'];
    const objects = nodes.flatMap((name) => [
      pod(`web-${name}`, ['ghcr.io/o/app:1'], [], { node: name }),
      node(name, name),
    ]);
    const got = await run(objects, fake);
    assert.deepEqual(platforms, [{ os: 'linux', architecture: 'amd64' }]);
    assert.equal(got.code, 3);
    assert.match(
      got.out,
      /platform +nothing for linux\/s390x; there is linux\/amd64, linux\/arm64\/v8, /,
    );
  });

  it('names the nearest tags and the tag that was assumed', async () => {
    const tags = { tags: ['1.27', '1.26'], read: 40, complete: true, code: null };
    const fake = fakeRegistries(() => GONE, { tags });
    const got = await run([pod('web', ['ghcr.io/o/app:1.72'])], fake);
    assert.deepEqual(fake.tagsAsked, ['ghcr.io/o/app:1.72 -']);
    assert.match(got.out, /the nearest tags of 40 are 1\.27, 1\.26/);
    const latest = await run(
      [pod('web', ['ghcr.io/o/app'])],
      fakeRegistries(() => GONE),
    );
    assert.match(latest.out, /no tag was given, so latest is assumed/);
  });

  it('stops at a name that is none, and at a secret that stops the pod', async () => {
    const fake = fakeRegistries(() => 'ok');
    const got = await run([pod('web', ['ghcr.io/O/App:1'])], fake);
    assert.deepEqual(fake.asked, []);
    assert.equal(got.code, 3);
    assert.match(got.out, /not pullable +reference +the repository name has upper-case/);
    const broken = {
      ...secret('regcred', {}),
      data: { '.dockerconfigjson': Buffer.from('{').toString('base64') },
    };
    const stopped = await run([pod('web', ['nginx'], ['regcred']), broken], fake);
    assert.equal(stopped.code, 3);
    assert.match(stopped.out, /secret regcred +not pullable +credentials +the kubelet cannot read/);
  });

  describe('of manifests', () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        template: {
          spec: {
            serviceAccountName: 'builder',
            containers: [{ name: 'web', image: 'ghcr.io/o/app:1' }],
          },
        },
      },
    };
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'builder' },
      imagePullSecrets: [{ name: 'regcred' }],
    };
    const plain = (config: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'regcred' },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': JSON.stringify(config) },
    });
    const config = { auths: { 'ghcr.io': { username: 'bob', password: 'p' } } };

    it('uses what the files bring, wherever they are applied', async () => {
      for (const args of [[], ['-n', 'prod']]) {
        const fake = fakeRegistries(() => 'ok');
        const got = await run([deployment, account, plain(config)], fake, args);
        assert.deepEqual(fake.asked, ['ghcr.io/o/app:1 bob']);
        assert.equal(got.code, 0);
      }
    });

    it('reads a CronJob, and leaves out what another object makes', async () => {
      const fake = fakeRegistries(() => 'ok');
      const template = { spec: { containers: [{ name: 'a', image: 'quay.io/o/job:1' }] } };
      const cron = {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'report' },
        spec: { jobTemplate: { spec: { template } } },
      };
      const job = {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'report-1', ownerReferences: [{ kind: 'CronJob', name: 'report' }] },
        spec: { template: { spec: { containers: [{ name: 'a', image: 'quay.io/o/old:1' }] } } },
      };
      await run([cron, job], fake);
      assert.deepEqual(fake.asked, ['quay.io/o/job:1 -']);
    });

    it('does without a cluster: a list that is not known leaves only a no open', async () => {
      const open = await run(
        [deployment],
        fakeRegistries(() => 'ok'),
      );
      assert.equal(open.code, 0);
      const refused = await run(
        [deployment],
        fakeRegistries(() => REFUSED),
      );
      assert.equal(refused.code, 4);
    });
  });

  describe('of an image', () => {
    it('goes without, and with a login of whoever asks', async () => {
      writeFileSync(
        join(folder.path, 'config.json'),
        JSON.stringify({ auths: { 'ghcr.io': { auth: btoa('me:mine-s3cret') } } }),
      );
      const fake = fakeRegistries((_, user) => (user === null ? HIDDEN : 'ok'));
      const args = ['--image', 'ghcr.io/o/app:1'];
      const none = await run([], fake, args);
      assert.equal(none.code, 3);
      const mine = await run([], fake, [...args, '--docker-config', 'config.json']);
      assert.equal(mine.code, 0);
      assert.match(mine.out, /yours, not the pod's \(config\.json\) +pullable/);
      assert.ok(!mine.out.includes('s3cret'));
    });

    it('names the flag of a docker config that cannot be read', async () => {
      writeFileSync(join(folder.path, 'torn.json'), '{"auths":');
      const asked = (file: string) =>
        run(
          [],
          fakeRegistries(() => 'ok'),
          ['--image', 'ghcr.io/o/app:1', '--docker-config', file],
        );
      await assert.rejects(asked('nope.json'), {
        name: 'InputError',
        message: '--docker-config nope.json: it cannot be read',
      });
      await assert.rejects(
        asked('torn.json'),
        /--docker-config torn\.json: it is no docker config: /,
      );
    });

    it('never lets the login of whoever asks stand for the pod', async () => {
      const fake = fakeRegistries((_, user) => (user === 'me' ? 'ok' : HIDDEN));
      const args = ['--registry-username', 'me', '--password-stdin'];
      const got = await run([pod('web', ['ghcr.io/o/app:1'])], fake, args, 'pw\n');
      assert.equal(got.code, 3);
      assert.match(got.out, /private, not missing: yours, not the pod's may pull it/);
      assert.match(got.out, /Give the pod a pull secret with the key ghcr\.io/);
    });

    it('tries the login of whoever asks where a limit stops those without one', async () => {
      const limited: Said = {
        step: 'manifest',
        code: 'rate-limited',
        result: 'unverifiable',
        retryAfter: 30,
      };
      const fake = fakeRegistries((_, user) => (user === null ? limited : 'ok'));
      const args = ['--registry-username', 'me', '--password-stdin', '--image', 'nginx'];
      const got = await run([], fake, args, 'pw');
      assert.equal(got.code, 0);
      assert.match(got.out, /the registry asks to come back in 30 seconds/);
    });

    it('sends a user name and password to one registry only', async () => {
      const fake = fakeRegistries(() => 'ok');
      const args = ['--registry-username', 'me', '--password-stdin', '--image', 'quay.io/a/b:1'];
      await assert.rejects(
        run([], fake, [...args, '--image', 'ghcr.io/a/b:1'], 'pw'),
        (error) => error instanceof InputError && /is for one registry/.test(error.message),
      );
      assert.deepEqual(fake.asked, []);
    });
  });

  describe('prints', () => {
    const objects = [
      pod('web', ['ghcr.io/o/app:1', 'quay.io/o/<b>:1', 'quay.io/o/c:1'], ['regcred']),
      secret('regcred', { 'ghcr.io': 'bob' }),
    ];
    const fake = () =>
      fakeRegistries((image) =>
        image.startsWith('ghcr') ? { ...REFUSED, detail: 'a "<b>" & \x1b[31m' } : 'ok',
      );

    it('JUnit XML that holds whatever a registry said', async () => {
      const { out, code } = await run(objects, fake(), ['-o', 'junit']);
      assert.equal(code, 3);
      assert.match(out, /<testsuites tests="3" failures="2" errors="0"/);
      assert.match(out, /message="secret regcred: a &quot;&lt;b&gt;&quot; &amp; \^\[\[31m"/);
      assert.match(
        out,
        /<testcase name="quay\.io\/o\/c:1" classname="shop\/pod\/web" time="[\d.]+"\/>/,
      );
    });

    it('the names of those that cannot be pulled', async () => {
      const { out } = await run(objects, fake(), ['-o', 'name']);
      assert.equal(out, 'ghcr.io/o/app:1\nquay.io/o/<b>:1\n');
    });

    it('every step of a single image with its time', async () => {
      const { out } = await run(
        [pod('web', ['ghcr.io/o/app:1'], ['regcred']), secret('regcred', { 'ghcr.io': 'bob' })],
        fakeRegistries(() => 'ok'),
      );
      assert.match(
        out,
        /\nghcr\.io\/o\/app:1, secret regcred \(user bob, token from auth\.example\)\n/,
      );
      assert.match(out, /\nSTEP +RESULT +TIME +DETAIL\n/);
      assert.match(out, /\nmanifest +ok +3ms\n/);
    });

    it('no password, in no format', async () => {
      for (const format of ['wide', 'json', 'yaml', 'name', 'junit']) {
        const { out, err } = await run(objects, fake(), ['-o', format]);
        assert.ok(!(out + err).includes('s3cret'), format);
      }
    });
  });
});
