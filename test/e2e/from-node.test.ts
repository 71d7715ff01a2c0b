/** The built program while it has Jobs in the cluster, and the terminal or the reader it writes to goes away. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fields, fields } from '../../src/words/fields.ts';
import { type ApiServer, startApiServer } from '../rig/api-server.ts';
import type { Changes } from '../rig/api-watch.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/start.cjs');
const OURS = ['verify', '--image', 'registry.corp.test/app:1', '--nodes', 'all', '--yes'];

const node = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: name },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});

/** A write that is refused for a moment: the removal takes longer than the next write to the terminal. */
const BUSY = { kind: 'status', code: 500, reason: 'InternalError', message: 'busy' } as const;
/** The dry run. */
const FIRST = { method: 'DELETE', times: 1, fault: { kind: 'slow', ms: 0 } } as const;

describe('the built program with Jobs in the cluster', function () {
  this.timeout(20_000);
  let folder: TempFolder;
  let server: ApiServer;
  let nodes: string[];

  beforeEach(async () => {
    folder = tempFolder();
    nodes = [];
    const list = { apiVersion: 'v1', kind: 'List', items: [node('n1'), node('n2')] };
    const dumps = [folder.write('objects.json', JSON.stringify(list))];
    server = await startApiServer({ dumps, onCreate: kubelet });
    server.writeKubeconfig(join(folder.path, 'config'));
  });
  afterEach(async () => {
    await server.close();
    folder.remove();
  });

  /** The image is there on n1, and never comes on n2. */
  function kubelet(_: string, job: Fields, changes: Changes): void {
    const template = fields(fields(job['spec'])['template']);
    const spec = fields(template['spec']);
    const name = String(fields(job['metadata'])['name']);
    nodes.push(String(spec['nodeName']));
    const state =
      spec['nodeName'] === 'n1'
        ? { terminated: { exitCode: 128, reason: 'StartError' } }
        : { waiting: { reason: 'ContainerCreating' } };
    const pod = {
      ...{ apiVersion: 'v1', kind: 'Pod', spec },
      metadata: {
        ...fields(template['metadata']),
        ...{ name: `${name}-x`, namespace: 'shop', uid: name },
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, controller: true }],
      },
      status: { phase: 'Pending', containerStatuses: [{ name: 'image-1', state }] },
    };
    // By then both Jobs are made.
    setTimeout(() => changes.set('pods', pod), 300);
  }

  const jobs = () => server.changes.applied('jobs', 'shop', []);
  const env = () => ({
    ...process.env,
    KUBECONFIG: join(folder.path, 'config'),
    TERM: 'xterm',
  });

  async function until(holds: () => boolean, what: string): Promise<void> {
    const end = performance.now() + 10_000;
    while (!holds()) {
      assert.ok(performance.now() < end, what);
      await sleep(10);
    }
  }

  it('the terminal is closed: the Jobs are removed all the same', async function () {
    const missing = terminalMissing();
    if (missing !== null) {
      process.stdout.write(`      ${missing}\n`);
      return this.skip();
    }
    const line = ['exec', process.execPath, PROGRAM, ...OURS].join(' ');
    const terminal = spawn('script', ['-qec', line, '/dev/null'], {
      env: env(),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let shown = '';
    terminal.stdout.on('data', (chunk) => {
      shown += chunk;
    });
    await until(() => shown.includes('Asking'), 'no progress is shown');
    await until(() => jobs().length === 1, 'there is not one Job, that of n2');
    server.faults.push({ method: 'DELETE', times: 4, fault: BUSY });
    terminal.kill('SIGKILL');
    await until(() => jobs().length === 0, 'a Job is left');
    assert.deepEqual(nodes.toSorted(), ['n1', 'n2']);
  });

  it('SIGHUP twice, from the terminal and from its shell: the Jobs are removed first', async () => {
    const child = spawn(process.execPath, [PROGRAM, ...OURS], { env: env(), stdio: 'ignore' });
    const ended = once(child, 'exit');
    await until(
      () => jobs().length === 1 && nodes.length === 2,
      'there is not one Job, that of n2',
    );
    server.faults.push({ method: 'DELETE', times: 2, fault: BUSY });
    child.kill('SIGHUP');
    await sleep(100);
    child.kill('SIGHUP');
    assert.deepEqual(await ended, [null, 'SIGHUP']);
    assert.deepEqual(jobs(), []);
  });

  it('nobody reads standard error any more: what is still there is removed, then it ends', async () => {
    const refused = { kind: 'status', code: 403, reason: 'Forbidden', message: 'no' } as const;
    server.faults.push(
      FIRST,
      { method: 'DELETE', times: 1, fault: refused },
      { method: 'DELETE', times: 2, fault: BUSY },
    );
    const child = spawn(process.execPath, [PROGRAM, ...OURS], {
      env: env(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.destroy();
    const [code] = await once(child, 'exit');
    assert.equal(code, 1);
    assert.deepEqual(nodes.toSorted(), ['n1', 'n2']);
    // That of n1 could not be removed: the warning is what met the closed pipe.
    const left = jobs().map((job) => fields(fields(fields(job)['spec'])['template'])['spec']);
    assert.deepEqual(
      left.map((spec) => fields(spec)['nodeName']),
      ['n1'],
    );
  });

  for (const [stream, expected] of [
    ['stdout', 0],
    ['stderr', 1],
  ] as const) {
    it(`nothing is held and nobody reads ${stream}: ends at once with ${expected}`, async () => {
      const args = stream === 'stdout' ? ['explain'] : ['no-such-verb'];
      const child = spawn(process.execPath, [PROGRAM, ...args], {
        env: env(),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      const other = stream === 'stdout' ? child.stderr : child.stdout;
      other.on('data', (chunk) => {
        said += chunk;
      });
      child[stream].destroy();
      const [code] = await once(child, 'exit');
      assert.deepEqual([code, said], [expected, '']);
    });
  }
});

/** Why there is no terminal to close here; `null`: there is one (`script` of util-linux). */
function terminalMissing(): string | null {
  if (process.platform !== 'linux') return `not tried on ${process.platform}`;
  const { status } = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' });
  return status === 0 ? null : 'not tried: no script(1) of util-linux here';
}
