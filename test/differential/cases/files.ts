/** Which kubeconfig files count and how they merge. */
import { type Case, kubeconfig, TRUSTED } from '../case.ts';
import { OTHER_PARSER } from '../differences.ts';

const ca = { 'certificate-authority-data': '{ca.crt}' };
const at = (prefix: string) => ({ ...ca, server: `{server}/${prefix}` });
const one = kubeconfig(at('one'), { token: 'one' });
const two = kubeconfig(at('two'), { token: 'two' });

/** A file with one list only. */
const part = (fields: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...fields });

export const FILE_CASES: readonly Case[] = [
  {
    name: 'KUBECONFIG: the first file to name an entry wins, whole',
    env: { KUBECONFIG: '{dir}/a:{dir}/b' },
    files: { a: one, b: two },
    kubectl: 'works',
    sees: 'prefix /one, authorization: Bearer one',
  },
  {
    name: 'KUBECONFIG: an entry of the first file takes nothing from its namesake in the second',
    env: { KUBECONFIG: 'a:b' },
    files: {
      a: part({ 'current-context': 'x', clusters: [{ name: 'c', cluster: at('one') }] }),
      b: kubeconfig({ ...at('two'), 'insecure-skip-tls-verify': true }, { token: 'two' }),
    },
    kubectl: 'works',
    sees: 'prefix /one, authorization: Bearer two',
  },
  {
    name: 'KUBECONFIG: the first current-context wins',
    env: { KUBECONFIG: 'a:b' },
    files: {
      a: part({
        'current-context': 'y',
        contexts: [{ name: 'y', context: { cluster: 'c', user: 'u' } }],
        clusters: [{ name: 'c', cluster: at('one') }],
      }),
      b: two,
    },
    kubectl: 'works',
    sees: 'prefix /one, authorization: Bearer two',
  },
  {
    name: 'KUBECONFIG: the first file without current-context leaves it to the second',
    env: { KUBECONFIG: 'a:b' },
    files: { a: part({ clusters: [{ name: 'c', cluster: at('one') }] }), b: two },
    kubectl: 'works',
    sees: 'prefix /one',
  },
  {
    name: 'KUBECONFIG: a missing file is skipped',
    env: { KUBECONFIG: 'gone:{dir}/b' },
    files: { b: two },
    kubectl: 'works',
    sees: 'prefix /two',
  },
  {
    name: 'KUBECONFIG: all files missing',
    env: { KUBECONFIG: 'gone:gone-too' },
    kubectl: /localhost:8080 was refused/,
  },
  {
    name: 'KUBECONFIG: an empty file is an empty kubeconfig',
    env: { KUBECONFIG: 'a:b' },
    files: { a: '', b: two },
    kubectl: 'works',
    sees: 'prefix /two',
  },
  {
    name: 'KUBECONFIG: a file of comments only',
    env: { KUBECONFIG: 'a:b' },
    files: { a: '# none yet\n---\n', b: two },
    kubectl: 'works',
  },
  {
    name: 'KUBECONFIG: the same path twice',
    env: { KUBECONFIG: '{dir}/a:{dir}/a' },
    files: { a: one },
    kubectl: 'works',
    sees: 'prefix /one',
  },
  { name: 'KUBECONFIG=:', env: { KUBECONFIG: ':' }, kubectl: /localhost:8080 was refused/ },
  {
    name: 'KUBECONFIG=: does not fall back to ~/.kube/config',
    env: { KUBECONFIG: ':' },
    files: { '.kube/config': one },
    kubectl: /localhost:8080 was refused/,
  },
  {
    name: 'KUBECONFIG empty: ~/.kube/config',
    env: { KUBECONFIG: '' },
    files: { '.kube/config': one },
    kubectl: 'works',
    sees: 'prefix /one',
  },
  {
    name: 'no kubeconfig at all',
    env: { KUBECONFIG: '' },
    kubectl: /localhost:8080 was refused/,
  },
  {
    name: 'relative paths of a file in another folder',
    env: { KUBECONFIG: 'etc/kube/a' },
    files: {
      'etc/kube/a': kubeconfig(
        { server: '{server}', 'certificate-authority': '../pki/ca.crt' },
        { 'client-certificate': 'own.crt', 'client-key': './own.key' },
      ),
      'etc/pki/ca.crt': '{pem:ca.crt}',
      'etc/kube/own.crt': '{pem:client.crt}',
      'etc/kube/own.key': '{pem:client.key}',
    },
    kubectl: 'works',
    sees: 'certificate of tester',
  },
  {
    name: '--kubeconfig goes before KUBECONFIG',
    env: { KUBECONFIG: 'b' },
    files: { a: one, b: two },
    args: ['--kubeconfig', 'a'],
    kubectl: 'works',
    sees: 'prefix /one',
  },
  {
    name: '--kubeconfig: file missing',
    args: ['--kubeconfig', 'gone'],
    kubectl: /stat gone: no such file or directory/,
  },
  {
    name: '--kubeconfig takes no list',
    args: ['--kubeconfig', 'a:b'],
    files: { a: one, b: two },
    kubectl: /stat a:b: no such file/,
  },
  {
    name: '--kubeconfig: a folder',
    args: ['--kubeconfig', 'a'],
    files: { 'a/b': '' },
    kubectl: /is a directory/,
  },
  {
    name: 'broken entries that are not used',
    files: {
      config: kubeconfig(
        at('one'),
        { token: 'one' },
        {},
        {
          clusters: [
            { name: 'c', cluster: at('one') },
            { name: 'no-server', cluster: {} },
            { name: 'no-file', cluster: { server: 'x', 'certificate-authority': 'gone' } },
          ],
          contexts: [
            { name: 'x', context: { cluster: 'c', user: 'u' } },
            { name: 'y', context: { cluster: 'gone', user: 'gone' } },
            { name: 'z', context: {} },
          ],
        },
      ),
    },
    kubectl: 'works',
    sees: 'prefix /one',
  },
  {
    name: 'fields nobody knows',
    files: {
      config: kubeconfig({ ...TRUSTED, colour: 'green' }, { token: 'one', 'token-file': 'gone' }),
    },
    kubectl: 'works',
    sees: 'Bearer one',
  },
  {
    name: 'YAML that cannot be read',
    files: { config: 'apiVersion: v1\nclusters: [{name: c\nusers: }\n' },
    kubectl: /error loading config file "config": /,
    differs: OTHER_PARSER,
  },
  {
    name: 'a kubeconfig that is one word',
    files: { config: 'secret' },
    kubectl: /error loading config file "config": /,
    differs: OTHER_PARSER,
  },
  {
    name: 'a number where a text belongs',
    files: { config: kubeconfig(TRUSTED, { token: 1234 }) },
    kubectl: /error loading config file "config": /,
    differs: OTHER_PARSER,
  },
  {
    name: 'a key given twice in one mapping',
    files: { config: `${one.slice(0, -1)},"current-context":"x"}` },
    kubectl: 'works',
    sees: 'prefix /one',
  },
  {
    name: 'yes for true',
    files: {
      config: `
clusters: [{name: c, cluster: {server: "{server}", insecure-skip-tls-verify: yes}}]
users: [{name: u, user: {token: one}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`,
    },
    kubectl: 'works',
  },
  {
    name: 'a name twice in one file',
    files: {
      config: kubeconfig(
        TRUSTED,
        {},
        {},
        {
          users: [
            { name: 'u', user: { token: 'one' } },
            { name: 'u', user: { token: 'two' } },
          ],
        },
      ),
    },
    kubectl: /duplicate name "u" in list/,
    differs: OTHER_PARSER,
  },
  {
    name: 'a list where a text belongs',
    files: { config: kubeconfig({ server: ['{server}'] }) },
    kubectl: /error loading config file "config": /,
    differs: OTHER_PARSER,
  },
  {
    name: 'several files that cannot be read',
    env: { KUBECONFIG: 'a:b' },
    files: { a: 'x: [', b: 'y: [' },
    kubectl: /file "a"[\s\S]*file "b"/,
    differs: OTHER_PARSER,
  },
];
