import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Connection } from '../../../../src/cluster/connection.ts';
import { KubeconfigError } from '../../../../src/cluster/errors.ts';
import { inCluster } from '../../../../src/cluster/kubeconfig/in-cluster.ts';
import { loadConnection } from '../../../../src/cluster/kubeconfig/kubeconfig.ts';
import type { ConnectionOptions } from '../../../../src/words/options.ts';
import { certificate } from '../../../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../../../rig/temp.ts';
import { testWorld } from '../../../rig/world.ts';

const NONE: ConnectionOptions = { asGroups: [], asUserExtra: [] };
const data = (text: string | Buffer) => Buffer.from(text).toString('base64');
/** Told apart by what stands before the certificate. */
const authority = (name: string) => `${name}\n${certificate('ca.crt')}`;
const CERT = certificate('client.crt').toString();
const KEY = certificate('client.key').toString();

const CONFIG = `
apiVersion: v1
kind: Config
current-context: one
clusters:
- name: c1
  cluster: {server: "https://one.example:6443/", certificate-authority-data: ${data(authority('CA one'))}, tls-server-name: sni.example}
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
  user: {client-certificate-data: ${data(CERT)}, client-key-data: ${data(KEY)}}
- name: as
  user: {token: abc, as: jane, as-uid: "7", as-groups: [dev, ops], as-user-extra: {Scopes/X: [a, b]}}
- name: gcp
  user: {auth-provider: {name: gcp}}
- name: bad-token
  user: {token: "abc\\ndef"}
- name: cert-missing
  user: {client-certificate: gone.crt, client-key: gone.key}
- name: cert-alone
  user: {client-certificate-data: ${data(CERT)}}
`;

