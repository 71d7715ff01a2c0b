/** The bundle answers as the sources do: a bundler or a code cache that bends a pattern shows here. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../../src/causes/classify.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Row {
  readonly message: string;
  readonly reason: string | null;
}

describe('the built program reads the corpus', function () {
  this.timeout(60_000);

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  for (const file of ['messages.jsonl', 'messages-k8s13x.jsonl']) {
    it(`${file} as the sources do, a reading for each row in its order`, () => {
      const path = join(ROOT, 'test/corpus', file);
      const rows = readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Row);
      const { stdout, status } = spawnSync(
        join(ROOT, 'dist/kubectl-imagepull'),
        ['explain', '-o', 'json', '-f', path],
        { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      );
      assert.equal(status, 0);
      const { items } = JSON.parse(stdout) as {
        items: { message: string; cause: string; certainty: string }[];
      };
      assert.equal(items.length, rows.length);
      for (const [i, row] of rows.entries()) {
        const want = classify(row.message, { reason: row.reason });
        assert.equal(items[i]?.message, row.message);
        assert.deepEqual(
          [items[i]?.cause, items[i]?.certainty],
          [want.cause, want.certainty],
          row.message,
        );
      }
    });
  }
});
