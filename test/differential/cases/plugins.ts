/** Exec plugins. */
import { type Case, type Difference, kubeconfig, TRUSTED } from '../case.ts';
import { PLUGIN_OUTPUT } from '../differences.ts';

const V1 = 'client.authentication.k8s.io/v1';
const BETA = 'client.authentication.k8s.io/v1beta1';

/** What the plugin prints for `status`. */
const credential = (status: object | undefined, apiVersion = V1) =>
  JSON.stringify({ apiVersion, kind: 'ExecCredential', status });

/** A plugin that writes down what it is told, says `says` on standard error and prints `prints`. */
const script = (prints: string, more = '') =>
  `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >>log\n${more}\ncat <<'END'\n${prints}\nEND\n`;

const plugin = (
  name: string,
  code: string,
  exec: object = {},
  more: Partial<Case> & { readonly cluster?: object; readonly user?: object } = {},
): Case => {
  const { cluster, user, ...rest } = more;
  return {
    name: `exec: ${name}`,
    kubectl: 'works',
    leaves: ['log'],
    // A list runs a plugin that fails once for each attempt at discovery.
    ask: 'raw',
    ...rest,
    files: {
      'plugin.sh': code,
      config: kubeconfig(
        { ...TRUSTED, ...cluster },
        {
          exec: { apiVersion: V1, command: './plugin.sh', interactiveMode: 'Never', ...exec },
          ...user,
        },
      ),
      ...more.files,
    },
  };
};

const MISSING: Difference = {
  in: ['words'],
  kubectl: 'five lines about plugins in general between the first line and the `installHint`',
  we: 'the first line and the `installHint`',
  why: 'The hint is what helps.',
};

const token = script(credential({ token: 'one' }));
const expired = script(credential({ token: 'one', expirationTimestamp: '2020-01-01T00:00:00Z' }));
/** Gives `one`, then `two`, then `three`. */
const counting = `#!/bin/sh
echo run >>log
case $(wc -l <log | tr -d ' ') in 1) t=one;; 2) t=two;; *) t=three;; esac
echo '{"apiVersion":"${V1}","kind":"ExecCredential","status":{"token":"'$t'"}}'
`;