describe('kubeconfig', () => {
  let folder: TempFolder;
  let config: string;
  before(() => {
    folder = tempFolder();
    config = folder.write('config', CONFIG);
    folder.write('secrets/token', 'from file\n'.replace(' ', '-'));
    folder.write('pki/ca.crt', authority('CA file'));
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

  /** The first line of the CA, see `authority`. */
  function caName({ endpoint }: Connection): string | undefined {
    return endpoint.ca?.toString().split('\n')[0];
  }

  async function authorization(connection: Connection): Promise<string | undefined> {
    return (await connection.credentials.identity()).authorization;
  }

  it('reads the current context', async () => {
    const { endpoint, namespace, ...rest } = load();
    assert.equal(endpoint.server.href, 'https://one.example:6443/');
    assert.equal(caName(load()), 'CA one');
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
    assert.equal(caName(connection), 'CA file');
    assert.equal(await authorization(connection), undefined);
  });

  it('sends basic and certificates', async () => {
    assert.equal(await authorization(load({ context: 'basic' })), `Basic ${data('u:p:w')}`);
    const { cert, key } = await load({ context: 'cert' }).credentials.identity();
    assert.equal(cert?.toString(), CERT);
    assert.equal(key?.toString(), KEY);
  });

  it('takes a server without scheme as http, whatever is said of TLS', () => {
    assert.equal(load({ context: 'bare' }).endpoint.server.href, 'http://bare.example:8080/');
    const insecure = load({ context: 'bare', insecureSkipTlsVerify: true });
    assert.equal(insecure.endpoint.server.href, 'http://bare.example:8080/');
  });

  it('sends no credential to a server without TLS, but impersonates there', async () => {
    const { credentials, impersonation } = load({ context: 'as', server: 'http://x.example' });
    assert.deepEqual(await credentials.identity(), {});
    assert.equal(impersonation['Impersonate-User'], 'jane');
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
        'Impersonate-Extra-Scopes%2FX': ['a', 'b'],
        'Impersonate-Extra-k': ['v', 'w=x'],
      },
    );
  });

  describe('flags over it', () => {
    it('--cluster, --user, --server, --token', async () => {
      const connection = load({ cluster: 'c2', user: 'basic' });
      assert.equal(connection.endpoint.server.host, 'two.example');
      assert.match((await authorization(connection)) ?? '', /^Basic /);
      const other = load({ server: 'https://else.example', token: 'xyz', user: 'token-file' });
      assert.equal(other.endpoint.server.host, 'else.example');
      assert.equal(other.endpoint.serverName, undefined);
      assert.equal(caName(other), 'CA one');
      assert.equal(await authorization(other), 'Bearer xyz');
    });

    it('--certificate-authority, --insecure-skip-tls-verify, --tls-server-name', () => {
      const secure = load({ context: 'two', certificateAuthority: 'pki/ca.crt' });
      assert.deepEqual([caName(secure), secure.endpoint.insecure], ['CA file', false]);
      const insecure = load({ insecureSkipTlsVerify: true }).endpoint;
      assert.deepEqual([insecure.ca, insecure.insecure], [undefined, true]);
      assert.equal(load({ tlsServerName: 'n.example' }).endpoint.serverName, 'n.example');
    });

    it('--client-certificate, --client-key', async () => {
      folder.write('own.pem', CERT + KEY);
      const connection = load({
        context: 'cert-missing',
        clientCertificate: 'own.pem',
        clientKey: 'own.pem',
      });
      assert.equal((await connection.credentials.identity()).cert?.toString(), CERT + KEY);
    });

    it('--username, --password', async () => {
      const connection = load({ context: 'three', username: 'joe', password: 'x' });
      assert.equal(await authorization(connection), `Basic ${data('joe:x')}`);
      assert.equal(
        await authorization(load({ context: 'basic', password: 'y' })),
        `Basic ${data('u:y')}`,
      );
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
      'Error in configuration: requesting uid, groups or user-extra for token without impersonating a user',
    ],
    [
      'two ways to prove oneself',
      { username: 'joe' },
      'Error in configuration: more than one authentication method found for token; found [token basicAuth], only one is allowed',
    ],
    [
      'CA and insecure',
      { insecureSkipTlsVerify: true, certificateAuthority: 'pki/ca.crt' },
      'error: specifying a root certificates file with the insecure flag is not allowed',
    ],
    [
      'CA that is none',
      { certificateAuthority: 'secrets/token' },
      'error: unable to load root certificates: unable to parse bytes as PEM block',
    ],
    [
      'server of another kind',
      { server: 'ftp://x' },
      'Unable to connect to the server: unsupported protocol scheme "ftp"',
    ],
    [
      'server with a port that is none',
      { server: 'https://x:99999/y' },
      'Unable to connect to the server: dial tcp: address 99999: invalid port',
    ],
    [
      'server without scheme but with a path',
      { server: 'x:1/y' },
      'error: host must be a URL or a host:port pair: "x:1/y"',
    ],
    [
      'server without scheme but with a path and a password',
      { server: 'u:s3cret@x:1/y' },
      'error: host must be a URL or a host:port pair: "x:1/y"',
    ],
    [
      'several at once',
      { clientCertificate: 'gone.crt', asUid: '7', certificateAuthority: 'gone.ca' },
      `Error in configuration: 
* client-key-data or client-key must be specified for token to use the clientCert authentication method.
* unable to read client-cert gone.crt for token due to open gone.crt: no such file or directory
* requesting uid, groups or user-extra for token without impersonating a user
* unable to read certificate-authority gone.ca for c1 due to open gone.ca: no such file or directory`,
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

  it('refuses a token that is no header value, without showing it', async () =>
    assert.rejects(
      load({ context: 'bad-token' }).credentials.identity(),
      (error: Error) =>
        error instanceof KubeconfigError &&
        error.words() ===
          'Unable to connect to the server: net/http: invalid header field value for "Authorization"',
    ));

  it('takes a token with blanks and letters outside ASCII, as bytes of UTF-8', async () =>
    assert.equal(
      await authorization(load({ token: 'a bä' })),
      `Bearer ${Buffer.from('a bä').toString('latin1')}`,
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

    it('asks KUBERNETES_MASTER where nothing names a server', () => {
      const env = { KUBECONFIG: ':', KUBERNETES_MASTER: 'http://master.example:1' };
      assert.equal(load({}, env).endpoint.server.host, 'master.example:1');
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
      [
        'a number for a token',
        'contexts: [{name: x, context: {user: u}}]\nusers: [{name: u, user: {token: 1234}}]\ncurrent-context: x',
        /: token of user "u" is no text: put it in quotes$/,
      ],
      [
        'data that is no base64',
        'contexts: [{name: x, context: {user: u}}]\nusers: [{name: u, user: {client-key-data: "s3cret!"}}]\ncurrent-context: x',
        /: illegal base64 data at input byte 6$/,
      ],
      [
        'one name twice',
        'users: [{name: u, user: {token: s3cret}}, {name: u, user: {token: s3cret}}]',
        /: duplicate name "u" in list users$/,
      ],
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

    it('names every file that cannot be read', () => {
      const list = `${folder.write('bad1', '[')}:${config}:${folder.write('bad2', '{')}`;
      assert.throws(
        () => load({}, { KUBECONFIG: list }),
        (error: KubeconfigError) =>
          /^error loading config file ".*bad1": .*\nerror loading config file ".*bad2": .*$/.test(
            error.words(),
          ),
      );
    });

    it('shows nothing of a password that YAML takes for an alias or a tag', () => {
      for (const value of [
        '*s3cret',
        '!s3cret',
        '!s3!cret x',
        '!!s3cret x',
        '!<s3cret> x',
        '&a *s3cret',
      ]) {
        const file = folder.write('alias', `users:\n- name: u\n  user:\n    password: ${value}\n`);
        assert.throws(
          () => load({ kubeconfig: file, user: 'u' }),
          (error: KubeconfigError) =>
            /alias": .*line 4/.test(error.words()) && !/s3|cret/.test(error.words()),
          value,
        );
      }
    });

    it('takes the last value of a key given twice, and yes for true', () => {
      const file = folder.write(
        'yaml',
        'clusters:\n- name: y\n  cluster:\n    server: https://a\n    server: https://b\n    insecure-skip-tls-verify: yes\n',
      );
      const { endpoint } = load({ kubeconfig: file, cluster: 'y' });
      assert.deepEqual([endpoint.server.host, endpoint.insecure], ['b', true]);
    });

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

    it('gives way to flags, and POD_NAMESPACE goes before the file', async () => {
      folder.write('sa/token', 'pod-token\n');
      const own = { ...env, POD_NAMESPACE: 'own' };
      const options = { ...NONE, token: 'flag', as: 'joe', certificateAuthority: 'pki/ca.crt' };
      const world = testWorld({ env: own, cwd: folder.path });
      const found = inCluster(world, options, join(folder.path, 'sa'));
      assert.equal(found && caName(found), 'CA file');
      assert.equal(found && (await authorization(found)), 'Bearer flag');
      assert.deepEqual(found?.impersonation, { 'Impersonate-User': 'joe' });
      assert.equal(found?.namespace, 'own');
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
