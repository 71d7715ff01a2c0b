/** Texts fit where they are read: on a terminal its own width; in a pipe help has 80 columns and a sentence is a line. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.ts';
import { VERBS } from '../../../src/cli/verbs.ts';
import { CAUSE_NAMES } from '../../../src/words/cause.ts';
import { testWorld } from '../../rig/world.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

async function shown(columns: number | undefined, ...argv: string[]): Promise<string> {
  const terminal = columns === undefined ? {} : { columns, isTTY: true, env: { NO_COLOR: '1' } };
  const world = testWorld({ ...terminal, cwd: ROOT, now: Date.parse('2026-11-21T04:00:00Z') });
  assert.equal(await run(argv, world), 0, world.errText());
  return world.outText();
}

/** Lines that are too long; commands and quotes (kept whole, to be copied), and the comments over them aside. */
function tooLong(text: string, width: number): string[] {
  return text.split('\n').filter((line) => line.length > width && !isWhole(line));
}

function isWhole(line: string): boolean {
  return /^\s*(?:\S+:\s+)?(?:[("]?(?:kubectl|openssl|journalctl|curl|crictl|source)\b|#|"|\S+$)| \| kubectl |"$/.test(
    line,
  );
}

const SAVED = ['pods', 'events', 'secrets', 'serviceaccounts'].flatMap((kind) => [
  '-f',
  `test/dumps/modern-${kind}.json`,
]);

describe('width', () => {
  const helps = [
    ['--help'],
    ['options'],
    ['completion'],
    ...VERBS.map(({ name }) => [name, '--help']),
  ];
  for (const argv of helps) {
    it(`${argv.join(' ')}: 80 columns, every line`, async () => {
      const text = await shown(undefined, ...argv);
      assert.deepEqual(
        text.split('\n').filter((line) => line.length > 80),
        [],
      );
      assert.equal(await shown(80, ...argv), text);
    });

    if (argv[0] === 'completion' && argv.length === 1) continue;
    for (const columns of [40, 60]) {
      it(`${argv.join(' ')}: ${columns} columns`, async () => {
        assert.deepEqual(tooLong(await shown(columns, ...argv), columns), []);
      });
    }
  }

  it('explain of every cause: 80 columns, its heading too, and nothing is lost', async () => {
    for (const name of CAUSE_NAMES) {
      const page = await shown(80, 'explain', name);
      if (name !== 'None') assert.deepEqual(tooLong(page, 80), [], name);
      const unfolded = await shown(undefined, 'explain', name);
      assert.deepEqual(page.split(/\s+/), unfolded.split(/\s+/), name);
    }
  });

  it('explain of a message: its heading at 60 columns, every line of it bold', async () => {
    const world = testWorld({ columns: 60, isTTY: true });
    assert.equal(await run(['explain', 'no basic auth credentials'], world), 0);
    const text = world.outText().replaceAll('\x1b[1m', '<b>').replaceAll('\x1b[22m', '</b>');
    const [first, second, third] = text.split('\n');
    assert.match(first ?? '', /^<b>Unauthorized: .{1,46}<\/b>$/);
    assert.match(second ?? '', /^<b> {4}\S.{1,55}<\/b>$/);
    assert.match(third ?? '', /^ {2}Said:/);
  });

  for (const columns of [40, 60, 80]) {
    it(`describe: sentences at ${columns} columns, and nothing is lost`, async () => {
      const argv = ['describe', 'indexer-delta', '-n', 'billing', ...SAVED];
      const narrow = await shown(columns, ...argv);
      const below = narrow.slice(narrow.indexOf('\n  Found:'));
      const [heading = ''] = narrow.slice(narrow.indexOf('\n\n') + 2).split('\n  Image:');
      assert.match(heading, /^\S+: /);
      assert.deepEqual(tooLong(heading, columns), []);
      assert.deepEqual(tooLong(below, Math.max(columns, 13 + 24)), []);
      const words = (text: string) => text.split(/\s+/);
      assert.deepEqual(words(narrow), words(await shown(undefined, ...argv)));
    });
  }

  it('off a terminal a sentence is a line', async () => {
    const text = await shown(undefined, 'describe', 'indexer-delta', '-n', 'billing', ...SAVED);
    assert.match(text, /^ {2}Found: {5}secret regcred-87bb does not exist in namespace billing$/m);
    const page = await shown(undefined, 'explain', 'TagNotFound');
    assert.match(page, /^ {2}Means: .{200,}$/m);
    const decoded = testWorld({ stdin: '{"auths":{"r.example":{"auth":"YQ=="}}}' });
    await run(['decode', '-f', '-'], decoded);
    assert.match(decoded.outText(), /^ {2}(?:Fault|Kubelet): .{80,}$/m);
  });

  it('secrets: its notes at 60 columns', async () => {
    const text = await shown(60, 'secrets', 'renderer-nova', '-n', 'platform', ...SAVED);
    const notes = text.slice(text.search(/^Found: /m));
    assert.match(notes, /^Found: /);
    assert.deepEqual(tooLong(notes.split('\n\n')[0] ?? '', 60), []);
  });

  it('a table is laid out alike on every terminal, as kubectl does it', async () => {
    const argv = ['describe', '-n', 'billing', ...SAVED];
    const table = (text: string) => text.split('\n\n')[0];
    assert.equal(table(await shown(40, ...argv)), table(await shown(undefined, ...argv)));
  });
});