export const PLUGIN_CASES: readonly Case[] = [
  plugin('token', token, {}, { sees: 'Bearer one' }),
  plugin('v1beta1', script(credential({ token: 'one' }, BETA)), { apiVersion: BETA }),
  plugin('v1beta1 without interactiveMode', script(credential({ token: 'one' }, BETA)), {
    apiVersion: BETA,
    interactiveMode: undefined,
  }),
  plugin('IfAvailable without a terminal', token, { interactiveMode: 'IfAvailable' }),
  plugin(
    'Always without a terminal',
    token,
    { interactiveMode: 'Always' },
    {
      kubectl: /standard input is not a terminal/,
    },
  ),
  plugin(
    'v1 without interactiveMode',
    token,
    { interactiveMode: undefined },
    {
      ask: 'list',
      kubectl: /interactiveMode must be specified/,
    },
  ),
  plugin(
    'interactiveMode unknown',
    token,
    { interactiveMode: 'Sometimes' },
    {
      ask: 'list',
      kubectl: /invalid interactiveMode/,
    },
  ),
  plugin(
    'provideClusterInfo',
    token,
    { provideClusterInfo: true },
    {
      ask: 'list',
      cluster: {
        server: '{server}/prefix/',
        'tls-server-name': 'localhost',
        extensions: [
          { name: 'client.authentication.k8s.io/exec', extension: { audience: 'x', n: [1] } },
          { name: 'other', extension: { own: true } },
        ],
      },
    },
  ),
  plugin(
    'provideClusterInfo, insecure',
    token,
    { provideClusterInfo: true },
    {
      cluster: { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true },
    },
  ),
  plugin(
    'args and env',
    script(credential({ token: 'one' }), 'echo "$1 $2 $OWN $TWICE" >>log'),
    {
      args: ['a b', '$HOME'],
      env: [
        { name: 'OWN', value: 'own' },
        { name: 'TWICE', value: 'file' },
      ],
    },
    { env: { TWICE: 'process' } },
  ),
  plugin(
    'standard error is shown',
    script(credential({ token: 'one' }), 'echo hello >&2; exit 3'),
    {},
    {
      kubectl: /hello[\s\S]*failed with exit code 3/,
    },
  ),
  plugin(
    'client certificate',
    script(
      JSON.stringify({
        apiVersion: V1,
        kind: 'ExecCredential',
        status: { clientCertificateData: '{json:client.crt}', clientKeyData: '{json:client.key}' },
      }),
    ),
    {},
    { sees: 'certificate of tester' },
  ),
  plugin(
    'client certificate and token',
    script(
      JSON.stringify({
        apiVersion: V1,
        kind: 'ExecCredential',
        status: {
          token: 'one',
          clientCertificateData: '{json:client.crt}',
          clientKeyData: '{json:client.key}',
        },
      }),
    ),
    {},
    { sees: 'certificate of tester, authorization: Bearer one' },
  ),
  plugin(
    'client certificate with the key of another',
    script(
      JSON.stringify({
        apiVersion: V1,
        kind: 'ExecCredential',
        status: { clientCertificateData: '{json:client.crt}', clientKeyData: '{json:server.key}' },
      }),
    ),
    {},
    { kubectl: /failed parsing client key\/certificate/ },
  ),
  plugin(
    'client certificate without key',
    script(credential({ clientCertificateData: 'C' })),
    {},
    {
      kubectl: /returned only certificate or key, not both/,
    },
  ),
  plugin(
    'missing',
    '',
    { command: 'no-such-plugin' },
    {
      kubectl: /exec: executable no-such-plugin not found/,
      differs: MISSING,
    },
  ),
  plugin(
    'missing, with installHint',
    '',
    {
      command: 'no-such-plugin',
      installHint: 'Get it from\n  https://plugin.example',
    },
    { kubectl: /Get it from\n {2}https:\/\/plugin\.example/, differs: MISSING },
  ),
  plugin(
    'missing, with a colourful installHint',
    '',
    {
      command: 'no-such-plugin',
      installHint: '\u001b[31mred',
    },
    { kubectl: /U\+001B\[31mred/, differs: MISSING },
  ),
  plugin(
    'a path that leads nowhere',
    '',
    { command: './no-such-plugin' },
    {
      kubectl: /fork\/exec .*: no such file or directory/,
    },
  ),
  plugin(
    'a path that leads nowhere, with installHint',
    '',
    {
      command: './no-such-plugin',
      installHint: 'Get it.',
    },
    {
      kubectl: /fork\/exec .*: no such file or directory/,
      differs: {
        in: ['words'],
        kubectl: 'the `installHint` only where the command is looked up on PATH',
        we: 'the `installHint` in both cases',
        why: 'It was written for this.',
      },
    },
  ),
  plugin('not executable', '', { command: './plain' }, { files: { plain: 'x' }, kubectl: /exec/ }),
  plugin('exit code 3', '#!/bin/sh\nexit 3\n', {}, { kubectl: /failed with exit code 3/ }),
  plugin(
    'killed',
    '#!/bin/sh\nkill -9 $$\n',
    {},
    {
      kubectl: /failed with exit code -1/,
      differs: {
        in: ['words'],
        kubectl: '`failed with exit code -1`',
        we: 'the same, then the name of the signal in brackets',
        why: 'SIGKILL often means that memory ran out.',
      },
    },
  ),
  plugin(
    'prints nothing',
    '#!/bin/sh\n',
    {},
    {
      kubectl: /plugin returned version/,
      differs: PLUGIN_OUTPUT,
    },
  ),
  plugin(
    'prints no JSON',
    script('hello'),
    {},
    {
      kubectl: /decoding stdout/,
      differs: PLUGIN_OUTPUT,
    },
  ),
  plugin(
    'prints another kind',
    script('{"apiVersion":"v1","kind":"Pod"}'),
    {},
    {
      kubectl: /decoding stdout/,
      differs: PLUGIN_OUTPUT,
    },
  ),
  plugin(
    'answers in another version',
    script(credential({ token: 'one' }, BETA)),
    {},
    {
      kubectl: /configured to use API version/,
    },
  ),
  plugin(
    'answers without status',
    script(credential(undefined)),
    {},
    {
      kubectl: /didn't return a status field/,
    },
  ),
  plugin(
    'answers with an empty status',
    script(credential({})),
    {},
    {
      kubectl: /didn't return a token or cert\/key pair/,
    },
  ),
  plugin(
    'apiVersion v1alpha1',
    token,
    { apiVersion: 'client.authentication.k8s.io/v1alpha1' },
    {
      kubectl: /invalid apiVersion "client.authentication.k8s.io\/v1alpha1"/,
    },
  ),
  plugin(
    'no apiVersion',
    token,
    { apiVersion: '' },
    { ask: 'list', kubectl: /apiVersion must be specified/ },
  ),
  plugin(
    'no command',
    token,
    { command: '' },
    { ask: 'list', kubectl: /command must be specified/ },
  ),
  plugin(
    'an env without name',
    token,
    { env: [{ name: '', value: 'x' }] },
    {
      ask: 'list',
      kubectl: /env variable name must be specified/,
    },
  ),
  plugin(
    'a relative command of a file in another folder',
    '',
    {},
    {
      env: { KUBECONFIG: 'etc/config' },
      files: {
        'etc/config': kubeconfig(TRUSTED, {
          exec: { apiVersion: V1, command: './own.sh', interactiveMode: 'Never' },
        }),
        'etc/own.sh': token,
      },
      sees: 'Bearer one',
    },
  ),
  plugin(
    'a bare command is looked up on PATH',
    '',
    { command: 'own.sh' },
    {
      env: { PATH: '{dir}/bin:/usr/bin:/bin' },
      files: { 'bin/own.sh': token },
      sees: 'Bearer one',
    },
  ),
  plugin(
    'together with a token: the token',
    token,
    {},
    {
      user: { token: 'own' },
      sees: 'Bearer own',
    },
  ),
  plugin(
    'together with a certificate: the certificate',
    token,
    {},
    {
      user: { 'client-certificate-data': '{client.crt}', 'client-key-data': '{client.key}' },
      sees: 'certificate of tester',
    },
  ),
  plugin(
    '--token: the plugin does not run',
    token,
    {},
    {
      args: ['--token', 'flag'],
      sees: 'Bearer flag',
    },
  ),
  plugin(
    'together with an auth-provider',
    token,
    {},
    {
      user: { 'auth-provider': { name: 'oidc' } },
      ask: 'list',
      kubectl: /authProvider cannot be provided in combination with an exec plugin/,
    },
  ),
  plugin('over http', token, {}, { server: { speaks: 'http' }, cluster: { server: '{server}' } }),
  plugin(
    '401: a second credential, for the next request',
    counting,
    {},
    {
      ask: 'list',
      server: { refuses: ['Bearer one'] },
      sees: 'Bearer two',
    },
  ),
  plugin(
    '401: a second credential, for the same request',
    counting,
    {},
    {
      server: { refuses: ['Bearer one'] },
      kubectl: /You must be logged in/,
      differs: {
        in: ['outcome'],
        kubectl:
          'runs the plugin once more, and uses what it gives from the next request on; this one has failed',
        we: 'repeat the request with what the plugin gives',
        why: 'There may be no next request.',
      },
    },
  ),
  plugin(
    '401 again: no third credential',
    counting,
    {},
    {
      ask: 'list',
      server: { refuses: ['Bearer one', 'Bearer two', 'Bearer three'] },
      kubectl: /You must be logged in/,
      differs: {
        in: ['words', 'requests', 'files'],
        kubectl: 'runs the plugin after each 401',
        we: 'run it twice',
        why: 'A plugin may ask a person to log in.',
      },
    },
  ),
  plugin(
    'a credential that has expired when it comes',
    expired,
    {},
    {
      kubectl: 'works',
      leaves: [],
      sees: 'Bearer one',
    },
  ),
];
