/**
 * What `@kubernetes/client-node` does otherwise than kubectl, each with the place where we correct it. A test that fails
 * here is good news: upstream has mended it, and our correction may go.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { type TempFolder, tempFolder } from '../../../rig/temp.ts';

const file = (fields: object) => JSON.stringify(fields);
const entry = (name: string, server = `https://${name}.example`) =>
  file({
    'current-context': name,
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: name } }],
    contexts: [{ name, context: { cluster: 'c', user: 'u' } }],
  });
const one = (cluster: object, user: object | null) =>
  file({
    'current-context': 'x',
    clusters: [{ name: 'c', cluster: { server: 'https://x', ...cluster } }],
    users: user === null ? [] : [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', ...(user && { user: 'u' }) } }],
  });
const exec = (fields: object) =>
  one({}, { exec: { apiVersion: 'client.authentication.k8s.io/v1', ...fields } });
/** An id-token that expired in 1970. */
const EXPIRED = `e30.${Buffer.from('{"exp":1}').toString('base64url')}.c2ln`;

interface Trap {
  /** What client-node does wrong. */
  readonly wrong: string;
  /** Issue at kubernetes-client/javascript, where there is one. */
  readonly issue?: number;
  /** Where we do it right. */
  readonly correction: string;
  /** Resolves as long as it is still so. */
  readonly still: (folder: TempFolder) => unknown;
}

function loaded(content: string): KubeConfig {
  const kubeconfig = new KubeConfig();
  kubeconfig.loadFromString(content);
  return kubeconfig;
}

interface HttpsOptions {
  headers?: Record<string, unknown>;
  ca?: unknown;
  servername?: string;
  rejectUnauthorized?: boolean;
}

/** What a request would get from it. */
async function applied(content: string): Promise<HttpsOptions> {
  const options: HttpsOptions = { headers: {} };
  await loaded(content).applyToHTTPSOptions(options as never);
  return options;
}

/** `loadFromDefault` reads KUBECONFIG of the process itself. */
function loadFromDefault(list: string): KubeConfig {
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = list;
  try {
    const kubeconfig = new KubeConfig();
    kubeconfig.loadFromDefault();
    return kubeconfig;
  } finally {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  }
}

