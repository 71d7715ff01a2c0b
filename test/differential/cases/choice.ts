/** Which context, cluster and user: names, flags over them, and what is missing. */
import { type Case, type Difference, kubeconfig, SOMEBODY, TRUSTED } from '../case.ts';
import { ASKS_FOR_NAME, NAMES_WHAT_IS_MISSING } from '../differences.ts';

const plain = kubeconfig(TRUSTED, { token: 'one' });
const ca = { 'certificate-authority-data': '{ca.crt}' };
const several = kubeconfig(
  TRUSTED,
  {},
  {},
  {
    clusters: [
      { name: 'c', cluster: { ...ca, server: '{server}/c' } },
      { name: 'd', cluster: { ...ca, server: '{server}/d', 'tls-server-name': 'localhost' } },
    ],
    users: [
      { name: 'u', user: { token: 'u' } },
      { name: 'v', user: { token: 'v' } },
    ],
    contexts: [
      { name: 'x', context: { cluster: 'c', user: 'u' } },
      { name: 'y', context: { cluster: 'd', user: 'v' } },
      { name: 'w', context: { cluster: 'gone', user: 'u' } },
      { name: 'z', context: { cluster: 'c', user: 'gone' } },
    ],
  },
);

const works = (name: string, args: readonly string[], sees: string): Case => ({
  name,
  files: { config: several, ca: '{pem:ca.crt}' },
  args,
  kubectl: 'works',
  sees,
});

const fails = (
  name: string,
  config: string,
  args: readonly string[],
  kubectl: RegExp,
  differs?: Difference,
): Case => ({ name, files: { config }, args, kubectl, ...(differs && { differs }) });

export const CHOICE_CASES: readonly Case[] = [
  works(
    '--context',
    ['--context', 'y'],
    'prefix /d, server name localhost, authorization: Bearer v',
  ),
  works(
    '--cluster',
    ['--cluster', 'd'],
    'prefix /d, server name localhost, authorization: Bearer u',
  ),
  works('--user', ['--user', 'v'], 'prefix /c, authorization: Bearer v'),
  works(
    '--context, --cluster and --user',
    ['--context', 'y', '--cluster', 'c', '--user', 'u'],
    '/c',
  ),
  works('--server', ['--server', '{server}/own'], 'prefix /own, authorization: Bearer u'),
  works(
    '--server drops the tls-server-name of the kubeconfig',
    ['--context', 'y', '-s', '{server}/own'],
    'https, prefix /own, authorization: Bearer v',
  ),
  works('--token', ['--token', 'flag'], 'Bearer flag'),
  works('the last --token counts', ['--token', 'flag', '--token', 'last'], 'Bearer last'),
  works('an empty --context is none', ['--context', ''], 'prefix /c'),
  fails('--context unknown', plain, ['--context', 'gone'], /context "gone" does not exist/),
  fails('--cluster unknown', plain, ['--cluster', 'gone'], /cluster "gone" does not exist/),
  fails('--user unknown', plain, ['--user', 'gone'], /auth info "gone" does not exist/),
  fails(
    'current-context unknown',
    kubeconfig(TRUSTED, {}, {}, { 'current-context': 'gone' }),
    [],
    /context was not found for specified context: gone/,
  ),
  fails(
    'cluster of the context unknown',
    kubeconfig(TRUSTED, SOMEBODY, { cluster: 'gone' }),
    [],
    /localhost:8080 was refused/,
    NAMES_WHAT_IS_MISSING,
  ),
  works(
    'cluster unknown, but --server',
    ['--context', 'w', '-s', '{server}/own', '--certificate-authority', 'ca'],
    'prefix /own, authorization: Bearer u',
  ),
  fails('user of the context unknown', kubeconfig(TRUSTED, SOMEBODY, { user: 'gone' }), [], /EOF/, {
    in: ['words'],
    kubectl: ASKS_FOR_NAME.kubectl,
    we: '`auth info "x" does not exist`',
    why: 'The kubeconfig names a user that is not there.',
  }),
  works('user unknown, but --token', ['--context', 'z', '--token', 'flag'], 'Bearer flag'),
  fails(
    'context without user',
    kubeconfig(TRUSTED, SOMEBODY, { user: undefined }),
    [],
    /EOF/,
    ASKS_FOR_NAME,
  ),
  {
    name: 'context without user, over http',
    server: { speaks: 'http' },
    files: { config: kubeconfig({ server: '{server}' }, SOMEBODY, { user: undefined }) },
    kubectl: 'works',
    sees: 'http',
  },
  {
    name: 'no current-context, --cluster and --user',
    files: { config: kubeconfig(TRUSTED, { token: 'one' }, {}, { 'current-context': '' }) },
    args: ['--cluster', 'c', '--user', 'u'],
    kubectl: 'works',
    sees: 'Bearer one',
  },
  fails(
    'no current-context and no flag',
    kubeconfig(TRUSTED, {}, {}, { 'current-context': '' }),
    [],
    /localhost:8080 was refused/,
  ),
  fails('context without cluster', kubeconfig(TRUSTED, {}, { cluster: '' }), [], /localhost:8080/),
  fails('cluster without server', kubeconfig(ca), [], /localhost:8080/, NAMES_WHAT_IS_MISSING),
  fails('cluster without anything', kubeconfig({}), [], /localhost:8080/, NAMES_WHAT_IS_MISSING),
  fails(
    'namespace of the context is no name',
    kubeconfig(TRUSTED, {}, { namespace: 'A_B' }),
    ['--context', 'gone'],
    /does not exist/,
  ),
  fails(
    'two ways to prove oneself',
    kubeconfig(TRUSTED, { token: 'one', username: 'a', password: 'b' }),
    [],
    /more than one authentication method found for u/,
  ),
  fails(
    'several mistakes at once',
    kubeconfig(
      { ...TRUSTED, 'certificate-authority': 'gone' },
      { 'client-certificate': 'gone.crt', 'as-uid': '7' },
    ),
    [],
    /invalid configuration|Error in configuration/,
  ),
];
