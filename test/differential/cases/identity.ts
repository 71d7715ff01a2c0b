/** Tokens, passwords, certificates and impersonation. */
import { type Case, kubeconfig, SOMEBODY, TRUSTED } from '../case.ts';
import { ASKS_FOR_NAME, PASSPHRASE } from '../differences.ts';

const user = (name: string, fields: object, more: Partial<Case>): Case => ({
  name,
  kubectl: 'works',
  ...more,
  files: { config: kubeconfig(TRUSTED, fields), ...more.files },
});

/** The first kubectl with `--as-user-extra` that this was tried with. */
const EXTRA = 37;

const PAIR = { 'client-certificate-data': '{client.crt}', 'client-key-data': '{client.key}' };
const AS = {
  token: 'one',
  as: 'jane',
  'as-uid': '7',
  'as-groups': ['dev', 'ops'],
  'as-user-extra': { 'scopes.example/X y': ['a', 'b'], zone: ['z'] },
};
const OWN_FILES = {
  'own.crt': '{pem:client.crt}',
  'own.key': '{pem:client.key}',
  'other.key': '{pem:server.key}',
};

export const IDENTITY_CASES: readonly Case[] = [
  user('token', { token: 'one' }, { sees: 'Bearer one' }),
  user(
    'token goes before tokenFile, which is read all the same',
    { token: 'one', tokenFile: 'token' },
    { files: { token: 'two' }, sees: 'Bearer' },
  ),
  user('token with a tokenFile that is missing', { token: 'one', tokenFile: 'gone' }, {}),
  user(
    'tokenFile, relative, with a line break',
    { tokenFile: 'sub/token' },
    {
      files: { 'sub/token': 'two\n' },
      sees: 'Bearer two',
    },
  ),
  user('tokenFile missing', { tokenFile: 'gone' }, { kubectl: /gone: no such file/ }),
  user(
    'tokenFile empty',
    { tokenFile: 'token' },
    {
      files: { token: '' },
      kubectl: /EOF/,
      differs: {
        in: ['words'],
        kubectl: ASKS_FOR_NAME.kubectl,
        we: '`read empty token from file "x"`',
        why: 'The file is what has to be mended.',
      },
    },
  ),
  user(
    '--token over tokenFile',
    { tokenFile: 'token' },
    {
      files: { token: 'two' },
      args: ['--token', 'flag'],
      sees: 'Bearer two',
      differs: {
        in: ['requests'],
        kubectl: 'sends the token of the file',
        we: 'send that of the flag',
        why: 'A flag goes before the kubeconfig everywhere else.',
      },
    },
  ),
  user('token with a line break', { token: 'one\ntwo' }, { kubectl: /invalid header field/ }),
  user('token with a blank', { token: 'one two' }, { kubectl: 'works', sees: 'Bearer one two' }),
  user('basic', { username: 'jane', password: 'p:w' }, { sees: 'Basic amFuZTpwOnc=' }),
  user('basic without password', { username: 'jane' }, { sees: 'Basic amFuZTo=' }),
  user('basic in UTF-8', { username: 'jäne', password: 'ö' }, { sees: 'Basic' }),
  user(
    '--username and --password',
    {},
    {
      args: ['--username', 'joe', '--password', 'x'],
      sees: 'Basic am9lOng=',
    },
  ),
  user(
    '--password over the kubeconfig',
    { username: 'jane', password: 'old' },
    {
      args: ['--password', 'new'],
      sees: 'Basic amFuZTpuZXc=',
    },
  ),
  user(
    '--username over a token',
    { token: 'one' },
    {
      args: ['--username', 'joe', '--password', 'x'],
      kubectl: /more than one authentication method/,
    },
  ),
  user(
    '--token over basic',
    { username: 'jane', password: 'p' },
    {
      args: ['--token', 'flag'],
      kubectl: /more than one authentication method/,
    },
  ),
  user('certificate', PAIR, { sees: 'certificate of tester' }),
  user('certificate and token', { ...PAIR, token: 'one' }, { sees: 'tester, authorization' }),
  user('--client-certificate and --client-key over data', PAIR, {
    since: 37,
    files: OWN_FILES,
    args: ['--client-certificate', 'own.crt', '--client-key', 'own.key'],
    sees: 'certificate of tester',
  }),
  user(
    '--client-certificate and --client-key over missing files',
    {
      'client-certificate': 'gone.crt',
      'client-key': 'gone.key',
    },
    {
      files: OWN_FILES,
      args: ['--client-certificate', '{dir}/own.crt', '--client-key', '{dir}/own.key'],
      sees: 'certificate of tester',
    },
  ),
  user(
    '--client-certificate missing',
    {},
    {
      args: ['--client-certificate', 'gone.crt', '--client-key', 'gone.key'],
      kubectl: /unable to read client-cert gone\.crt/,
    },
  ),
  user(
    'certificate missing',
    { 'client-certificate': 'gone.crt', 'client-key-data': '{client.key}' },
    {
      kubectl: /unable to read client-cert/,
    },
  ),
  user(
    'key missing',
    { 'client-certificate-data': '{client.crt}', 'client-key': 'gone.key' },
    {
      kubectl: /unable to read client-key/,
    },
  ),
  user(
    'certificate and key missing',
    { 'client-certificate': 'a', 'client-key': 'b' },
    {
      kubectl: /unable to read client-cert/,
    },
  ),
  user(
    'certificate without key',
    { 'client-certificate-data': '{client.crt}' },
    {
      kubectl: /client-key-data or client-key must be specified/,
    },
  ),
  user('key without certificate', { token: 'one', 'client-key-data': '{client.key}' }, {}),
  user('no credential at all', {}, { kubectl: /EOF/, differs: ASKS_FOR_NAME }),
  user(
    'certificate in data and file',
    { ...PAIR, 'client-certificate': 'own.crt' },
    {
      files: OWN_FILES,
      kubectl: /client-cert-data and client-cert are both specified/,
    },
  ),
  user(
    'key in data and file',
    { ...PAIR, 'client-key': 'own.key' },
    {
      files: OWN_FILES,
      kubectl: /client-key-data and client-key are both specified/,
    },
  ),
  user(
    'a key of another certificate',
    { ...PAIR, 'client-key-data': '{server.key}' },
    {
      kubectl: /private key does not match public key/,
    },
  ),
  user(
    'a key of another certificate, in files',
    {},
    {
      files: OWN_FILES,
      args: ['--client-certificate', 'own.crt', '--client-key', 'other.key'],
      kubectl: /private key does not match public key/,
    },
  ),
  user(
    'a key with a passphrase',
    { ...PAIR, 'client-key-data': '{client-encrypted.key}' },
    {
      kubectl: /tls: /,
      differs: PASSPHRASE,
    },
  ),
  user(
    'a key with a passphrase, PKCS #8',
    {
      ...PAIR,
      'client-key-data': '{client-encrypted-pkcs8.key}',
    },
    { kubectl: /tls: /, differs: PASSPHRASE },
  ),
  user(
    'a certificate that is no PEM',
    { ...PAIR, 'client-certificate-data': 'bm9uZQ==' },
    {
      kubectl: /failed to find any PEM data/,
    },
  ),
  user(
    'a key that is no PEM',
    { ...PAIR, 'client-key-data': 'bm9uZQ==' },
    {
      kubectl: /failed to find any PEM data/,
    },
  ),
  user(
    "key and certificate in each other's place",
    {
      'client-certificate-data': '{client.key}',
      'client-key-data': '{client.crt}',
    },
    { kubectl: /tls: / },
  ),
  user(
    'data that is no base64',
    { ...PAIR, 'client-certificate-data': 'not base64!' },
    {
      kubectl: /illegal base64 data/,
    },
  ),
  ...['QQ', 'QQ=', 'QUI', 'QQ==x', 'QQ==QQ==', 'Q', '=', 'QUJD\nR'].map((data) =>
    user(
      `data that is no base64: ${JSON.stringify(data)}`,
      { ...PAIR, 'client-key-data': data },
      { kubectl: /illegal base64 data/ },
    ),
  ),
  user('as, as-uid, as-groups and as-user-extra', AS, {
    sees: 'authorization: Bearer one, impersonate-extra-scopes.example%2fx%20y: a, impersonate-extra-scopes.example%2fx%20y: b, impersonate-extra-zone: z, impersonate-group: dev, impersonate-group: ops, impersonate-uid: 7, impersonate-user: jane',
  }),
  user('--as over as; the rest of the kubeconfig stays', AS, {
    args: ['--as', 'joe'],
    sees: 'impersonate-user: joe',
  }),
  user('--as-group several times', SOMEBODY, {
    args: ['--as', 'joe', '--as-group', 'a', '--as-group', 'b,c', '--as-group=a'],
    sees: 'impersonate-group: a, impersonate-group: b,c, impersonate-group: a',
  }),
  user('--as-group over as-groups', AS, { args: ['--as', 'joe', '--as-group', 'own'] }),
  user('--as-uid', SOMEBODY, {
    args: ['--as', 'joe', '--as-uid', '9'],
    sees: 'impersonate-uid: 9',
  }),
  user('--as-user-extra several times, one key twice', SOMEBODY, {
    since: EXTRA,
    args: [
      '--as',
      'joe',
      '--as-user-extra',
      'k=v',
      '--as-user-extra',
      'k=w',
      '--as-user-extra',
      'l=',
    ],
  }),
  user('--as-user-extra with a comma', SOMEBODY, {
    since: EXTRA,
    args: ['--as', 'joe', '--as-user-extra', 'k=v,l=w'],
  }),
  user('--as-user-extra beside as-user-extra', AS, {
    since: EXTRA,
    args: ['--as-user-extra', 'k=v'],
  }),
  user('--as-user-extra without =', SOMEBODY, {
    since: EXTRA,
    args: ['--as', 'joe', '--as-user-extra', 'k'],
    kubectl: 'works',
    differs: {
      in: ['outcome'],
      kubectl: 'drops the value without a word',
      we: '`--as-user-extra must be KEY=VALUE`, exit code 2',
      why: 'Somebody meant something by it.',
    },
  }),
  user('--as a service account', SOMEBODY, {
    args: ['--as', 'system:serviceaccount:shop:default'],
    sees: 'impersonate-user: system:serviceaccount:shop:default',
  }),
  user('--as with a letter outside ASCII', SOMEBODY, { args: ['--as', 'jäne'], kubectl: 'works' }),
  user('--as-group alone', SOMEBODY, {
    args: ['--as-group', 'a'],
    kubectl: /without impersonating a user/,
  }),
  user('as-groups alone', { 'as-groups': ['a'] }, { kubectl: /without impersonating a user/ }),
  user('auth-provider gcp', { 'auth-provider': { name: 'gcp' } }, { kubectl: /gcp/ }),
  user('auth-provider azure', { 'auth-provider': { name: 'azure' } }, { kubectl: /azure/ }),
  user(
    'auth-provider unknown',
    { 'auth-provider': { name: 'own' } },
    {
      kubectl: /no Auth Provider found for name "own"/,
    },
  ),
  user(
    'oidc without issuer',
    { 'auth-provider': { name: 'oidc', config: {} } },
    {
      kubectl: /Must provide idp-issuer-url/,
    },
  ),
  user(
    'oidc without client',
    {
      'auth-provider': { name: 'oidc', config: { 'idp-issuer-url': 'https://x' } },
    },
    { kubectl: /Must provide client-id/ },
  ),
  user(
    'oidc: id-token expired, no refresh-token',
    {
      'auth-provider': {
        name: 'oidc',
        // {"alg":"none"}.{"exp":1}
        config: {
          'idp-issuer-url': 'https://x',
          'client-id': 'c',
          'id-token': 'e30.eyJleHAiOjF9.c2ln',
        },
      },
    },
    { kubectl: /No valid id-token, and cannot refresh without refresh-token/ },
  ),
  user(
    'oidc: id-token that is no JWT',
    {
      'auth-provider': {
        name: 'oidc',
        config: { 'idp-issuer-url': 'https://x', 'client-id': 'c', 'id-token': 'abc' },
      },
    },
    { kubectl: /ID Token is not a valid JWT/ },
  ),
  user(
    'oidc: id-token that holds',
    {
      'auth-provider': {
        name: 'oidc',
        // {"exp":9999999999}
        config: {
          'idp-issuer-url': 'https://x',
          'client-id': 'c',
          'id-token': 'e30.eyJleHAiOjk5OTk5OTk5OTl9.c2ln',
        },
      },
    },
    { sees: 'Bearer e30.eyJleHAiOjk5OTk5OTk5OTl9.c2ln' },
  ),
];
