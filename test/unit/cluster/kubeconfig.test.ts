import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Connection } from '../../../src/cluster/connection.ts';
import { KubeconfigError } from '../../../src/cluster/errors.ts';
import { inCluster } from '../../../src/cluster/in-cluster.ts';
import { loadConnection } from '../../../src/cluster/kubeconfig.ts';
import type { ConnectionOptions } from '../../../src/words/options.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';
import { testWorld } from '../../rig/world.ts';

const NONE: ConnectionOptions = { asGroups: [], asUserExtra: [] };
const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const data = (text: string) => Buffer.from(text).toString('base64');

const CONFIG = `
apiVersion: v1
kind: Config
current-context: one
clusters:
- name: c1
  cluster: {server: "https://one.example:6443/", certificate-authority-data: ${data('CA one')}, tls-server-name: sni.example}
- name: c2
  cluster: {server: "https://two.example/prefix", insecure-skip-tls-verify: true, proxy-url: "http://proxy:3128"}
- name: ca-file
  cluster: {server: "https://three.example", certificate-authority: pki/ca.crt}
- name: no-server
  cluster: {}
- name: bare
  cluster: {server: "bare.example:8080"}
- {name: broken, cluster: 7}
- nonsense
contexts:
- name: one
  context: {cluster: c1, user: token, namespace: shop}
- name: two
  context: {cluster: c2, user: token-file}
- name: three
  context: {cluster: ca-file}
- name: basic
  context: {cluster: c1, user: basic}
- name: cert
  context: {cluster: c1, user: cert}
- name: as
  context: {cluster: c1, user: as}
- name: no-server
  context: {cluster: no-server, user: token}
- name: no-cluster
  context: {cluster: gone, user: token}
- name: no-user
  context: {cluster: c1, user: gone}
- name: bare
  context: {cluster: bare}
- name: gcp
  context: {cluster: c1, user: gcp}
- name: bad-token
  context: {cluster: c1, user: bad-token}
- name: cert-missing
  context: {cluster: c1, user: cert-missing}
- name: cert-alone
  context: {cluster: c1, user: cert-alone}
users:
- name: token
  user: {token: abc, tokenFile: ignored}
- name: token-file
  user: {tokenFile: secrets/token}
- name: basic
  user: {username: u, password: "p:w"}
- name: cert
  user: {client-certificate-data: ${data(PEM)}, client-key-data: ${data(PEM)}}
- name: as
  user: {token: abc, as: jane, as-uid: "7", as-groups: [dev, ops], as-user-extra: {Scopes/X: [a, b]}}
- name: gcp
  user: {auth-provider: {name: gcp}}
- name: bad-token
  user: {token: "abc def"}
- name: cert-missing
  user: {client-certificate: gone.crt, client-key: gone.key}
- name: cert-alone
  user: {client-certificate-data: ${data(PEM)}}
`;

