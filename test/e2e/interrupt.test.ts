/** The built program and what a terminal does to it: Ctrl-C, a reader that goes away. */
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiServer, dumpFiles, startApiServer } from '../rig/api-server.ts';
import { type TempFolder, tempFolder } from '../rig/temp.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/start.cjs');
const DUMPS = dumpFiles(join(import.meta.dirname, '../dumps'), 'modern');

type Child = ChildProcessByStdio<null, Readable, Readable>;

describe('the built program at a terminal', () => {
  let folder: TempFolder;
  let server: ApiServer;

  before(async () => {
    folder = tempFolder();
    server = await startApiServer({ dumps: DUMPS });
    server.writeKubeconfig(join(folder.path, 'config'));
  });
  afterEach(() => {
    server.faults.length = 0;
    server.requests.length = 0;
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  function start(...args: string[]) {
    const env = { ...process.env, KUBECONFIG: join(folder.path, 'config') };
    const child: Child = spawn(process.execPath, [PROGRAM, 'describe', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      said.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said.err += chunk;
    });
    return { child, said };
  }

  async function until(holds: () => boolean, what: string): Promise<void> {
    const end = performance.now() + 10_000;
    while (!holds()) {
      assert.ok(performance.now() < end, what);
      await sleep(10);
    }
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`${signal} ends it while the server is silent, with nothing written`, async () => {
      server.faults.push({ fault: { kind: 'silence' } });
      const { child, said } = start('-A');
      await until(() => server.requests.length > 0, 'nothing was asked');
      const sent = performance.now();
      child.kill(signal);
      const [code, killedBy] = await once(child, 'exit');
      assert.ok(performance.now() - sent < 1000);
      assert.deepEqual([said.out, said.err], ['', '']);
      if (signal === 'SIGINT') assert.equal(code, 130);
      else assert.equal(killedBy, 'SIGTERM');
    });
  }

  it('Ctrl-C ends a watch after its answer', async () => {
    const { child, said } = start('notifier-coral', '-n', 'search', '-w');
    await until(() => server.changes.watches === 1, 'no watch');
    await until(() => said.out.includes('TagNotFound'), 'no answer');
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    assert.equal(code, 130);
    assert.equal(said.err, '');
    await until(() => server.changes.watches === 0, 'the watch is still open');
  });

  it('a watch whose reader goes away ends silently at its next line', async () => {
    const { child, said } = start('notifier-coral', '-n', 'search', '-w', '--timeout', '1s');
    await until(() => said.out.includes('TagNotFound'), 'no answer');
    child.stdout.destroy();
    await once(child, 'exit');
    assert.doesNotMatch(said.err, /EPIPE|at .*\.ts/);
  });

  it('an error ends it with one line', async () => {
    const { child, said } = start('-A', '--context', 'nowhere');
    const [code] = await once(child, 'exit');
    assert.equal(code, 1);
    assert.equal(said.err.trim().split('\n').length, 1);
  });
});
