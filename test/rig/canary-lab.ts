/** A cluster, registries, an IBM Cloud, proxies, files and an environment, each full of secrets that may not be told. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiServer, startApiServer } from './api-server.ts';
import { Canaries } from './canaries.ts';
import { type Login, plantTokens, writeLogins } from './canary-logins.ts';
import { base64, failingPod, login, quotingMessages, secrets } from './canary-objects.ts';
import { type IbmServer, iamError, startIbmServer } from './ibm-server.ts';
import { KEY } from './ibm-world.ts';
import { startHttpProxy, type TestProxy } from './proxies.ts';
import { error, json, startServer, type TestServer } from './registry-hostile.ts';
import { echo, startTelltales } from './telltales.ts';
import { type TempFolder, tempFolder } from './temp.ts';

const CA = join(import.meta.dirname, 'certs/ca.crt');

export interface CanaryLab {
  readonly canaries: Canaries;
  readonly folder: TempFolder;
  readonly api: ApiServer;
  readonly registry: TestServer;
  /** Keeps layers of the registry. */
  readonly storage: TestServer;
  readonly ibm: IbmServer;
  readonly proxy: TestProxy;
  /** `token`, which the server takes, first. */
  readonly logins: readonly Login[];
  /** Of the whole world, proxies to registries left out. */
  readonly env: Readonly<Record<string, string>>;
  /** Flags under which registries are reached. */
  readonly registryFlags: readonly string[];
  readonly ibmFlags: readonly string[];
  /** `api.test:PORT`. */
  readonly host: string;
  /** Names of the pods. */
  readonly pods: readonly string[];
  /** For `--password-stdin`. */
  readonly stdin: string;
  /** Variables with a proxy that refuses and says again what it was shown. */
  readonly proxied: Readonly<Record<string, string>>;
  /** Flags of `verify` that hold secrets where none belongs. */
  readonly misused: readonly (readonly string[])[];
  /** A docker config with logins. */
  readonly dockerConfig: string;
  /** All objects of the cluster. */
  readonly objects: string;
  /** Messages with secrets in them. */
  readonly messages: readonly string[];
  /** Everything that was planted where a command reads it, base64 undone. */
  placed(): string;
  close(): Promise<void>;
}

