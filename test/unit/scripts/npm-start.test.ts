/** The command of the npm package must be readable to the Node that it refuses. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transform } from 'esbuild';

const START = path.resolve(import.meta.dirname, '../../../scripts/pack/npm-start.cjs');
const BUNDLE = `process.emitWarning('loud'); process.stdout.write('started');`;

/** Whether esbuild has nothing to rewrite for ES5; it prints trailing commas of calls, younger than that, never. */
async function isEs5(source: string): Promise<boolean> {
  const [old, young] = await Promise.all(
    (['es5', 'esnext'] as const).map((target) => transform(source, { target })),
  );
  return old?.code === young?.code && !/,\s*\)/.test(source);
}

describe('the command of the npm package', () => {
  let folder = '';

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'kubectl-imagepull-start-'));
    copyFileSync(START, path.join(folder, 'start.cjs'));
    writeFileSync(path.join(folder, 'bundle.cjs'), BUNDLE);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is ES5', async () => {
    assert.equal(await isEs5(readFileSync(START, 'utf8')), true);
    for (const younger of ['f(() => 1);', 'f(a ?? b);', 'f(`a`);', 'f(1,\n);']) {
      assert.equal(await isEs5(younger), false, younger);
    }
  });

  function start(version: string) {
    const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' });
      require(${JSON.stringify(path.join(folder, 'start.cjs'))});`;
    const env = { ...process.env, NODE_OPTIONS: '' };
    const ran = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env });
    return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr };
  }

  for (const version of ['0.12.18', '6.17.1', '12.22.12', '20.20.2', '22.9.0', '22.18.0']) {
    it(`refuses Node ${version} in one line`, () => {
      const line = `error: kubectl-imagepull needs Node 22.19 or later, this is ${version}\n`;
      assert.deepEqual(start(version), { status: 1, stdout: '', stderr: line });
    });
  }

  for (const version of ['22.19.0', '22.23.2', '23.0.0', '24.1.0']) {
    it(`starts the bundle on Node ${version}, without Node's warnings`, () => {
      assert.deepEqual(start(version), { status: 0, stdout: 'started', stderr: '' });
    });
  }
});