describe('kubeconfig', () => {
  let folder: TempFolder;
  let config: string;
  before(() => {
    folder = tempFolder();
    config = folder.write('config', CONFIG);
    folder.write('secrets/token', 'from file\n'.replace(' ', '-'));
    folder.write('pki/ca.crt', 'CA file');
  });
  after(() => folder.remove());

  function load(
    options: Partial<ConnectionOptions> = {},
    env: Record<string, string> = {},
  ): Connection {
    const world = testWorld({
      env: { KUBECONFIG: config, HOME: folder.path, ...env },
      cwd: folder.path,
    });
    return loadConnection({ ...NONE, ...options }, world);
  }

  async function authorization(connection: Connection): Promise<string | undefined> {
    return (await connection.credentials.identity()).authorization;
  }

  it('reads the current context', async () => {
    const { endpoint, namespace, ...rest } = load();
    assert.equal(endpoint.server.href, 'https://one.example:6443/');
    assert.equal(endpoint.ca?.toString(), 'CA one');
    assert.equal(endpoint.serverName, 'sni.example');
    assert.equal(endpoint.insecure, false);
    assert.equal(namespace, 'shop');
    assert.equal(await authorization({ endpoint, namespace, ...rest }), 'Bearer abc');
  });

  it('reads another context: insecure, proxy, token file, no namespace', async () => {
    const connection = load({ context: 'two' });
    const { endpoint } = connection;
    assert.equal(endpoint.server.pathname, '/prefix');
    assert.equal(endpoint.insecure, true);
    assert.equal(endpoint.proxyUrl, 'http://proxy:3128');
    assert.equal(connection.namespace, 'default');
    assert.equal(await authorization(connection), 'Bearer from-file');
  });

  it('reads paths against the file, and a context without user is anonymous over its CA', async () => {
    const connection = load({ context: 'three' });
    assert.equal(connection.endpoint.ca?.toString(), 'CA file');
    assert.equal(await authorization(connection), undefined);
  });

  it('sends basic and certificates', async () => {
    assert.equal(await authorization(load({ context: 'basic' })), `Basic ${data('u:p:w')}`);
    const { cert, key } = await load({ context: 'cert' }).credentials.identity();
    assert.equal(cert?.toString(), PEM);
    assert.equal(key?.toString(), PEM);
  });

  it('takes a server without scheme as client-go does', () => {
    assert.equal(load({ context: 'bare' }).endpoint.server.href, 'http://bare.example:8080/');
    const secure = load({ context: 'bare', insecureSkipTlsVerify: true });
    assert.equal(secure.endpoint.server.href, 'https://bare.example:8080/');
  });

  it('impersonates as kubeconfig and flags say', () => {
    assert.deepEqual(load({ context: 'as' }).impersonation, {
      'Impersonate-User': 'jane',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['dev', 'ops'],
      'Impersonate-Extra-Scopes%2FX': ['a', 'b'],
    });
    assert.deepEqual(
      load({ context: 'as', as: 'joe', asGroups: ['qa'], asUserExtra: ['k=v', 'k=w=x'] })
        .impersonation,
      {
        'Impersonate-User': 'joe',
        'Impersonate-Uid': '7',
        'Impersonate-Group': ['qa'],
        'Impersonate-Extra-k': ['v', 'w=x'],
      },
    );
  });

  describe('flags over it', () => {
    it('--cluster, --user, --server, --token', async () => {
      const connection = load({ cluster: 'c2', user: 'basic' });
      assert.equal(connection.endpoint.server.host, 'two.example');
      assert.match((await authorization(connection)) ?? '', /^Basic /);
      const other = load({ server: 'https://else.example', token: 'xyz', user: 'basic' });
      assert.equal(other.endpoint.server.host, 'else.example');
      assert.equal(other.endpoint.serverName, undefined);
      assert.equal(other.endpoint.ca?.toString(), 'CA one');
      assert.equal(await authorization(other), 'Bearer xyz');
    });

    it('--certificate-authority, --insecure-skip-tls-verify, --tls-server-name', () => {
      const authority = load({ context: 'two', certificateAuthority: 'pki/ca.crt' }).endpoint;
      assert.deepEqual([authority.ca?.toString(), authority.insecure], ['CA file', false]);
      const insecure = load({ insecureSkipTlsVerify: true }).endpoint;
      assert.deepEqual([insecure.ca, insecure.insecure], [undefined, true]);
      assert.equal(load({ tlsServerName: 'n.example' }).endpoint.serverName, 'n.example');
    });

    it('--client-certificate, --client-key', async () => {
      folder.write('own.pem', PEM);
      const connection = load({
        context: 'cert-missing',
        clientCertificate: 'own.pem',
        clientKey: 'own.pem',
      });
      assert.equal((await connection.credentials.identity()).cert?.toString(), PEM);
    });
  });

  for (const [name, options, line] of [
    ['unknown context', { context: 'x' }, 'error: context "x" does not exist'],
    ['unknown cluster', { cluster: 'x' }, 'error: cluster "x" does not exist'],
    ['unknown user', { user: 'x' }, 'error: auth info "x" does not exist'],
    [
      'cluster of the context gone',
      { context: 'no-cluster' },
      'error: cluster "gone" does not exist',
    ],
    ['user of the context gone', { context: 'no-user' }, 'error: auth info "gone" does not exist'],
    ['no server', { context: 'no-server' }, 'error: no server found for cluster "no-server"'],
    [
      '--kubeconfig gone',
      { kubeconfig: 'nofile' },
      'error: stat nofile: no such file or directory',
    ],
    [
      'groups without user',
      { asGroups: ['g'] },
      'error: requesting uid, groups or user-extra for token without impersonating a user',
    ],
    [
      'CA and insecure',
      { insecureSkipTlsVerify: true, certificateAuthority: 'pki/ca.crt' },
      'error: specifying a root certificates file with the insecure flag is not allowed',
    ],
    [
      'server is no URL',
      { server: 'ftp://x' },
      'error: the server of the cluster must be a URL like https://HOST:PORT',
    ],
  ] as const) {
    it(`refuses: ${name}`, () =>
      assert.throws(
        () => load(options),
        (error: Error) => error instanceof KubeconfigError && error.words() === line,
      ));
  }

  it('names each certificate file that is missing', () =>
    assert.throws(() => load({ context: 'cert-missing' }), {
      message: `unable to read client-cert ${join(folder.path, 'gone.crt')} for cert-missing due to open ${join(folder.path, 'gone.crt')}: no such file or directory; unable to read client-key ${join(folder.path, 'gone.key')} for cert-missing due to open ${join(folder.path, 'gone.key')}: no such file or directory`,
    }));

  it('refuses a certificate without key and a CA file that is missing', () => {
    assert.throws(() => load({ context: 'cert-alone' }), /client-key/);
    assert.throws(
      () => load({ certificateAuthority: 'nope' }),
      /unable to read certificate-authority/,
    );
  });

  it('refuses a token that is no header value, without showing it', () =>
    assert.throws(
      () => load({ context: 'bad-token' }),
      (error: Error) => error instanceof KubeconfigError && !error.message.includes('abc'),
    ));

  it('says what took the place of a provider that is gone', async () =>
    assert.rejects(load({ context: 'gcp' }).credentials.identity(), /gke-gcloud-auth-plugin/));

  describe('files', () => {
    it('merges the list: the first to name an entry wins, missing and empty files are skipped', () => {
      const first = folder.write(
        'first',
        'clusters: [{name: c1, cluster: {server: "https://first.example"}}]',
      );
      const empty = folder.write('empty', '');
      const last = folder.write(
        'last',
        `current-context: two\nclusters: [{name: c2, cluster: {server: "https://no"}}]`,
      );
      const list = [first, first, '', join(folder.path, 'gone'), empty, config, last].join(':');
      const { endpoint } = load({}, { KUBECONFIG: list });
      assert.equal(endpoint.server.host, 'first.example');
      assert.equal(endpoint.ca, undefined);
      assert.equal(
        load({ context: 'two' }, { KUBECONFIG: list }).endpoint.server.host,
        'two.example',
      );
    });

    it('reads ~/.kube/config, else asks localhost:8080', () => {
      assert.equal(load({}, { KUBECONFIG: '' }).endpoint.server.href, 'http://localhost:8080/');
      assert.equal(load({}, { KUBECONFIG: ':' }).endpoint.server.href, 'http://localhost:8080/');
      folder.write('.kube/config', 'clusters: [{name: h, cluster: {server: "https://home"}}]');
      assert.equal(load({ cluster: 'h' }, { KUBECONFIG: '' }).endpoint.server.host, 'home');
    });

    it('reads JSON and a file with a byte order mark', () => {
      const server = 'https://json.example';
      const json = JSON.stringify({ clusters: [{ name: 'j', cluster: { server } }] });
      const file = folder.write('json', `\uFEFF${json}`);
      assert.equal(load({ kubeconfig: file, cluster: 'j' }).endpoint.server.host, 'json.example');
    });

    for (const [name, content, expected] of [
      [
        'broken YAML',
        'users: [{name: x, user: {token: s3cret}\n',
        /error loading config file ".*": line \d+: /,
      ],
      ['a word', 's3cret', /it is not a kubeconfig/],
      ['binary', Buffer.from([0x00, 0x01, 0xff, 0xfe]), /error loading config file/],
    ] as const) {
      it(`refuses ${name} without quoting it`, () => {
        const file = folder.write('bad', content);
        assert.throws(
          () => load({ kubeconfig: file }),
          (error: Error) =>
            error instanceof KubeconfigError &&
            expected.test(error.message) &&
            !error.message.includes('s3cret'),
        );
      });
    }

    it('refuses a folder', () =>
      assert.throws(() => load({ kubeconfig: folder.path }), /is a directory/));
  });

  describe('service account of a pod', () => {
    const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };

    it('is used inside a pod', async () => {
      folder.write('sa/token', 'pod-token\n');
      folder.write('sa/ca.crt', 'pod CA');
      folder.write('sa/namespace', 'team');
      const found = inCluster(testWorld({ env }), NONE, join(folder.path, 'sa'));
      assert.equal(found?.endpoint.server.href, 'https://[fd00::1]/');
      assert.equal(found.endpoint.ca?.toString(), 'pod CA');
      assert.equal(found.namespace, 'team');
      assert.equal(await authorization(found), 'Bearer pod-token');
    });

    it('is not outside', () => {
      assert.equal(inCluster(testWorld({ env }), NONE, join(folder.path, 'nowhere')), null);
      assert.equal(inCluster(testWorld(), NONE, join(folder.path, 'sa')), null);
    });
  });

  it('reads a token file again after it was refused', async () => {
    const { credentials } = load({ context: 'two' });
    const before = await credentials.identity();
    assert.equal(await credentials.identity(), before);
    folder.write('secrets/token', 'second');
    assert.equal(credentials.renew(), true);
    assert.equal((await credentials.identity()).authorization, 'Bearer second');
  });
});