export async function startCanaryLab(): Promise<CanaryLab> {
  const canaries = new Canaries();
  const folder = tempFolder();
  const tokens = plantTokens(canaries);
  const told = await startTelltales(canaries);
  const tales = Object.values(told.registries);
  const registry = await startServer((asked, response, server) => {
    const number = /case(\d+)/.exec(decodeURIComponent(`${asked.url} ${asked.body}`))?.[1];
    const tale = tales[Number(number ?? Number.NaN)];
    if (tale === undefined) error(response, 404, 'NAME_UNKNOWN', echo(asked));
    else tale(asked, response, server);
  });
  const issuer = await startServer((asked, response, { port }) => {
    const endpoint = `https://127.0.0.1:${port}/token`;
    if (asked.url.startsWith('/.well-known')) json(response, 200, { token_endpoint: endpoint });
    else json(response, 400, { error: 'invalid_grant', error_description: echo(asked) });
  });
  let upstream = 0;
  const proxy: TestProxy = await startHttpProxy({
    upstream: { port: 1 },
    answer: () => `407 no ${proxy.visits.at(-1)?.auth} ${upstream++}`,
  });
  const ibm = await startIbmServer();
  const ibmKey = canaries.plant('ibmKey').replaceAll('%', '_');
  canaries.add(ibmKey);
  canaries.add('REFRESH-MUST-NOT-BE-SHOWN');
  canaries.add('CONTEXT-MUST-NOT-BE-SHOWN');
  ibm.world.keys = ibm.world.keys.map((one) =>
    one.value === KEY ? { ...one, value: ibmKey } : one,
  );
  ibm.faults = [{ path: 'GET /v1/policies', ...iamError('X', `policy for ${ibmKey}`, 400) }];

  const host = `api.test:${registry.port}`;
  const messages = quotingMessages(canaries, host);
  const at = (name: string, image: string, pull: readonly string[], i = 0) =>
    failingPod(name, image, messages[i % messages.length] ?? '', pull);
  const tale = (i: number) => `${host}/case${i}/team/app:1`;
  const eve = () => `eve:${encodeURIComponent(canaries.plant('imageUser'))}@`;
  const ibmSecret = { auths: { 'us.icr.io': { auth: base64(`iamapikey:${ibmKey}`) } } };
  const items = [
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', uid: 'n1' }, status: {} },
    ...secrets(canaries, host),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'shop', name: 'all-icr-io', uid: 'all-icr-io' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': base64(JSON.stringify(ibmSecret)) },
    },
    ...tales.flatMap((_, i) => at(`tale-${i}`, tale(i), ['plain', 'keyed'], i)),
    ...[
      'tokens',
      'no-json',
      'half',
      'no-colon',
      'no-base64',
      'shape',
      'no-auths',
      'legacy',
      'opaque',
      'basic',
    ].flatMap((name) => at(`with-${name}`, tale(0), [name])),
    ...at('user-in-image', `${eve()}${tale(0)}`, ['plain']),
    ...at('url-as-image', `https://${eve()}${tale(0)}`, ['plain']),
    ...at('ibm', 'us.icr.io/shop/none:1.0', ['all-icr-io']),
  ];
  const objects = folder.write(
    'objects.json',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
  const pods = items.flatMap((one) => {
    const { kind, metadata } = one as { kind: string; metadata: { name: string } };
    return kind === 'Pod' ? [metadata.name] : [];
  });
  const api = await startApiServer({ dumps: [objects], tokens: Object.values(tokens) });
  const withCerts = await startApiServer({ dumps: [objects] });
  const places = {
    tokenServer: api.url,
    certServer: withCerts.url,
    issuer: `https://127.0.0.1:${issuer.port}`,
    proxy: `127.0.0.1:${proxy.port}`,
  };
  const logins = writeLogins(canaries, folder, places, tokens);
  const dockerConfig = folder.write(
    'docker.json',
    JSON.stringify({
      auths: {
        [host]: login(canaries, 'own'),
        'other.test': { identitytoken: canaries.plant('ownToken') },
      },
    }),
  );
  const env = environment(canaries);
  const inProxy = (place: string) => `eve:${encodeURIComponent(canaries.plant(place))}@`;
  const proxied = {
    HTTPS_PROXY: `http://${inProxy('envProxy')}127.0.0.1:${proxy.port}`,
    NO_PROXY: '',
  };
  const half = folder.write(
    'half.json',
    `{"auths":{"a.test":{"auth":"${base64(canaries.plant('halfFile'))}`,
  );
  const misused = [
    [`--toke=${canaries.plant('misspelt')}`],
    ['--proxy', `ftp://${inProxy('proxyFlag')}x.test`],
    ['--registry-mirror', `https://${inProxy('mirror')}x.test`],
    ['--ibm-iam-endpoint', `https://${inProxy('endpoint')}x.test`],
    ['--docker-config', half],
    ['--image', `${inProxy('imageFlag')}${tale(0)}`],
    ['--image', `https://${inProxy('imageUrl')}${tale(0)}`],
  ];
  const stdin = canaries.plant('stdin');
  const closing = [api, withCerts, registry, told.storage, issuer, proxy, ibm];
  return {
    canaries,
    folder,
    api,
    registry,
    storage: told.storage,
    ibm,
    proxy,
    logins,
    env,
    registryFlags: [
      '--ca-file',
      CA,
      ...[registry, told.storage].flatMap(({ port }) => [
        '--registry-address',
        `api.test:${port}=127.0.0.1:${port}`,
      ]),
    ],
    ibmFlags: [
      '--plain-http',
      '--registry-address',
      `us.icr.io=${ibm.address}`,
      '--ibm',
      '--ibm-iam-endpoint',
      ibm.url,
      '--ibm-registry-endpoint',
      ibm.url,
    ],
    host,
    pods,
    stdin,
    proxied,
    misused,
    dockerConfig,
    objects,
    messages,
    placed: () => {
      const files = readdirSync(folder.path).map((n) => readFileSync(join(folder.path, n), 'utf8'));
      const asked = [registry, told.storage, issuer].flatMap(({ visits }) => visits.map(echo));
      const flags = [...logins.flatMap((one) => one.flags), ...misused.flat(), proxied.HTTPS_PROXY];
      const texts = [...files, ...messages, ...Object.values(env), stdin, ...flags, ...asked];
      return undone(undone(texts.join('\n')));
    },
    close: async () => {
      await Promise.all(closing.map((one) => one.close()));
      folder.remove();
    },
  };
}

function environment(canaries: Canaries): Record<string, string> {
  const names = [
    'IBMCLOUD_API_KEY',
    'IC_API_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'GITHUB_TOKEN',
    'DOCKER_PASSWORD',
    'KUBECTL_IMAGEPULL_FINGERPRINT_KEY',
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, canaries.plant(name)])),
    DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'a.test': login(canaries, 'envConfig') } }),
    NO_PROXY: '*',
  };
}

/** The text, behind it what its base64 says, and it without percent escapes. */
function undone(text: string): string {
  const plain = text.replaceAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g, (match) =>
    Buffer.from(match, 'base64').toString(),
  );
  const unescaped = text.replaceAll(/(?:%[0-9A-F]{2})+/g, (match) =>
    Buffer.from(match.replaceAll('%', ''), 'hex').toString(),
  );
  return `${text}\n${plain}\n${unescaped}`;
}
