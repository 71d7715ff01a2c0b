import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '../../../../src/cluster/connection.ts';
import { ExecPluginError, KubeconfigError } from '../../../../src/cluster/errors.ts';
import { runExecPlugin } from '../../../../src/cluster/login/exec-plugin.ts';
import { certificate } from '../../../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../../../rig/temp.ts';
import { testWorld } from '../../../rig/world.ts';

const V1 = 'client.authentication.k8s.io/v1';
const BETA = 'client.authentication.k8s.io/v1beta1';
const endpoint: Endpoint = {
  server: new URL('https://10.0.0.1:6443/'),
  ca: Buffer.from('CA'),
  insecure: false,
  serverName: 'sni',
};

const CLUSTER = {
  server: 'https://10.0.0.1:6443',
  extensions: [
    'nonsense',
    { name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } },
  ],
};
const CERT = certificate('client.crt').toString();
const KEY = certificate('client.key').toString();

/** A plugin that runs `code` in this Node; `answer(status)` prints an ExecCredential. */
function plugin(code: string, more: object = {}): Record<string, unknown> {
  const script = `const fs=require('fs');const answer=(status,v='${V1}')=>process.stdout.write(JSON.stringify({apiVersion:v,kind:'ExecCredential',status}));${code}`;
  return { apiVersion: V1, command: process.execPath, args: ['-e', script], ...more };
}

const env = { PATH: process.env['PATH'], FROM_WORLD: 'yes' };
const run = (exec: Record<string, unknown>, world = testWorld({ env, stdin: '' })) =>
  runExecPlugin(exec, { endpoint, fields: CLUSTER }, world);

describe('exec plugin', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  it('gives a token', async () => {
    const given = await run(plugin(`answer({token:'t1'})`));
    assert.deepEqual(given, { token: 't1', until: undefined });
  });

  it('gives a token that expires', async () => {
    const given = await run(
      plugin(`answer({token:'t1',expirationTimestamp:'2026-11-21T04:00:00Z'})`),
    );
    assert.equal(given.until, Date.UTC(2026, 10, 21, 4));
  });

  it('gives a client certificate', async () => {
    const status = JSON.stringify({ clientCertificateData: CERT, clientKeyData: KEY });
    const given = await run(plugin(`answer(${status})`));
    assert.deepEqual([given.cert?.toString(), given.key?.toString()], [CERT, KEY]);
  });

  it('is told what KUBERNETES_EXEC_INFO says, with the environment of both', async () => {
    const file = join(folder.path, 'seen.json');
    const code = `fs.writeFileSync(process.env.OUT,JSON.stringify(process.env));answer({token:'t'},'${BETA}')`;
    const fields = {
      apiVersion: BETA,
      provideClusterInfo: true,
      env: [{ name: 'OUT', value: file }, { name: 'EMPTY' }, 'nonsense'],
    };
    await run(plugin(code, fields));
    const seen = JSON.parse(readFileSync(file, 'utf8'));
    assert.equal(seen.FROM_WORLD, 'yes');
    assert.equal(seen.EMPTY, '');
    assert.deepEqual(JSON.parse(seen.KUBERNETES_EXEC_INFO), {
      kind: 'ExecCredential',
      apiVersion: BETA,
      spec: {
        interactive: false,
        cluster: {
          server: 'https://10.0.0.1:6443',
          'tls-server-name': 'sni',
          'certificate-authority-data': Buffer.from('CA').toString('base64'),
          config: { audience: 'x' },
        },
      },
    });
  });

  it('that is missing brings its install hint', async () =>
    assert.rejects(
      run({ apiVersion: V1, command: 'no-such-plugin', installHint: 'Install it from x.' }),
      (error: Error) =>
        error instanceof ExecPluginError &&
        error.words() ===
          'Unable to connect to the server: getting credentials: exec: executable no-such-plugin not found\n\nInstall it from x.',
    ));

  it('cannot colour the terminal by its install hint', async () =>
    assert.rejects(
      run({ apiVersion: V1, command: './no-such-plugin', installHint: '\u001b[31mred\u202e' }),
      {
        message:
          'exec: fork/exec ./no-such-plugin: no such file or directory\n\nU+001B[31mredU+202E',
      },
    ));

  for (const [name, code, message, exitCode] of [
    ['fails', 'process.exit(3)', /failed with exit code 3$/, 3],
    [
      'is killed',
      `process.kill(process.pid,'SIGTERM');setTimeout(()=>0,5000)`,
      /failed with exit code -1 \(SIGTERM\)$/,
      null,
    ],
    ['prints no JSON', `console.log('s3cret')`, /is not JSON/, 0],
    ['prints something else', `console.log('{"kind":"s3cret"}')`, /is not an ExecCredential/, 0],
    [
      'answers in another version',
      `answer({token:'s3cret'},'${BETA}')`,
      /^exec plugin is configured to use API version .*\/v1, plugin returned version .*\/v1beta1$/,
      0,
    ],
    ['gives nothing', 'answer({})', /didn't return a token or cert\/key pair/, 0],
    ['gives no status', 'answer()', /didn't return a status field/, 0],
    ['gives half a pair', `answer({clientCertificateData:'s3cret'})`, /not both$/, 0],
    [
      'gives a pair that is none',
      `answer({clientCertificateData:'s3cret',clientKeyData:'s3cret'})`,
      /^failed parsing client key\/certificate: tls: failed to find any PEM data/,
      0,
    ],
    [
      'writes without end',
      `const f=()=>process.stdout.write('s3cret'.repeat(1e5),f);f()`,
      /wrote more than/,
      null,
    ],
  ] as const) {
    it(`that ${name} is an error without its output`, async () =>
      assert.rejects(run(plugin(code)), (error: Error) => {
        assert.ok(error instanceof ExecPluginError);
        assert.match(error.message, message);
        assert.equal(error.exitCode, exitCode);
        assert.doesNotMatch(error.message, /s3cret/);
        return true;
      }));
  }

  it('that needs a terminal is refused without one', async () =>
    assert.rejects(
      run(plugin('', { interactiveMode: 'Always' })),
      /cannot support interactive mode: standard input is not a terminal$/,
    ));

  for (const apiVersion of ['client.authentication.k8s.io/v1alpha1', '']) {
    it(`of version "${apiVersion}" is refused`, async () =>
      assert.rejects(run(plugin('', { apiVersion })), KubeconfigError));
  }

  it('ends with Ctrl-C', async () => {
    const controller = new AbortController();
    const world = testWorld({ env, stdin: '', signal: controller.signal });
    const running = run(plugin('setTimeout(()=>0,20000)'), world);
    setTimeout(() => controller.abort(), 100);
    await assert.rejects(running, { name: 'AbortError' });
  });
});
