/** `decode` against a local API server: round trips, missing rights, and no secret in anything it says. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '..', 'dumps');
const NOW = Date.parse('2026-11-21T04:00:00Z');
const FILES = ['pods', 'secrets', 'serviceaccounts', 'deployments', 'cronjobs'].map((kind) =>
  join(DUMPS, `modern-${kind}.json`),
);
const FORBIDDEN = 'secrets is forbidden: User "x" cannot get resource "secrets"';

interface Document {
  readonly items: readonly {
    readonly name: string | null;
    readonly status: string;
    readonly nearestName: string | null;
    readonly entries: readonly { readonly password: string; readonly fingerprint: string }[];
  }[];
  readonly usedBy: readonly {
    readonly pullSecrets: readonly string[];
    readonly pullSecretsFrom: string;
    readonly onlyInServiceAccount: readonly string[];
  }[];
  readonly unavailable: readonly { readonly check?: string }[];
}

describe('decode against an API server', () => {
  let server: ApiServer;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'imagepull-'));
    server = await startApiServer({ dumps: FILES });
    server.writeKubeconfig(join(folder, 'config'));
  });

  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    server.requests.length = 0;
    server.faults.length = 0;
  });

  async function command(...args: string[]) {
    const world = testWorld({ now: NOW, env: { KUBECONFIG: join(folder, 'config') } });
    const code = await run(['decode', ...args], world);
    return { code, out: world.outText(), err: world.errText() };
  }

  async function json(...args: string[]): Promise<Document> {
    return JSON.parse((await command(...args, '-o', 'json')).out) as Document;
  }

  const paths = () => server.requests.map((r) => r.path.split('?')[0]);

  it('does not say "none" of a workload whose ServiceAccount may not be read', async () => {
    server.faults.push({
      resource: 'serviceaccounts',
      fault: { kind: 'status', code: 403, reason: 'Forbidden' },
    });
    const bare = await command('deploy/renderer-larch', '-n', 'billing');
    assert.match(bare.out, /not known: serviceaccount \S+, whose list counts/);
    assert.match(bare.err, /^Not seen: not allowed to get serviceaccount billing\//m);
  });

  it('asks for secret and pod at once, and waits for no pod where there is a secret', async () => {
    server.faults.push({ resource: 'pods', fault: { kind: 'silence' } });
    server.faults.push({ resource: 'secrets', fault: { kind: 'slow', ms: 100 } });
    const { code, out } = await command('pull-agent-onyx', '-n', 'shop');
    assert.equal(code, 0);
    assert.match(out, /^pull-agent-onyx +containers\.ravenhill\.example +alice +\*{8} \(6\)/m);
    assert.deepEqual(paths().sort(), [
      '/api/v1/namespaces/shop/pods/pull-agent-onyx',
      '/api/v1/namespaces/shop/secrets/pull-agent-onyx',
    ]);
  });

  it('asks for no pod where secret/NAME is given', async () => {
    await command('secret/pull-agent-onyx', '-n', 'shop');
    assert.deepEqual(paths(), ['/api/v1/namespaces/shop/secrets/pull-agent-onyx']);
  });

  for (const args of [['agent-onyx'], ['pod/agent-onyx'], ['pods', 'agent-onyx']]) {
    it(`decodes the secrets of a pod: ${args.join(' ')}`, async () => {
      const { items, usedBy } = await json(...args, '-n', 'shop');
      assert.deepEqual(
        items.map((i) => i.name),
        ['pull-agent-onyx'],
      );
      assert.deepEqual(
        usedBy.map((u) => u.pullSecrets),
        [['pull-agent-onyx']],
      );
    });
  }

  it('decodes what a workload gives its pods', async () => {
    const own = await json('deploy/gateway-sage', '-n', 'search');
    assert.deepEqual(
      own.usedBy.map((u) => [u.pullSecretsFrom, ...u.pullSecrets]),
      [['own', 'creds-gateway-sage']],
    );
    const cron = await json('cj/gateway-sorrel', '-n', 'billing');
    assert.deepEqual(
      cron.items.map((i) => i.name),
      ['pull-gateway-sorrel'],
    );
    const account = await json('sa/sa-importer-tarn', '-n', 'edge');
    assert.deepEqual(
      account.items.map((i) => i.name),
      ['creds-importer-tarn'],
    );
  });

  it('says which secrets came too late for a pod', async () => {
    const { usedBy, items } = await json('pod/proxy-cobalt', '-n', 'platform');
    assert.deepEqual(usedBy[0]?.onlyInServiceAccount, ['registry-proxy-cobalt']);
    assert.deepEqual(items, []);
  });

  it('names the nearest secret to one that a pod lists and that is missing', async () => {
    const { items } = await json('cache-fern', '-n', 'edge');
    assert.equal(items[0]?.status, 'missing');
    assert.equal(items[0]?.nearestName, 'regcred-cache-fern');
  });

  it('decodes several, each once, in the order given', async () => {
    const { out } = await command(
      ...['pull-api-willow', 'pull-agent-onyx', 'pull-api-willow', '-n', 'shop', '-o', 'name'],
    );
    assert.equal(out, 'secret/pull-api-willow\nsecret/pull-agent-onyx\n');
  });

  it('asks for the two docker types alone where nothing is named', async () => {
    const { out } = await command('-n', 'shop,edge', '-o', 'name');
    assert.equal(out.trim().split('\n').length, 9);
    assert.equal(server.requests.length, 4);
    assert.ok(server.requests.every((r) => /fieldSelector=type=kubernetes\.io\//.test(r.path)));
    server.requests.length = 0;
    const all = await command('-A', '-o', 'name');
    assert.equal(all.out.trim().split('\n').length, 27);
    assert.equal(server.requests.length, 2);
  });

  it('gives equal entries equal fingerprints, and other ones in every run', async () => {
    const prints = async () =>
      (
        await json('pull-agent-onyx', 'pull-scheduler-copper', 'pull-api-willow', '-n', 'shop')
      ).items.map((i) => i.entries[0]?.fingerprint);
    const [first, second] = [await prints(), await prints()];
    assert.equal(first[0], first[1]);
    assert.notEqual(first[0], first[2]);
    assert.notEqual(first[0], second[0]);
  });

  const errors: readonly (readonly [string, string[], RegExp])[] = [
    [
      'a name near to a secret',
      ['pull-agent-onix', '-n', 'shop'],
      /^Error from server \(NotFound\): secrets "pull-agent-onix" not found in namespace shop \(and there is no pod of this name; did you mean "pull-agent-onyx"\?\)\n$/,
    ],
    [
      'a name near to a pod',
      ['agent-onix', '-n', 'shop'],
      /^Error from server \(NotFound\): secrets "agent-onix" .*did you mean "pod\/agent-onyx"\?\)\n$/,
    ],
    [
      'a name of another namespace',
      ['creds-gateway-sage', '-n', 'shop'],
      /namespace search has a secret of this name/,
    ],
    [
      'a name that cannot be',
      ['secret/my_secret', '-n', 'shop'],
      /^error: secrets "my_secret" cannot exist \(no secret can have this name: character 3 is an underscore\)\n$/,
    ],
    [
      'a name that would be right in small letters',
      ['PULL_AGENT_ONYX', '-n', 'shop'],
      /^error: secrets "PULL_AGENT_ONYX" cannot exist \(no secret can have this name: character 1 is a capital; and there is no pod of this name; did you mean "pull-agent-onyx"\?\)\n$/,
    ],
    [
      'a workload whose name cannot be',
      ['deploy/Gateway_Sage', '-n', 'search'],
      /^error: deployments\.apps "Gateway_Sage" cannot exist \(no deployment can have this name: character 1 is a capital; did you mean "gateway-sage"\?\)\n$/,
    ],
    [
      'a token',
      ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '-n', 'shop'],
      /^error: secrets "\*{8}" cannot exist \(no secret can have this name: character 4 is an underscore; /,
    ],
    [
      'a long name that cannot be',
      ['A'.repeat(64), '-n', 'shop'],
      /^error: secrets "\*{8}" cannot exist /,
    ],
    [
      'a workload that is not there',
      ['deploy/gateway-saga', '-n', 'search'],
      /^Error from server \(NotFound\): deployments\.apps "gateway-saga" not found in namespace search \(did you mean "gateway-sage"\?\)\n$/,
    ],
    [
      'a type that is not there',
      ['foo/bar'],
      /^error: the server doesn't have a resource type "foo"\n$/,
    ],
  ];
  for (const [name, args, want] of errors) {
    it(`ends with 1 for ${name}`, async () => {
      const { code, out, err } = await command(...args);
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.match(err, want);
    });
  }

  for (const name of ['my_secret', 'secret/my_secret', 'pod/My-Pod', 'A'.repeat(64)]) {
    it(`does not ask a server for a name that cannot be: ${name}`, async () => {
      await command(name, '-n', 'shop');
      const own = name.slice(name.indexOf('/') + 1);
      assert.notEqual(server.requests.length, 0);
      for (const { path } of server.requests) assert.ok(!path.includes(own), path);
    });
  }

  for (const [name, args] of [
    ['a name with -A', ['regcred', '-A']],
    ['a name with a selector', ['regcred', '-l', 'a=b']],
    ['a name in several namespaces', ['regcred', '-n', 'a,b']],
    ['a selector that is none', ['-l', '=']],
    ['a format that is none', ['-o', 'xml']],
  ] as const) {
    it(`ends with 2 for ${name}`, async () => {
      assert.equal((await command(...args)).code, 2);
      assert.equal(server.requests.length, 0);
    });
  }

  const login = Buffer.from('alice:Can4ry-s3cr3t').toString('base64');
  const config = JSON.stringify({ auths: { 'quay.io': { auth: login } } }, null, 2);
  const encoded = Buffer.from(config).toString('base64');
  const yaml = `apiVersion: v1\nkind: Secret\ndata:\n  .dockerconfigjson: ${encoded}\ntype: kubernetes.io/x`;
  const pasted: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a config',
      [config],
      /^error: the argument is a docker config and not a name: \.\.\. \| kubectl imagepull decode -f -$/m,
    ],
    ['a config in base64', [encoded], /^error: the argument is a docker config/],
    [
      'base64 without padding',
      [encoded.replace(/=+$/, '')],
      /^error: the argument is a docker config/,
    ],
    ['base64 cut short', [encoded.slice(0, 40)], /^error: the argument is a docker config/],
    [
      'lines of base64, each a word',
      encoded.match(/.{1,76}/g) ?? [],
      /^error: argument 1 is a docker config/,
    ],
    ['a config after TYPE/', [`secret/${encoded}`], /^error: the argument is a docker config/],
    [
      'a config beside a name',
      ['secret', 'regcred', encoded],
      /^error: argument 3 is a docker config/,
    ],
    ['words of a config', config.split(/\s+/), /^error: argument 1 is a text and not a name/],
    [
      'a Secret',
      [yaml],
      /^error: the argument is a text and not a name; objects and docker configs are read with -f/,
    ],
    [
      'the auth of an entry',
      [login],
      /^error: the argument is base64 of a text and not a name; is it the auth field/,
    ],
    [
      'a long text',
      [`${login}.`.repeat(20)],
      /^error: the argument is not a name: it has 580 characters, 253 are allowed$/m,
    ],
  ];
  for (const [what, args, want] of pasted) {
    for (const verb of ['decode', 'describe', 'secrets', 'verify']) {
      it(`${verb}: sends nothing of ${what}, and does not repeat it`, async () => {
        const env = { KUBECONFIG: join(folder, 'config'), KUBECTL_IMAGEPULL_DEBUG: '1' };
        const world = testWorld({ now: NOW, env });
        assert.equal(await run([verb, ...args, '-n', 'shop'], world), 2);
        assert.equal(server.requests.length, 0);
        const said = world.outText() + world.errText();
        assert.match(said, want);
        for (const form of [login, encoded.slice(0, 20), 's3cr3t']) assert.ok(!said.includes(form));
      });
    }
  }

  it('decodes what is there beside a name that is not', async () => {
    const { code, out, err } = await command('pull-agent-onyx', 'nope', '-n', 'shop');
    assert.equal(code, 1);
    assert.match(out, /containers\.ravenhill\.example/);
    assert.match(err, /secrets "nope" not found/);
  });

  describe('without permission to read secrets', () => {
    beforeEach(() => {
      server.faults.push({
        resource: 'secrets',
        fault: { kind: 'status', code: 403, reason: 'Forbidden', message: FORBIDDEN },
      });
    });

    it('keeps the server’s words and says how to check', async () => {
      const { code, out, err } = await command('regcred', '-n', 'shop');
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.ok(
        err.startsWith(
          `Error from server (Forbidden): ${FORBIDDEN} (kubectl auth can-i get secrets/regcred -n shop`,
        ),
        err,
      );
    });

    it('names the secrets of a pod all the same', async () => {
      const { code, out, err } = await command('agent-onyx', '-n', 'shop');
      assert.equal(code, 1);
      assert.match(out, /^pull-agent-onyx .*not allowed$/m);
      assert.match(
        err,
        /^Not seen: not allowed to get secret shop\/pull-agent-onyx \(kubectl auth/,
      );
    });

    it('says what else can be done across the cluster', async () => {
      const { code, err } = await command('-A');
      assert.equal(code, 1);
      assert.match(
        err,
        /kubectl auth can-i list secrets -A.*; name the namespaces you may look at/,
      );
    });
  });

  it('shows the namespaces that may be looked at', async () => {
    server.faults.push({
      resource: 'secrets',
      namespace: 'edge',
      fault: { kind: 'status', code: 403, reason: 'Forbidden', message: FORBIDDEN },
    });
    const { code, out, err } = await command('-n', 'shop,edge');
    assert.equal(code, 0);
    assert.match(out, /pull-agent-onyx/);
    assert.match(err, /^Not seen: not allowed to list secrets in namespace edge/);
  });

  for (const [name, fault] of [
    ['500', { kind: 'status', code: 500, reason: 'InternalError', message: 'boom' }],
    ['a cut connection', { kind: 'cut' }],
    ['half an answer', { kind: 'cut in half' }],
    ['garbage', { kind: 'body', body: '<html>login</html>', type: 'text/html' }],
    ['another kind of JSON', { kind: 'body', body: '[1,2]' }],
  ] as const) {
    it(`says one line and ends with 1 when everything answers with ${name}`, async () => {
      server.faults.push({ fault });
      const { code, out, err } = await command('regcred', '-n', 'shop');
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.equal(err.trimEnd().split('\n').length, 1, err);
    });
  }

  it('ends after --request-timeout when the server is silent', async () => {
    server.faults.push({ fault: { kind: 'silence' } });
    const { code, err } = await command('regcred', '-n', 'shop', '--request-timeout', '300ms');
    assert.equal(code, 1);
    assert.equal(err.trimEnd().split('\n').length, 1, err);
  });
});

describe('decode of planted secrets', () => {
  /** Different words in each field, so that a leak tells where it comes from. */
  const planted: string[] = [];
  let server: ApiServer;
  let folder: string;

  function plant(where: string): string {
    const word = `Can4ry?${where}-${'XyZ>~'.repeat(4)}${where}End`;
    planted.push(word);
    return word;
  }

  const base64 = (text: string) => Buffer.from(text).toString('base64');

  function secret(name: string, content: string, type = 'dockerconfigjson') {
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name,
        namespace: 'shop',
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
            data: { '.dockerconfigjson': base64(content) },
            stringData: { password: plant('applied') },
          }),
        },
        managedFields: [{ manager: plant('manager'), time: '2026-11-21T03:00:00Z' }],
      },
      type: type === 'Opaque' ? type : `kubernetes.io/${type}`,
      data: { [`.${type}`]: base64(content), password: base64(plant('data')) },
    };
  }

  function auths(entries: object, more: object = {}): string {
    return JSON.stringify({ auths: entries, ...more });
  }

  function secrets() {
    const [user, shared] = [plant('user'), plant('shared')];
    const broken = auths({ 'quay.io': { auth: base64(plant('nocolon')) } });
    return [
      secret(
        'full',
        auths(
          {
            'us.icr.io': {
              username: 'alice',
              password: plant('password'),
              auth: base64(`alice:${plant('auth')}`),
              email: plant('email'),
              identitytoken: plant('identity'),
              registrytoken: plant('registrytoken'),
              other: plant('other'),
            },
            [`https://bob:${plant('keypassword')}@quay.io/v1/`]: {
              auth: base64(`bob:${plant('second')}`),
            },
            'registry.digitalocean.com': { auth: base64(`${shared}:${shared}`) },
            'ghcr.io': { username: `alice:${user}`, password: user },
            'docker.io': { username: 'iamapikey', password: `Bearer ${plant('bearer')}\n` },
            'a.example': { username: base64(`x:${plant('pasted')}`), password: '' },
          },
          { HttpHeaders: { Authorization: plant('header') }, credsStore: 'desktop' },
        ),
      ),
      secret('nocolon', broken),
      secret('nobase64', auths({ 'quay.io': { auth: plant('nobase64') } })),
      secret('noauths', JSON.stringify({ 'quay.io': { auth: base64(`a:${plant('noauths')}`) } })),
      secret('wrongshape', auths({ 'quay.io': { password: [plant('list')] } })),
      secret('nojson', `{"auths": ${plant('nojson')}`),
      secret('plain', plant('plain')),
      secret('twice', base64(auths({ 'quay.io': { password: plant('twice') } }))),
      secret('opaque', auths({ 'quay.io': { password: plant('opaque') } }), 'Opaque'),
      secret(
        'cfg',
        JSON.stringify({ 'quay.io': { auth: base64(`a:${plant('cfg')}`) } }),
        'dockercfg',
      ),
    ];
  }

  /** What must not be seen of a text: itself, encoded in three ways, and its halves. */
  function forms(word: string): string[] {
    const half = Math.floor(word.length / 2);
    const encoded = base64(word).replace(/=+$/, '');
    return [
      ...[word, word.slice(0, half), word.slice(half)],
      ...[encodeURIComponent(word), JSON.stringify(word).slice(1, -1)],
      ...[encoded, Buffer.from(word).toString('base64url')],
      // Base64 of a text with something before it, whatever its length.
      ...[1, 2].map((n) => base64(word.slice(n)).slice(0, 24)),
      base64(encoded).slice(0, 24),
    ];
  }

  const POD = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      containers: [{ name: 'web', image: 'quay.io/a' }],
      imagePullSecrets: ['full', 'nocolon', 'gone'].map((name) => ({ name })),
    },
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'imagepull-'));
    const dump = join(folder, 'dump');
    mkdirSync(dump);
    const items = secrets();
    writeFileSync(
      join(dump, 'x-secrets.json'),
      JSON.stringify({ kind: 'SecretList', apiVersion: 'v1', items }),
    );
    writeFileSync(
      join(dump, 'x-pods.json'),
      JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items: [POD] }),
    );
    for (const { metadata, type, data } of items) {
      const content = Object.entries(data).find(([key]) => key.startsWith('.'))?.[1] ?? '';
      if (type === 'Opaque') continue;
      writeFileSync(join(folder, metadata.name), Buffer.from(content, 'base64'));
      writeFileSync(join(folder, `${metadata.name}.b64`), content);
      writeFileSync(join(folder, `${metadata.name}.cut`), content.slice(0, 41));
    }
    server = await startApiServer({ dumps: [dump] });
    server.writeKubeconfig(join(folder, 'config'));
  });

  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  async function command(...args: string[]): Promise<string> {
    const env = { KUBECONFIG: join(folder, 'config'), KUBECTL_IMAGEPULL_DEBUG: '1' };
    const world = testWorld({ now: NOW, cwd: folder, env });
    await run(['decode', ...args], world);
    return world.outText() + world.errText();
  }

  const NAMES = [
    'full',
    'nocolon',
    'nobase64',
    'noauths',
    'wrongshape',
    'nojson',
    'plain',
    'twice',
  ];
  const FORMATS = ['table', 'wide', 'json', 'yaml', 'name', 'dockerconfigjson'];
  const lines: readonly string[][] = [
    ...FORMATS.flatMap((format) => {
      const output = format === 'table' ? [] : ['-o', format];
      return [
        [...NAMES, 'opaque', 'cfg', '-n', 'shop', ...output],
        ['pod/web', '-n', 'shop', ...output],
        ['-A', ...output, '-v', '9'],
        ['-f', 'dump', ...output],
        ['web', '-f', 'dump', ...output],
        ...[...NAMES, 'cfg'].flatMap((name) => [
          ['-f', name, ...output],
          ['-f', `${name}.b64`, ...output],
          ['-f', `${name}.cut`, ...output],
        ]),
      ];
    }),
    ['full', '-n', 'shop', '-v', '8'],
    ['full', '-f', 'full'],
    ['fulll', '-n', 'shop', '-v', '9'],
  ];

  it('shows none of them without --show-secrets', async () => {
    const wanted = [...new Set(planted)].flatMap(forms);
    let told = 0;
    for (const line of lines) {
      const said = await command(...line);
      told += said.length;
      for (const form of wanted) {
        assert.ok(!said.includes(form), `${line.join(' ')} shows ${form}`);
      }
    }
    // A command that says nothing proves nothing.
    assert.ok(told > 100_000, `${told} characters`);
  });

  it('shows none of them where the server answers with half a secret', async () => {
    server.faults.push({ fault: { kind: 'cut in half' } });
    const said = await command('full', '-n', 'shop', '-v', '9');
    server.faults.length = 0;
    assert.match(said, /Unable to connect|error/i);
    for (const form of planted.flatMap(forms)) assert.ok(!said.includes(form), form);
  });

  it('shows passwords and tokens with it, in every format', async () => {
    const find = (where: string) => planted.find((word) => word.includes(`?${where}-`)) ?? '';
    for (const format of ['wide', 'json', 'yaml', 'dockerconfigjson']) {
      const said = await command('full', '-n', 'shop', '--show-secrets', '-o', format);
      for (const where of ['auth', 'second', 'keypassword', 'identity', 'shared', 'bearer']) {
        assert.ok(said.includes(find(where)), `${format} does not show ${where}`);
      }
    }
    assert.ok((await command('nojson', '-n', 'shop', '--show-secrets')).includes(find('nojson')));
    assert.ok((await command('-f', 'cfg.b64', '--show-secrets')).includes(find('cfg')));
  });
});
