/** Saved objects: what is said where they lack something, and commands that look at the same ones again. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.ts';
import { fileWords, savedInputNote } from '../../../src/words/saved-input.ts';
import { type TempFolder, tempFolder } from '../../rig/temp.ts';
import { testWorld } from '../../rig/world.ts';

const DUMPS = join(import.meta.dirname, '../../dumps');
const PODS = join(DUMPS, 'modern-pods.json');
const EVENTS = join(DUMPS, 'modern-events.json');
const NODES = join(DUMPS, 'modern-nodes.json');
const NOTE = '\nFILE: save what came by standard input there first.\n';

describe('saved objects', () => {
  let folder: TempFolder;
  before(() => {
    folder = tempFolder();
  });
  after(() => folder.remove());

  async function said(args: readonly string[], stdin?: string | Buffer) {
    const now = Date.parse('2026-11-21T04:00:00Z');
    const world = testWorld({ now, cwd: folder.path, ...(stdin !== undefined && { stdin }) });
    const code = await run(args, world);
    return { code, out: world.outText(), err: world.errText() };
  }

  describe('that lack pods', () => {
    const NOPE = 'error: nothing of namespace nope is in the file\n';
    const NO_PODS = 'error: pods are not in the file\n';
    const RUBBISH = '{"kind":"List","apiVersion":"v1","items":[1,{"a":2}]}';
    const cases: [string, string[], string][] = [
      ['pods of other namespaces', ['-n', 'nope', '-f', PODS], NOPE],
      ['events of other namespaces', ['-n', 'nope', '-f', EVENTS], NOPE],
      ['both of other namespaces', ['-n', 'nope', '-f', PODS, '-f', EVENTS], NOPE],
      ['pods of other namespaces, two asked for', ['-n', 'nope,nix', '-f', PODS], NOPE],
      ['nodes alone', ['-f', NODES], NO_PODS],
      ['rubbish', ['-f', '-'], NO_PODS],
    ];
    for (const [what, args, err] of cases) {
      it(`${what}: ${err.trimEnd()}`, async () => {
        assert.deepEqual(await said(['describe', ...args], RUBBISH), { code: 1, out: '', err });
      });
    }
  });

  describe('from standard input', () => {
    const pods = readFileSync(PODS);

    it('commands name a file, and it is said once what that is', async () => {
      const { out } = await said(['describe', '-n', 'search', 'notifier-coral', '-f', '-'], pods);
      const own = out.match(/kubectl imagepull (?:describe|secrets|decode|verify) .*/g) ?? [];
      assert.ok(own.length > 0, out);
      for (const command of own) assert.match(command, / -n search -f FILE$/);
      assert.equal(out.split(NOTE).length, 2, out);
      assert.ok(out.endsWith(NOTE));
    });

    it('so it is in a list', async () => {
      const { out } = await said(['describe', '-f', '-'], pods);
      assert.match(out, /\nOne in full: kubectl imagepull describe \S+ -n \S+ -f FILE\n/);
      assert.ok(out.endsWith(NOTE));
    });

    it('rows alone take no note, nor does a document', async () => {
      const wide = await said(['describe', '-o', 'wide', '-f', '-'], pods);
      assert.ok(!wide.out.includes('FILE'));
      const { out } = await said(['describe', '-o', 'json', '-f', '-'], pods);
      assert.ok(out.includes(' -f FILE"'));
      JSON.parse(out);
    });

    it('decode says it, too', async () => {
      const items = Array.from({ length: 20 }, (_, i) => ({
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/dockerconfigjson',
        metadata: { name: `s${i}`, namespace: 'shop' },
        data: { '.dockerconfigjson': btoa('{"auths":') },
      }));
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
      const { out } = await said(['decode', '-f', '-'], list);
      assert.match(
        out,
        /\nWhat is wrong with one: kubectl imagepull decode s\d+ -n shop -f FILE\n/,
      );
      assert.ok(out.endsWith(NOTE));
      folder.write('a b.json', list);
      const saved = await said(['decode', '-f', 'a b.json']);
      assert.match(saved.out, /imagepull decode s\d+ -n shop -f 'a b\.json'\n$/);
    });
  });

  it('are named as the shell needs it, each once', () => {
    assert.deepEqual(fileWords(['-', 'a b', '-']), ['-f', 'FILE', '-f', "'a b'"]);
  });

  it('take no note where none came by standard input, or no command names it', () => {
    assert.equal(savedInputNote('x -f FILE', ['FILE']), '');
    assert.equal(savedInputNote('x', ['-']), '');
  });
});
