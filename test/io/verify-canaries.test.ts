/** Nothing of a credential leaves `verify`: not of pull secrets, not of one's own, not by way of what a registry says. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { Canaries } from '../rig/canaries.ts';
import { startServer, type TestServer } from '../rig/registry-hostile.ts';
import { echo, startTelltales, type Telltale, type Telltales } from '../rig/telltales.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const canaries = new Canaries();
const CA = join(import.meta.dirname, '../rig/certs/ca.crt');

const STDIN = canaries.plant('stdin');

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function entry(place: string) {
  const password = canaries.plant(place);
  return { username: 'alice', password, auth: base64(`alice:${password}`) };
}

const OUTPUTS = [
  [],
  ['-o', 'wide'],
  ['-o', 'json'],
  ['-o', 'yaml'],
  ['-o', 'name'],
  ['-o', 'junit'],
  ['-v', '9'],
];

describe('verify lets nothing of a credential out', function () {
  this.timeout(20_000);
  let folder: TempFolder;
  let api: ApiServer;
  let registry: TestServer;
  let told: Telltales;
  let how: Telltale;

  before(async () => {
    folder = tempFolder();
    registry = await startServer((asked, response, server) => how(asked, response, server));
    told = await startTelltales(canaries);
    const host = `api.test:${registry.port}`;
    const secret = (name: string, config: unknown) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'shop', name, uid: name },
      type: 'kubernetes.io/dockerconfigjson',
      data: {
        '.dockerconfigjson': base64(typeof config === 'string' ? config : JSON.stringify(config)),
      },
    });
    const pod = (name: string, ...secrets: string[]) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'shop', name, uid: name },
      spec: {
        containers: [{ name: 'app', image: `${host}/team/app:1` }],
        imagePullSecrets: secrets.map((one) => ({ name: one })),
      },
      status: { phase: 'Pending' },
    });
    const inKey = `https://eve:${encodeURIComponent(canaries.plant('inKey'))}@${host}`;
    const items = [
      secret('plain', {
        auths: { [host]: { ...entry('plain'), identitytoken: canaries.plant('identity') } },
        HttpHeaders: { Authorization: canaries.plant('header') },
      }),
      secret('keyed', { auths: { [`${host}/team`]: entry('path'), [inKey]: entry('keyed') } }),
      secret('no-json', `alice:${canaries.plant('noJson')}`),
      secret('no-colon', { auths: { [host]: { auth: base64(canaries.plant('noColon')) } } }),
      pod('web', 'plain', 'keyed'),
      pod('broken', 'no-json'),
      pod('colon', 'no-colon'),
    ];
    const list = { apiVersion: 'v1', kind: 'List', items };
    api = await startApiServer({ dumps: [folder.write('objects.json', JSON.stringify(list))] });
    api.writeKubeconfig(join(folder.path, 'config'));
    folder.write(
      'docker.json',
      JSON.stringify({
        auths: {
          [host]: entry('own'),
          'other.test': { identitytoken: canaries.plant('ownToken') },
        },
      }),
    );
  });

  after(async () => {
    await api.close();
    await registry.close();
    await told.storage.close();
    folder.remove();
  });

  async function said(...args: string[]): Promise<string> {
    const env = { KUBECONFIG: join(folder.path, 'config') };
    const world = testWorld({ now: Date.now(), env, cwd: folder.path, stdin: `${STDIN}\n` });
    const addresses = [registry, told.storage].flatMap(({ port }) => [
      '--registry-address',
      `api.test:${port}=127.0.0.1:${port}`,
    ]);
    await run(['verify', '-n', 'shop', ...args, '--ca-file', CA, ...addresses], world);
    return `${world.outText()}\n${world.errText()}`;
  }

  it('whatever a registry does with what it is shown', async () => {
    for (const [title, answers] of Object.entries(told.registries)) {
      how = answers;
      for (const output of OUTPUTS) {
        const image = `api.test:${registry.port}/team/app:1`;
        const texts = [
          await said('web', ...output, '--docker-config', 'docker.json'),
          await said('broken', 'colon', ...output),
          await said(
            '--image',
            image,
            '--registry-username',
            'carol',
            '--password-stdin',
            ...output,
          ),
        ];
        for (const text of texts) {
          assert.ok(text.includes('team/app:1') || text.includes('From this machine'), text);
          assert.deepEqual(canaries.in(text), [], `${title} ${output.join(' ')}\n${text}`);
        }
      }
    }
  });

  it('has shown the registry what it now does not tell', () => {
    const seen = [...registry.visits, ...told.storage.visits].map(echo).join('\n');
    const found = canaries.in(seen);
    for (const place of [
      'plain',
      'path',
      'keyed',
      'own',
      'stdin',
      'token',
      'realmQuery',
      'signature',
    ]) {
      assert.ok(
        found.some((one) => one.startsWith(`${place}+`)),
        `${place} was never sent`,
      );
    }
  });
});