const TRAPS: readonly Trap[] = [
  {
    wrong: 'a missing file in KUBECONFIG throws',
    correction: 'kubeconfig-files.ts',
    still: (folder) =>
      assert.throws(() => loadFromDefault(`${folder.write('a', entry('a'))}:/no/such`), /ENOENT/),
  },
  {
    wrong: 'one name in two files throws',
    issue: 1306,
    correction: 'kubeconfig-files.ts',
    still: (folder) =>
      assert.throws(
        () => loadFromDefault(`${folder.write('a', entry('a'))}:${folder.write('b', entry('b'))}`),
        /Duplicate cluster/,
      ),
  },
  {
    wrong: 'the same path twice throws',
    correction: 'kubeconfig-files.ts',
    still: (folder) => {
      const path = folder.write('a', entry('a'));
      assert.throws(() => loadFromDefault(`${path}:${path}`), /Duplicate cluster/);
    },
  },
  {
    wrong: 'the last current-context wins',
    issue: 579,
    correction: 'kubeconfig-files.ts',
    still: (folder) => {
      const second = file({ 'current-context': 'b', clusters: [], users: [], contexts: [] });
      const list = `${folder.write('a', entry('a'))}:${folder.write('b', second)}`;
      assert.equal(loadFromDefault(list).getCurrentContext(), 'b');
    },
  },
  {
    wrong: 'KUBECONFIG=: throws',
    correction: 'kubeconfig-files.ts',
    still: () => assert.throws(() => loadFromDefault(':'), /path/),
  },
  {
    wrong: 'an empty file throws',
    correction: 'kubeconfig-files.ts',
    still: () => assert.throws(() => loaded('')),
  },
  {
    wrong: 'one broken entry that is not used throws',
    correction: 'kubeconfig.ts hands over the entries in use only',
    still: () => {
      const { clusters, ...rest } = JSON.parse(entry('a'));
      const broken = file({ ...rest, clusters: [...clusters, { name: 'd', cluster: {} }] });
      assert.throws(() => loaded(broken), /server is missing/);
    },
  },
  {
    wrong: 'tokenFile is ignored',
    correction: 'users.ts',
    still: async (folder) => {
      const { headers } = await applied(one({}, { tokenFile: folder.write('token', 't') }));
      assert.equal(headers?.['Authorization'], undefined);
    },
  },
  {
    wrong: 'token-file, which kubectl does not know, is read while parsing',
    correction: 'kubeconfig.ts withoutForeignKeys',
    still: () => assert.throws(() => loaded(one({}, { 'token-file': '/no/such' })), /ENOENT/),
  },
  {
    wrong: 'as-groups, as-uid and as-user-extra are ignored',
    correction: 'impersonation.ts',
    still: async () => {
      const { headers } = await applied(
        one({}, { as: 'jane', 'as-uid': '7', 'as-groups': ['g'], 'as-user-extra': { k: ['v'] } }),
      );
      assert.deepEqual(headers, { 'Impersonate-User': 'jane' });
    },
  },
  {
    wrong: 'a context without user gets neither CA nor server name',
    correction: 'endpoint.ts reads the cluster alone',
    still: async () => {
      const cluster = { 'certificate-authority-data': 'Q0E=', 'tls-server-name': 'n' };
      const { ca, servername } = await applied(one(cluster, null));
      assert.deepEqual([ca, servername], [undefined, undefined]);
    },
  },
  {
    wrong: 'a certificate-authority file goes before its data',
    correction: 'endpoint.ts readAuthority, kubeconfig-checks.ts refuses both',
    still: async (folder) => {
      const { ca } = await applied(
        one(
          {
            'certificate-authority': folder.write('ca', 'file'),
            'certificate-authority-data': 'ZGF0YQ==',
          },
          { token: 't' },
        ),
      );
      assert.equal(String(ca), 'file');
    },
  },
  {
    wrong: 'a certificate without key goes unnoticed',
    correction: 'kubeconfig-checks.ts',
    still: () => applied(one({}, { 'client-certificate-data': 'Q0E=' })),
  },
  {
    wrong: 'a server without TLS (kubectl proxy) is refused',
    correction: 'endpoint.ts and agent.ts',
    still: () =>
      assert.rejects(applied(one({ server: 'http://x' }, { token: 't' })), /HTTP protocol is not/),
  },
  {
    wrong: 'exec plugins get no KUBERNETES_EXEC_INFO',
    correction: 'exec-plugin.ts',
    still: async () => {
      const code = `process.stdout.write(JSON.stringify({status:{token:'['+(process.env.KUBERNETES_EXEC_INFO??'')+']'}}))`;
      const { headers } = await applied(exec({ command: process.execPath, args: ['-e', code] }));
      assert.equal(headers?.['Authorization'], 'Bearer []');
    },
  },
  {
    wrong: 'standard error of exec plugins is swallowed',
    issue: 2044,
    correction: 'exec-plugin.ts',
    still: async (folder) => {
      const code = `process.stderr.write('hello');process.stdout.write('{"status":{"token":"t"}}')`;
      const config = exec({ command: process.execPath, args: ['-e', code] });
      const url = pathToFileURL(
        join(
          import.meta.dirname,
          '../../../../node_modules/@kubernetes/client-node/dist/config.js',
        ),
      );
      const script = folder.write(
        'run.mjs',
        `import {KubeConfig} from '${url}';const k=new KubeConfig();k.loadFromString(${JSON.stringify(config)});await k.applyToHTTPSOptions({headers:{}});`,
      );
      assert.equal(await stderrOf(script), '');
    },
  },
  {
    wrong: 'a missing exec plugin is an ENOENT without install hint',
    correction: 'exec-plugin.ts',
    still: () =>
      assert.rejects(
        applied(exec({ command: 'no-such-plugin', installHint: 'Get it.' })),
        (error: Error) => !/Get it|executable/.test(error.message),
      ),
  },
  {
    wrong: 'an exec plugin that fails is an error without words',
    correction: 'exec-plugin.ts',
    still: () =>
      assert.rejects(
        applied(exec({ command: process.execPath, args: ['-e', 'process.exit(3)'] })),
        (error: Error) => !/exit code 3/.test(error.message),
      ),
  },
  {
    wrong: 'the apiVersion that an exec plugin answers is not looked at',
    correction: 'exec-plugin.ts',
    still: async () => {
      const answer = JSON.stringify({ apiVersion: 'other/v1', status: { token: 't' } });
      const args = ['-e', `process.stdout.write('${answer}')`];
      const { headers } = await applied(exec({ command: process.execPath, args }));
      assert.equal(headers?.['Authorization'], 'Bearer t');
    },
  },
  {
    wrong: 'OpenID Connect: a refresh-token without id-token is not used',
    correction: 'oidc.ts',
    still: async () => {
      const { headers } = await applied(oidc({ 'refresh-token': 'r' }));
      assert.equal(headers?.['Authorization'], undefined);
    },
  },
  {
    wrong:
      'OpenID Connect: an id-token that has expired and cannot be refreshed goes on without a word',
    correction: 'oidc.ts',
    still: async () => {
      const { headers } = await applied(oidc({ 'id-token': EXPIRED }));
      assert.equal(headers?.['Authorization'], undefined);
    },
  },
  {
    wrong: 'OpenID Connect: no id-token can be refreshed, since the issuer is handed on as a text',
    correction: 'oidc.ts',
    still: () =>
      assert.rejects(
        applied(oidc({ 'id-token': EXPIRED, 'refresh-token': 'r' })),
        /must be an instance of URL/,
      ),
  },
];

function oidc(config: object): string {
  const all = { 'idp-issuer-url': 'https://127.0.0.1:1', 'client-id': 'c', ...config };
  return one({}, { 'auth-provider': { name: 'oidc', config: all } });
}

function stderrOf(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.on('error', reject).on('close', () => resolve(text));
  });
}

describe('client-node still', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  for (const { wrong, issue, correction, still } of TRAPS) {
    const where = issue === undefined ? '' : ` (kubernetes-client/javascript#${issue})`;
    it(`${wrong}${where}`, async () => {
      try {
        await still(folder);
      } catch (cause) {
        const mended = `client-node has mended "${wrong}": remove our correction in src/cluster/${correction}`;
        throw new Error(mended, { cause });
      }
    });
  }
});
