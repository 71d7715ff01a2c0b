import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '../../../src/cluster/connection.ts';
import { ExecPluginError, KubeconfigError } from '../../../src/cluster/errors.ts';
import { runExecPlugin } from '../../../src/cluster/exec-plugin.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';
import { testWorld } from '../../rig/world.ts';

const V1 = 'client.authentication.k8s.io/v1';
const BETA = 'client.authentication.k8s.io/v1beta1';
const endpoint: Endpoint = {
  server: new URL('https://10.0.0.1:6443/'),
  ca: Buffer.from('CA'),
  insecure: false,
  serverName: 'sni',
};

/** A plugin that runs `code` in this Node; `answer(status)` prints an ExecCredential. */
function plugin(code: string, more: object = {}): Record<string, unknown> {
  const script = `const fs=require('fs');const answer=(status,v='${V1}')=>process.stdout.write(JSON.stringify({apiVersion:v,kind:'ExecCredential',status}));${code}`;
  return { apiVersion: V1, command: process.execPath, args: ['-e', script], ...more };
}

const env = { PATH: process.env['PATH'], FROM_WORLD: 'yes' };
const run = (exec: Record<string, unknown>, world = testWorld({ env, stdin: '' })) =>
  runExecPlugin(exec, { endpoint, config: { audience: 'x' } }, world);

describe('exec plugin', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  it('gives a token', async () => {
    const given = await run(plugin(`answer({token:'t1\\n'})`));
    assert.deepEqual(given, { token: 't1', cert: undefined, key: undefined });
  });

  it('gives a client certificate', async () => {
    const given = await run(plugin(`answer({clientCertificateData:'C',clientKeyData:'K'})`));
    assert.deepEqual([given.cert?.toString(), given.key?.toString()], ['C', 'K']);
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
        /getting credentials: exec: executable no-such-plugin not found;/.test(error.words()) &&
        error.words().endsWith('Install it from x.'),
    ));

  for (const [name, code, message, exitCode] of [
    ['fails', 'process.exit(3)', /failed with exit code 3$/, 3],
    [
      'is killed',
      `process.kill(process.pid,'SIGTERM');setTimeout(()=>0,5000)`,
      /was ended by SIGTERM/,
      null,
    ],
    ['prints no JSON', `console.log('s3cret')`, /is not JSON/, 0],
    ['prints something else', `console.log('{"kind":"s3cret"}')`, /is not an ExecCredential/, 0],
    [
      'answers in another version',
      `answer({token:'s3cret'},'${BETA}')`,
      /it answered with apiVersion/,
      0,
    ],
    ['gives nothing', 'answer({})', /neither token nor client certificate/, 0],
    ['gives no status', 'answer()', /has no status/, 0],
    ['gives half a pair', `answer({clientCertificateData:'s3cret'})`, /must come together/, 0],
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
      /needs standard input to be a terminal/,
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
