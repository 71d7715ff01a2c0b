/** Nothing of a credential leaves `verify`: not of pull secrets, not of one's own, not by way of what a registry says. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import { Canaries } from '../rig/canaries.ts';
import {
  challenge,
  error,
  json,
  redirect,
  serve,
  startServer,
  type TestServer,
  type Visit,
} from '../rig/registry-hostile.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';
import { testWorld } from '../rig/world.ts';

const canaries = new Canaries();
const CA = join(import.meta.dirname, '../rig/certs/ca.crt');

/** Of the registry's making. */
const TOKEN = canaries.plant('token');
const REALM_PASSWORD = canaries.plant('realm');
const REALM_QUERY = canaries.plant('realmQuery');
const SIGNATURE = canaries.plant('signature');

const STDIN = canaries.plant('stdin');

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function entry(place: string) {
  const password = canaries.plant(place);
  return { username: 'alice', password, auth: base64(`alice:${password}`) };
}

/** What the registry does with what it is shown: says it again. */
type Answers = Readonly<
  Record<string, (asked: Visit, response: ServerResponse, server: TestServer) => void>
>;

/** A realm with a user name and password is refused. */
const realm = (port: number, user = '') =>
  `https://${user}api.test:${port}/token?sig=${encodeURIComponent(REALM_QUERY)}`;

const LOGIN = `bob:${encodeURIComponent(REALM_PASSWORD)}@`;

/** Everything that was sent, plain and decoded. */
function echo({ url, authorization = '', body }: Visit): string {
  const plain = Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString();
  return `${authorization} is wrong: ${plain}; ${plain.split(':').slice(1).join(':')}; ${url} ${body}`;
}

/** Of the server that keeps layers. */
let storagePort = 0;

const ANSWERS: Answers = {
  'a login that is refused and said again': (asked, response) => {
    if (asked.authorization === undefined) challenge(response, 'Basic realm="corp"');
    else error(response, 401, 'UNAUTHORIZED', echo(asked));
  },
  'a denial with the header in its code': (asked, response) => {
    if (asked.authorization === undefined) challenge(response, 'Basic realm="corp"');
    else error(response, 403, echo(asked), 'denied');
  },
  'a token server that says again what it got': (asked, response, server) => {
    if (asked.url.startsWith('/token')) error(response, 401, 'DENIED', echo(asked));
    else challenge(response, `Bearer realm="${realm(server.port)}",service="registry"`);
  },
  'a realm with a login in it': (_asked, response, server) =>
    challenge(response, `Bearer realm="${realm(server.port, LOGIN)}",service="registry"`),
  'a token that is said again': (asked, response, server) => {
    if (asked.url.startsWith('/token')) json(response, 200, { token: TOKEN });
    else if (asked.authorization === undefined)
      challenge(response, `Bearer realm="${realm(server.port)}",service="registry"`);
    else error(response, 403, 'DENIED', echo(asked) + TOKEN);
  },
  'a token server that is not there': (_asked, response) =>
    challenge(response, `Bearer realm="${realm(1, LOGIN)}",service="registry"`),
  'a realm that is refused': (_asked, response, server) => {
    const inside = realm(server.port, LOGIN).replace('api.test', '10.1.2.3');
    challenge(response, `Bearer realm="${inside}",service="registry"`);
  },
  'a token that is no token': (asked, response, server) => {
    if (asked.url.startsWith('/token')) json(response, 200, { error: echo(asked), tokens: TOKEN });
    else challenge(response, `Bearer realm="${realm(server.port)}",service="registry"`);
  },
  'layers behind a signed address that says it again': (asked, response) => {
    const signed = `https://api.test:${storagePort}/store?sig=${encodeURIComponent(SIGNATURE)}`;
    if (asked.url.includes('/blobs/')) redirect(response, 307, signed);
    else serve(asked, response);
  },
  'a signed address that is not followed': (asked, response) => {
    const signed = `http://u:${encodeURIComponent(SIGNATURE)}@169.254.169.254/store?sig=${encodeURIComponent(SIGNATURE)}`;
    if (asked.url.includes('/blobs/')) redirect(response, 307, signed);
    else serve(asked, response);
  },
};

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
  let storage: TestServer;
  let how: Answers[string];

  before(async () => {
    folder = tempFolder();
    registry = await startServer((asked, response, server) => how(asked, response, server));
    storage = await startServer((asked, response) =>
      error(response, 403, 'AccessDenied', `${asked.url} ${SIGNATURE}`),
    );
    storagePort = storage.port;
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
    await storage.close();
    folder.remove();
  });

  async function said(...args: string[]): Promise<string> {
    const env = { KUBECONFIG: join(folder.path, 'config') };
    const world = testWorld({ now: Date.now(), env, cwd: folder.path, stdin: `${STDIN}\n` });
    const addresses = [registry, storage].flatMap(({ port }) => [
      '--registry-address',
      `api.test:${port}=127.0.0.1:${port}`,
    ]);
    await run(['verify', '-n', 'shop', ...args, '--ca-file', CA, ...addresses], world);
    return `${world.outText()}\n${world.errText()}`;
  }

  for (const [title, answers] of Object.entries(ANSWERS)) {
    it(title, async () => {
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
          assert.deepEqual(canaries.in(text), [], `${output.join(' ')}\n${text}`);
        }
      }
    });
  }

  it('has shown the registry what it now does not tell', () => {
    const seen = [...registry.visits, ...storage.visits].map(echo).join('\n');
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
