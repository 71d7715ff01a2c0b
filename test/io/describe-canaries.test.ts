/** Nothing of what stands in a pull secret may leave `describe`, whatever is asked and whatever goes wrong. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import type { Fault } from '../rig/api-faults.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { testWorld } from '../rig/world.ts';

const DUMPS = join(import.meta.dirname, '..', 'dumps');
const NOW = Date.parse('2026-11-21T04:00:00Z');

const planted: string[] = [];

/** A text that stands nowhere else, with characters that URLs and base64 change. */
function canary(place: string): string {
  const text = `${place}+Kn/8q%Zx${planted.length}Vw=73`;
  planted.push(text);
  return text;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Every form in which a text could leak; base64 at each of the three offsets it can have in a longer text. */
function formsOf(text: string): string[] {
  const half = Math.ceil(text.length / 2);
  const shifted = ['', 'x', 'xx'].map((lead) =>
    base64(lead + text)
      .replace(/=+$/, '')
      .slice(lead.length === 0 ? 0 : 4, -2),
  );
  const encoded = [encodeURIComponent(text), encodeURI(text)];
  return [text, text.slice(0, half), text.slice(half), ...shifted, ...encoded];
}

interface ApiSecret {
  metadata: { name: string; namespace: string; annotations?: Record<string, string> };
  type: string;
  data: Record<string, string>;
}

function config(text: string): Record<string, string> {
  return { '.dockerconfigjson': base64(text) };
}

function login(place: string) {
  const [username, password] = [`dop_v1_${canary(`${place}User`)}`, canary(`${place}Pass`)];
  return { username, password, auth: base64(`${username}:${password}`) };
}

/** By the name of a captured secret: what stands in it instead. */
const CONTENTS: Readonly<Record<string, () => Record<string, string>>> = {
  // Sent and refused, with a password in the key too.
  'registry-worker-amber': () => {
    const user = encodeURIComponent(canary('keyUser'));
    const password = encodeURIComponent(canary('keyPass'));
    const entries = {
      [`https://${user}:${password}@repo.micabank.example`]: login('amber'),
      'repo.micabank.example/payments': { ...login('amberPath'), identitytoken: canary('idToken') },
    };
    const HttpHeaders = { Authorization: canary('header') };
    return config(JSON.stringify({ auths: entries, HttpHeaders }));
  },
  // For another host, with a broken password in the key.
  'pull-agent-onyx': () =>
    config(
      JSON.stringify({
        auths: { [`u:${canary('brokenKey')}@quay.junipercrest.example`]: login('onyx') },
      }),
    ),
  // No colon, no base64, no JSON: each stops the pod.
  'creds-proxy-juniper': () =>
    config(JSON.stringify({ auths: { 'a.example': { auth: base64(canary('noColon')) } } })),
  'creds-gateway-sage': () =>
    config(JSON.stringify({ auths: { 'a.example': { auth: `alice:${canary('noBase64')}` } } })),
  'docker-api-violet': () => config(`alice:${canary('noJson')}`),
  'creds-proxy-oak': () =>
    config(JSON.stringify({ auths: { 'registry.oakcrest.example': login('oak') } })),
  'registry-gateway-maple': () =>
    config(JSON.stringify({ auths: { x: { password: [canary('shape')] } } })),
  'pull-proxy-tarn': () => ({
    password: base64(canary('otherKey')),
    'config.json': base64(canary('file')),
  }),
};

const PODS = [
  ['worker-amber', 'search'],
  ['agent-onyx', 'shop'],
  ['proxy-juniper-649946c478-kjj68', 'platform'],
  ['gateway-sage-f6f89586-7t6j5', 'search'],
  ['api-violet', 'shop'],
  ['proxy-oak', 'platform'],
  ['gateway-maple', 'search'],
  ['proxy-tarn', 'billing'],
] as const;

function plant(path: string): void {
  const list = JSON.parse(readFileSync(path, 'utf8')) as { items: ApiSecret[] };
  for (const secret of list.items) {
    const content = CONTENTS[secret.metadata.name];
    if (!content) continue;
    secret.data = content();
    const applied = { stringData: { '.dockerconfigjson': canary('applied') }, data: secret.data };
    secret.metadata.annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied),
    };
  }
  writeFileSync(path, JSON.stringify(list));
}

