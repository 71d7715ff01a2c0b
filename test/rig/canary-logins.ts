/** Kubeconfigs and flags that hold canaries, one for each way to prove who one is, good and broken. */
import { certificate } from './api-server.ts';
import type { Canaries } from './canaries.ts';
import { base64, NAMESPACE } from './canary-objects.ts';
import type { TempFolder } from './temp.ts';

export interface Login {
  readonly name: string;
  /** Flags that choose it. */
  readonly flags: readonly string[];
  /** The server lets it in. */
  readonly good: boolean;
}

export interface Places {
  /** Takes the tokens of `tokens`. */
  readonly tokenServer: string;
  /** Takes the client certificate of `certs`. */
  readonly certServer: string;
  /** OpenID Connect issuer that says again what it is sent. */
  readonly issuer: string;
  /** `HOST:PORT` of a proxy that refuses. */
  readonly proxy: string;
}

export interface Tokens {
  readonly inFile: string;
  readonly inConfig: string;
  readonly ofPlugin: string;
  readonly inFlag: string;
}

export function plantTokens(canaries: Canaries): Tokens {
  return {
    inFile: canaries.plant('tokenFile'),
    inConfig: canaries.plant('token'),
    ofPlugin: canaries.plant('execToken'),
    inFlag: canaries.plant('tokenFlag'),
  };
}

type User = Readonly<Record<string, unknown>>;

/** Marks what the plugin itself writes to standard error: that goes to the terminal as it is, as with kubectl. */
export const PLUGIN_SAYS = 'plugin says: ';

/** Every login, written into `folder`. */
export function writeLogins(
  canaries: Canaries,
  folder: TempFolder,
  places: Places,
  tokens: Tokens,
): Login[] {
  const logins: Login[] = [];
  const config = (name: string, user: User, cluster: object = {}) =>
    folder.write(
      `${name}.kubeconfig`,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'x',
        clusters: [
          {
            name: 'c',
            cluster: {
              server: places.tokenServer,
              'certificate-authority-data': certificate('ca.crt').toString('base64'),
              ...cluster,
            },
          },
        ],
        users: [{ name: 'u', user }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: NAMESPACE } }],
      }),
    );
  const add = (name: string, good: boolean, user: User, cluster?: object, flags: string[] = []) => {
    const file = config(name.replaceAll(' ', '-'), user, cluster);
    logins.push({ name, good, flags: ['--kubeconfig', file, ...flags] });
  };
  const key = certificate('client.key').toString();
  const inner = key.split('\n').slice(1, -2);
  for (const line of inner) canaries.add(line);
  canaries.add(base64(key));

  add('token', true, { token: tokens.inConfig });
  add('token file', true, { tokenFile: folder.write('token', `${tokens.inFile}\n`) });
  add('password', false, { username: 'alice', password: canaries.plant('password') });
  const cert = certificate('client.crt').toString('base64');
  const pair = { 'client-certificate-data': cert, 'client-key-data': base64(key) };
  add('client key', true, pair, { server: places.certServer });
  add('client key that is none', false, {
    'client-certificate-data': cert,
    'client-key-data': base64(canaries.plant('brokenKey')),
  });
  add('client key that is no base64', false, {
    'client-certificate-data': cert,
    'client-key-data': `*${canaries.plant('keyNoBase64')}`,
  });
  addPlugins(add, canaries, tokens);
  addProviders(add, canaries, places);
  addAddresses(add, canaries, places);
  add('two methods', false, {
    token: canaries.plant('twoToken'),
    username: 'alice',
    password: canaries.plant('twoPassword'),
  });
  add('token with a line break', false, { token: `${canaries.plant('lineToken')}\nx` });
  add('flag token', true, {}, {}, ['--token', tokens.inFlag]);
  const flagPassword = ['--username', 'alice', '--password', canaries.plant('passwordFlag')];
  add('flag password', false, {}, {}, flagPassword);
  const broken = `users:\n- user: {token: "${canaries.plant('yaml')}\n  x: [\n`;
  logins.push({
    name: 'no YAML',
    good: false,
    flags: ['--kubeconfig', folder.write('broken', broken)],
  });
  const words = `token: ${canaries.plant('yamlWord')}: x: y\n`;
  logins.push({
    name: 'bad YAML',
    good: false,
    flags: ['--kubeconfig', folder.write('bad', words)],
  });
  return logins;
}

