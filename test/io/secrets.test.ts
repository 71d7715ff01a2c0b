/** `secrets` against a local API server: what is asked for, missing rights, rotations, IBM Cloud, and no leak. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import type { FaultRule } from '../rig/api-faults.ts';
import { type ApiServer, dumpFiles, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '../dumps');
const NOW = Date.parse('2026-11-21T04:00:00Z');
const DOCKER = 'kubernetes.io/dockerconfigjson';

type Entry = Readonly<Record<string, unknown>>;

function config(auths: Readonly<Record<string, Entry>>): string {
  return Buffer.from(JSON.stringify({ auths })).toString('base64');
}

function login(username: string, password: string): Entry {
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  return { username, password, auth };
}

describe('secrets against an API server', () => {
  let folder: TempFolder;
  let server: ApiServer;

  before(() => {
    folder = tempFolder();
  });
  afterEach(() => server.close());
  after(() => folder.remove());

  async function serve(...dumps: string[]): Promise<void> {
    server = await startApiServer({
      dumps: dumps.length > 0 ? dumps : dumpFiles(DUMPS, 'modern'),
    });
    server.writeKubeconfig(join(folder.path, 'config'));
  }

  /** A cluster with nodes and nothing else. */
  const serveEmpty = () => serve(join(DUMPS, 'modern-nodes.json'));

  async function command(...args: string[]) {
    const env = {
      KUBECONFIG: join(folder.path, 'config'),
      KUBECTL_IMAGEPULL_FINGERPRINT_KEY: 'for this test',
    };
    const world = testWorld({ now: NOW, env });
    const code = await run(['secrets', ...args], world);
    return { code, out: world.outText(), err: world.errText() };
  }

  async function json<T>(...args: string[]): Promise<T> {
    return JSON.parse((await command(...args, '-o', 'json')).out) as T;
  }

  const asked = () => server.requests.map((r) => r.path);

  function addSecret(
    namespace: string,
    name: string,
    auths: Readonly<Record<string, Entry>>,
    more: Readonly<Record<string, unknown>> = {},
  ): void {
    server.changes.set('secrets', {
      metadata: {
        namespace,
        name,
        uid: `${namespace}-${name}`,
        creationTimestamp: '2026-11-20T04:00:00Z',
      },
      data: { '.dockerconfigjson': config(auths) },
      type: DOCKER,
      ...more,
    });
  }

  function addPod(namespace: string, name: string, image: string, pullSecrets: string[]): void {
    const message = `Failed to pull image "${image}": unexpected status from HEAD request: 401 Unauthorized`;
    server.changes.set('pods', {
      metadata: {
        namespace,
        name,
        uid: `${namespace}-${name}`,
        creationTimestamp: '2026-11-21T03:00:00Z',
      },
      spec: {
        serviceAccountName: 'default',
        containers: [{ name: 'web', image }],
        imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })),
      },
      status: {
        phase: 'Pending',
        containerStatuses: [
          { name: 'web', image, state: { waiting: { reason: 'ErrImagePull', message } } },
        ],
      },
    });
  }

  function addAccount(namespace: string, name: string, pullSecrets: string[]): void {
    server.changes.set('serviceaccounts', {
      metadata: { namespace, name, uid: `${namespace}-${name}` },
      ...(pullSecrets.length > 0 && {
        imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })),
      }),
    });
  }

  describe('the list', () => {
    it('asks for the two docker types, and by name only for what is referred to and not among them', async () => {
      await serve();
      const { code, out } = await command('-n', 'billing');
      assert.equal(code, 0);
      assert.match(out, /^pull-proxy-tarn\s.*expired: the credential for cr\.riverhill\.example/m);
      assert.match(out, /^regcred-87bb\s.*missing: it does not exist in this namespace/m);
      assert.deepEqual(
        asked()
          .filter((path) => path.includes('/secrets'))
          .sort(),
        [
          '/api/v1/namespaces/billing/secrets/regcred-87bb',
          '/api/v1/namespaces/billing/secrets?limit=500&fieldSelector=type=kubernetes.io/dockercfg',
          '/api/v1/namespaces/billing/secrets?limit=500&fieldSelector=type=kubernetes.io/dockerconfigjson',
        ],
      );
    });

    it('sees a wrong type, an impossible name and who uses what', async () => {
      await serveEmpty();
      addSecret('shop', 'opaque', { 'r.example': login('u', 'p') }, { type: 'Opaque' });
      addSecret('shop', 'my-cred', { 'r.example': login('u', 'p') });
      addAccount('shop', 'default', ['my-cred', 'my_cred']);
      addPod('shop', 'web-1', 'r.example/app:1', ['opaque']);
      const { out } = await command('--exit-code');
      assert.match(out, /^opaque\s.*1 pod\s.*wrong type: /m);
      assert.match(out, /^my_cred\s.*sa\/default\s.*missing: .*underscore.*my-cred could/m);
      assert.match(out, /^my-cred\s.*sa\/default\s.*ok$/m);
      assert.match(
        out,
        /^shop\s+r\.example\s+1\s+web-1\s+secret my-cred is for it, but the pods do not list it/m,
      );
      assert.equal((await command('--exit-code')).code, 3);
    });

    it('-A groups equal secrets and tells of a rotation that is half done', async () => {
      await serveEmpty();
      for (let n = 0; n < 20; n++) {
        const old = n >= 17;
        addSecret(
          `ns-${n}`,
          'regcred',
          { 'r.example': login('bot', old ? 'old' : 'new') },
          {
            metadata: {
              namespace: `ns-${n}`,
              name: 'regcred',
              creationTimestamp: old ? '2026-01-01T00:00:00Z' : '2026-11-01T00:00:00Z',
            },
          },
        );
        addAccount(`ns-${n}`, 'default', ['regcred']);
      }
      const { out } = await command('-A');
      assert.match(out, /^17 namespaces\s+regcred\s/m);
      assert.match(out, /^3 namespaces\s+regcred\s/m);
      assert.match(out, /^regcred: 17 alike, 3 older: ns-17, ns-18, ns-19$/m);
      assert.equal(out.match(/regcred /g)?.length, 2);
      const wide = await command('-A', '-o', 'wide');
      assert.equal(wide.out.match(/^ns-\d+\s+regcred /gm)?.length, 20);
      assert.equal((await command('-A')).out, out, 'the key of the environment keeps fingerprints');
    });

    const filters: readonly (readonly [string[], string[]])[] = [
      [
        ['--registry', 'us.icr.io'],
        ['all', 'wild'],
      ],
      [['--registry', 'docker.io'], ['hub']],
      [['--registry', 'r.example:5000'], ['port']],
      [['--status', 'malformed'], ['bad']],
      [
        ['--status', 'malformed,unused'],
        ['all', 'bad', 'hub', 'port', 'wild'],
      ],
    ];
    for (const [flags, names] of filters) {
      it(`${flags.join(' ')} leaves ${names.join(', ')}`, async () => {
        await serveEmpty();
        addSecret('shop', 'all', { 'us.icr.io': login('iamapikey', 'k'.repeat(44)) });
        addSecret('shop', 'wild', { '*.icr.io': login('iamapikey', 'k'.repeat(44)) });
        addSecret('shop', 'hub', { 'https://index.docker.io/v1/': login('me', 'secret') });
        addSecret('shop', 'port', { 'r.example:5000': login('me', 'secret') });
        addSecret('shop', 'bad', { 'b.example': { auth: 'bm9jb2xvbg==' } });
        const { out } = await command(...flags, '-o', 'name');
        assert.deepEqual(
          out.trim().split('\n').sort(),
          names.map((name) => `secret/${name}`),
        );
      });
    }

    it('--expiring leaves what has ended or ends within that time', async () => {
      await serveEmpty();
      const jwt = (seconds: number) =>
        `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify({ exp: NOW / 1000 + seconds })).toString('base64url')}.c2ln`;
      addSecret('shop', 'over', { 'r.example': login('x', jwt(-60)) });
      addSecret('shop', 'soon', { 'r.example': login('x', jwt(3600)) });
      addSecret('shop', 'later', { 'r.example': login('x', jwt(400_000)) });
      const { code, out } = await command('--expiring', '24h', '--exit-code');
      assert.equal(code, 3);
      assert.match(out, /^over\s.*60s ago.*expired/m);
      assert.match(out, /^soon\s.*in 60m.*expires soon/m);
      assert.doesNotMatch(out, /^later/m);
    });

    it('of saved objects says the same as of the server', async () => {
      await serve();
      const files = dumpFiles(DUMPS, 'modern')
        .filter((file) => !file.includes('events'))
        .flatMap((file) => ['-f', file]);
      const live = (await command('-n', 'edge', '--status', 'ok,suspicious,unused')).out;
      const saved = (await command('-n', 'edge', '--status', 'ok,suspicious,unused', ...files)).out;
      assert.equal(saved, live);
    });
  });

  describe('without rights', () => {
    const refuse = (more: Partial<FaultRule>): FaultRule => ({
      fault: { kind: 'status', code: 403, reason: 'Forbidden', message: 'not for you' },
      ...more,
    });

    it('to read Secrets: the names that are referred to, as not allowed', async () => {
      await serve();
      server.faults.push(refuse({ resource: 'secrets' }));
      const { code, out, err } = await command(
        ...['-n', 'billing', '--status', 'not-allowed', '--exit-code'],
      );
      assert.match(out, /^pull-gateway-river\s.*1 pod\s.*not allowed: not allowed to get secret/m);
      assert.match(out, /^registry-indexer-sable-1\s.*sa\/sa-indexer-sable\s.*not allowed/m);
      assert.match(
        err,
        /^Not seen: not allowed to list secrets in namespace billing \(kubectl auth can-i/m,
      );
      assert.equal(code, 4);
    });

    it('to list Secrets, but to get them: they are read by name', async () => {
      await serve();
      server.faults.push(refuse({ resource: 'secrets', verb: 'list' }));
      const { out, err } = await command('-n', 'billing');
      assert.match(out, /^pull-gateway-river\s.*index\.docker\.io\s+alice\s.*ok$/m);
      assert.match(err, /not allowed to list secrets/);
    });

    it('to list pods: nothing is called unused', async () => {
      await serve();
      server.faults.push(refuse({ resource: 'pods' }));
      const { out, err } = await command('-n', 'edge');
      assert.match(out, /^regcred-cache-fern\s.*<unknown>\s.*ok$/m);
      assert.match(err, /Not seen: not allowed to list pods in namespace edge/);
    });

    it('to list the cluster: every namespace is asked', async () => {
      await serve();
      for (const name of ['billing', 'edge']) {
        server.changes.set('namespaces', { metadata: { name } });
      }
      server.faults.push(refuse({ namespace: '', resource: 'secrets' }));
      server.faults.push(refuse({ namespace: '', resource: 'pods' }));
      server.faults.push(refuse({ namespace: 'edge', resource: 'secrets', verb: 'list' }));
      const { out, err } = await command('-A', '-o', 'wide');
      assert.match(out, /^billing\s+pull-gateway-river\s/m);
      assert.match(err, /^Not seen: not allowed to list secrets in namespace edge/m);
      assert.doesNotMatch(err, /namespace billing/);
    });

    it('to read Secrets: a pod is still told its list, and that nothing can be said', async () => {
      await serve();
      server.faults.push(refuse({ resource: 'secrets' }));
      const { code, out } = await command('agent-onyx', '-n', 'shop', '--exit-code');
      assert.match(out, /pull secrets pull-agent-onyx/);
      assert.match(out, /^-\s+pull-agent-onyx\s.*not allowed to get secret shop\/pull-agent-onyx/m);
      assert.match(
        out,
        /^\?\s.*anonymous\s.*only where pull-agent-onyx, which could not be looked at/m,
      );
      assert.equal(code, 4);
    });
  });

  describe('of a pod', () => {
    it("the kubelet's order, and why the others are not tried", async () => {
      await serveEmpty();
      addSecret('shop', 'one', {
        '*.icr.io': login('iamapikey', 'w'.repeat(44)),
        'de.icr.io': login('iamapikey', 'd'.repeat(44)),
      });
      addSecret('shop', 'two', {
        'us.icr.io/team': login('iamapikey', 'p'.repeat(44)),
        'us.icr.io:443': login('iamapikey', 'q'.repeat(44)),
      });
      addAccount('shop', 'default', ['one', 'two']);
      addPod('shop', 'web', 'us.icr.io/team/app:1', ['one', 'two']);
      const { out } = await command('web', '-n', 'shop');
      assert.match(out, /^web: pull secrets one, two \(from ServiceAccount default\)$/m);
      const rows = out.split('\n').filter((line) => /^[-\d?]\s/.test(line));
      assert.match(rows[0] ?? '', /^1\s+two\s+us\.icr\.io\/team\s+iamapikey\s.*matches$/);
      assert.match(rows[1] ?? '', /^2\s+one\s+\*\.icr\.io\s.*matches$/);
      assert.match(rows[2] ?? '', /^-\s+two\s+us\.icr\.io:443\s.*port/);
      assert.match(rows[3] ?? '', /^-\s+one\s+de\.icr\.io\s.*region eu-de/);
      assert.match(rows[4] ?? '', /^\?\s+<node>\s.*worker nodes of IBM Cloud/);
      assert.match(rows[5] ?? '', /^-\s.*anonymous\s.*never tried, since a pull secret matches$/);
      assert.equal(
        (await command('web', '-n', 'shop', '-o', 'name')).out,
        'secret/two\nsecret/one\n',
      );
    });

    it('a broken secret stops every pull', async () => {
      await serve();
      const { code, out } = await command('deploy/proxy-juniper', '-n', 'platform', '--exit-code');
      assert.match(
        out,
        /the kubelet cannot read it: entry repo\.riverfield\.example: unable to parse auth field/,
      );
      assert.match(out, /pulls nothing for this pod while secret creds-proxy-juniper is broken/);
      assert.equal(code, 3);
    });

    it('a list attached too late, and the copy in another namespace', async () => {
      await serveEmpty();
      addAccount('shop', 'default', ['regcred']);
      addPod('shop', 'web', 'r.example/app:1', []);
      addPod('shop', 'api', 'r.example/app:1', ['regcred']);
      addSecret('prod', 'regcred', { 'r.example': login('u', 'p') });
      const late = (await command('web', '-n', 'shop')).out;
      assert.match(late, /the list is copied when a pod is created/);
      assert.match(
        late,
        /no pull secret of this namespace is for r\.example; elsewhere prod\/regcred is/,
      );
      const missing = (await command('api', '-n', 'shop')).out;
      assert.match(
        missing,
        /namespace prod has a secret regcred, but a pod uses only those of its own namespace/,
      );
      assert.match(
        missing,
        /kubectl create secret generic regcred -n shop --type=kubernetes\.io\/dockerconfigjson/,
      );
    });

    it('a secret that is newer than the last attempt', async () => {
      await serveEmpty();
      addPod('shop', 'web', 'r.example/app:1', ['regcred']);
      server.changes.set('events', {
        metadata: { namespace: 'shop', name: 'web.1' },
        involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web', uid: 'shop-web' },
        reason: 'Pulling',
        message: 'Pulling image "r.example/app:1"',
        lastTimestamp: '2026-11-20T03:00:00Z',
      });
      addSecret('shop', 'regcred', { 'r.example': login('u', 'p') });
      const { out } = await command('web', '-n', 'shop');
      assert.match(out, /secret regcred was written after the last attempt: the next one/);
    });

    it('replicas once, and no owner of other pods is asked for', async () => {
      await serve();
      const { out } = await command('deploy/notifier-opal', '-n', 'billing');
      assert.match(out, /^notifier-opal-/m);
      const single = asked().filter((path) =>
        /deployments\/|daemonsets\/|statefulsets\//.test(path),
      );
      assert.deepEqual(single, []);
    });

    it('a type without pods is wrong usage', async () => {
      await serve();
      const { code, err } = await command('secret/regcred', '-n', 'billing');
      assert.equal(code, 2);
      assert.match(err, /kubectl imagepull decode looks into one/);
    });
  });

  describe('on IBM Cloud', () => {
    const key = 'k'.repeat(44);

    async function serveIbm(): Promise<void> {
      await serveEmpty();
      addPod('shop', 'web', 'de.icr.io/team/app:1', []);
      addAccount('shop', 'default', []);
    }

    it('the secret of namespace default, and how it gets here', async () => {
      await serveIbm();
      addSecret('default', 'all-icr-io', {
        'icr.io': login('iamapikey', key),
        'de.icr.io': login('iamapikey', key),
      });
      for (const args of [
        ['-n', 'shop'],
        ['web', '-n', 'shop'],
      ]) {
        const { out } = await command(...args);
        assert.match(out, /elsewhere default\/all-icr-io is/);
        assert.match(
          out,
          /--from-file=\.dockerconfigjson=<\(kubectl get secret all-icr-io -n default -o go-template=/,
        );
        assert.match(
          out,
          /kubectl patch serviceaccount default -n shop .*\/imagePullSecrets.*all-icr-io/,
        );
        assert.ok(!out.includes(key));
      }
    });

    it('only secrets for another region, or none', async () => {
      await serveIbm();
      addSecret('default', 'default-us-icr-io', { 'us.icr.io': login('iamapikey', key) });
      assert.match(
        (await command('web', '-n', 'shop')).out,
        /default-us-icr-io in namespace default is not for de\.icr\.io/,
      );
      await server.close();
      await serveIbm();
      assert.match(
        (await command('web', '-n', 'shop')).out,
        /ibmcloud ks cluster pull-secret apply/,
      );
    });
  });

  describe('never shows a secret', () => {
    const CANARY = 'C4nary-pa55word/with+signs%and-length';
    const halves = [CANARY.slice(0, 18), CANARY.slice(18)];
    const traces = [
      CANARY,
      ...halves,
      encodeURIComponent(CANARY),
      ...[CANARY, `bot:${CANARY}`, `${CANARY}:x`].map((text) =>
        Buffer.from(text).toString('base64').slice(0, 40),
      ),
    ];

    async function serveCanaries(): Promise<void> {
      await serveEmpty();
      addSecret('shop', 'good', { 'r.example': login('bot', CANARY) });
      addSecret('shop', 'as-user', { 'r.example': login(CANARY, CANARY) });
      addSecret('shop', 'pasted', { 'r.example': login(`bot:${CANARY}`, CANARY) });
      addSecret('shop', 'in-key', { [`https://bot:${CANARY}@r.example`]: login('bot', CANARY) });
      addSecret('shop', 'bad-auth', { 'r.example': { auth: `${CANARY}!` } });
      addSecret('shop', 'wrong-shape', { 'r.example': { username: 'bot', password: [CANARY] } });
      addSecret('shop', 'opaque', { 'r.example': login('bot', CANARY) }, { type: 'Opaque' });
      const broken = Buffer.from(`{"auths":{"r.example":{"password":"${CANARY}"`).toString(
        'base64',
      );
      addSecret('shop', 'no-json', {}, { data: { '.dockerconfigjson': broken } });
      addSecret(
        'shop',
        'applied',
        { 'r.example': login('bot', CANARY) },
        {
          metadata: {
            namespace: 'shop',
            name: 'applied',
            annotations: { 'kubectl.kubernetes.io/last-applied-configuration': CANARY },
          },
        },
      );
      const all = ['good', 'as-user', 'pasted', 'in-key', 'opaque', 'applied', 'wrong-shape'];
      addPod('shop', 'web', 'r.example/app:1', all);
      addPod('shop', 'bad', 'q.example/app:1', ['good', 'in-key', 'bad-auth', 'no-json']);
    }

    for (const args of [
      ['-n', 'shop'],
      ['-n', 'shop', '-v', '9'],
      ['-A', '-o', 'wide'],
      ['web', '-n', 'shop', '-v', '9'],
      ['bad', '-n', 'shop', '-o', 'wide'],
      ['pods', '-n', 'shop'],
    ]) {
      it(args.join(' '), async () => {
        await serveCanaries();
        for (const format of [[], ['-o', 'json'], ['-o', 'yaml'], ['-o', 'name']]) {
          const { out, err } = await command(...args, ...format);
          // Of a pod with a broken secret none is used.
          assert.ok(out.length > 0 || format.includes('name'));
          for (const trace of traces) {
            assert.ok(!out.includes(trace), `output holds ${trace}:\n${out}`);
            assert.ok(!err.includes(trace), `errors hold ${trace}:\n${err}`);
          }
        }
      });
    }

    it('nor where the server answers with half a Secret', async () => {
      await serveEmpty();
      const body = `{"kind":"SecretList","items":[{"metadata":{"name":"x"},"data":{"a":"${CANARY}`;
      server.faults.push({ resource: 'secrets', fault: { kind: 'body', body } });
      const { out, err } = await command('-n', 'shop', '-v', '9');
      assert.ok(!(out + err).includes(halves[0] ?? ''), err);
    });
  });

  it('json tells what the table tells', async () => {
    await serve();
    const list = await json<{ kind: string; items: { name: string; status: string }[] }>(
      '-n',
      'shop',
    );
    assert.equal(list.kind, 'PullSecretList');
    assert.equal(
      list.items.find(({ name }) => name === 'docker-api-violet')?.status,
      'no credentials',
    );
  });
});