describe('describe lets nothing of a secret out', () => {
  let server: ApiServer;
  let folder: string;
  const files: string[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'imagepull-'));
    for (const kind of ['pods', 'events', 'secrets', 'serviceaccounts', 'nodes']) {
      const path = join(folder, `modern-${kind}.json`);
      writeFileSync(path, readFileSync(join(DUMPS, `modern-${kind}.json`)));
      files.push(path);
    }
    plant(join(folder, 'modern-secrets.json'));
    server = await startApiServer({ dumps: files });
    server.writeKubeconfig(join(folder, 'config'));
  });

  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  beforeEach(() => {
    server.faults.length = 0;
  });

  async function said(...args: string[]): Promise<string> {
    const world = testWorld({ now: NOW, env: { KUBECONFIG: join(folder, 'config') } });
    await run(args, world);
    return `${world.outText()}\n${world.errText()}`;
  }

  function assertSilent(text: string): void {
    const leaked = planted.filter((c) => formsOf(c).some((form) => text.includes(form)));
    assert.deepEqual(leaked, []);
  }

  it('has something to find: what the server hands out is full of it', () => {
    const text = readFileSync(join(folder, 'modern-secrets.json'), 'utf8');
    const decoded = text.replaceAll(/[A-Za-z0-9+/]{40,}={0,2}/g, (match) =>
      Buffer.from(match, 'base64').toString(),
    );
    const found = planted.filter((c) => formsOf(c).some((form) => (text + decoded).includes(form)));
    assert.equal(found.length, planted.length);
    assert.ok(planted.length >= 20);
  });

  const outputs = [
    [],
    ['-o', 'wide'],
    ['-o', 'json'],
    ['-o', 'yaml'],
    ['-o', 'name'],
    ['--exit-code'],
    ['-v', '8'],
    ['-v', '9'],
    ['-v', '10'],
  ];
  for (const output of outputs) {
    it(`describe POD ${output.join(' ')}`, async () => {
      for (const [pod, namespace] of PODS) {
        const text = await said('describe', pod, '-n', namespace, ...output);
        assert.ok(text.includes(pod));
        assertSilent(text);
      }
    });

    it(`describe -A ${output.join(' ')}, of a cluster and of files`, async () => {
      assertSilent(await said('describe', '-A', ...output));
      const named = files.flatMap((file) => ['-f', file]);
      assertSilent(await said('describe', '-A', ...output, ...named));
    });
  }

  it('tells what is wrong with each of them all the same', async () => {
    const text = await said('describe', 'worker-amber', '-n', 'search');
    assert.match(text, /secret registry-worker-amber entry/);
    assert.match(
      await said('describe', 'gateway-sage-f6f89586-7t6j5', '-n', 'search'),
      /not base64/,
    );
  });

  it('when the answer with the secret cannot be read', async () => {
    const secrets = readFileSync(join(folder, 'modern-secrets.json'), 'utf8');
    const { items } = JSON.parse(secrets) as { items: ApiSecret[] };
    const amber = items.find((s) => s.metadata.name === 'registry-worker-amber');
    const half = JSON.stringify(amber).slice(0, -40);
    const faults: Fault[] = [
      { kind: 'cut in half' },
      { kind: 'body', body: half },
      { kind: 'body', body: `<html>${half}`, type: 'text/html' },
      { kind: 'body', code: 500, body: half },
    ];
    for (const fault of faults) {
      for (const verbosity of ['0', '9']) {
        server.faults.length = 0;
        server.faults.push({ resource: 'secrets', fault });
        assertSilent(await said('describe', 'worker-amber', '-n', 'search', '-v', verbosity));
      }
    }
  });

  it('when a file with the secret cannot be read', async () => {
    const whole = readFileSync(join(folder, 'modern-secrets.json'), 'utf8');
    const bad = join(folder, 'bad.json');
    const texts = [
      whole.slice(0, -20),
      whole.replace('"data"', 'data'),
      whole.replaceAll('"kubernetes.io/dockerconfigjson"', '"kubernetes.io/dockerconfigjson'),
      whole.replaceAll('{', '{\n').replace('"items"', '\titems: ['),
    ];
    for (const text of texts) {
      writeFileSync(bad, text);
      const others = files.filter((f) => !f.includes('secrets')).flatMap((f) => ['-f', f]);
      assertSilent(await said('describe', '-A', ...others, '-f', bad));
      assertSilent(await said('describe', '-A', '-f', bad));
    }
  });
});