type Add = (name: string, good: boolean, user: User, cluster?: object, flags?: string[]) => void;

function addPlugins(add: Add, canaries: Canaries, tokens: Tokens): void {
  const plugin = (script: string, output: string) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: [
        '-c',
        `echo "${PLUGIN_SAYS}$PLUGIN_SECRET" >&2; printf %s "$PLUGIN_OUTPUT"; ${script}`,
      ],
      interactiveMode: 'Never',
      env: [
        { name: 'PLUGIN_SECRET', value: canaries.plant('execEnv') },
        { name: 'PLUGIN_OUTPUT', value: output },
      ],
    },
  });
  const credential = (version: string, token: string) =>
    JSON.stringify({
      kind: 'ExecCredential',
      apiVersion: `client.authentication.k8s.io/${version}`,
      status: { token },
    });
  add('plugin', true, plugin('exit 0', credential('v1', tokens.ofPlugin)));
  add('plugin that fails', false, plugin('exit 7', canaries.plant('execFailed')));
  add('plugin without JSON', false, plugin('exit 0', `{"token": ${canaries.plant('execNoJson')}`));
  add(
    'plugin of another version',
    false,
    plugin('', credential('v1beta1', canaries.plant('execOld'))),
  );
  const twice = `${credential('v1', canaries.plant('execTwice'))} x`;
  add('plugin with more than JSON', false, plugin('', twice));
}

function addProviders(add: Add, canaries: Canaries, { issuer }: Places): void {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const idToken = `${part({})}.${part({ exp: 1 })}.${canaries.plant('idToken')}`;
  const oidc = {
    'idp-issuer-url': issuer,
    'idp-certificate-authority-data': certificate('ca.crt').toString('base64'),
    'client-id': 'kubernetes',
    'client-secret': canaries.plant('clientSecret'),
    'refresh-token': canaries.plant('refreshToken'),
  };
  const provider = (name: string, config: object) => ({ 'auth-provider': { name, config } });
  add('oidc', false, provider('oidc', { ...oidc, 'id-token': idToken }));
  add(
    'oidc with a bad token',
    false,
    provider('oidc', { ...oidc, 'id-token': canaries.plant('badId') }),
  );
  add('gcp', false, provider('gcp', { 'access-token': canaries.plant('gcp') }));
}

function addAddresses(add: Add, canaries: Canaries, { proxy, tokenServer }: Places): void {
  const userinfo = (place: string) => `eve:${encodeURIComponent(canaries.plant(place))}@`;
  const token = () => ({ token: canaries.plant('unsent') });
  add('proxy', false, token(), { 'proxy-url': `http://${userinfo('proxyUrl')}${proxy}` });
  add('proxy that is none', false, token(), {
    'proxy-url': `ftp://${userinfo('ftpProxy')}${proxy}`,
  });
  add('proxy that is no URL', false, token(), { 'proxy-url': `http://${userinfo('badProxy')}[x` });
  add('flag proxy', false, token(), {}, [
    '--proxy-url',
    `gopher://${userinfo('flagProxy')}${proxy}`,
  ]);
  const behind = tokenServer.replace(/^https:\/\//, '');
  add('server with a login', false, token(), { server: `https://${userinfo('server')}${behind}` });
  add('server with a query', false, token(), {
    server: `${tokenServer}/?token=${encodeURIComponent(canaries.plant('serverQuery'))}`,
  });
  add('flag server', false, token(), {}, [
    '--server',
    `https://${userinfo('flagServer')}${behind}`,
  ]);
  add('server that is no URL', false, token(), { server: `https://${userinfo('badServer')}[x` });
}
