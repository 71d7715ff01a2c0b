import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { driftedPages, generatedPages, writePages } from '../../scripts/docs/pages.ts';
import { REGISTRIES } from '../../src/registries/index.ts';
import { CAUSE_NAMES } from '../../src/words/cause.ts';

const ROOT = join(import.meta.dirname, '..', '..');

describe('generated docs', () => {
  it('fit the sources (npm run docs makes them)', () => {
    assert.deepEqual(driftedPages(ROOT), []);
  });

  it('have a page for every cause and registry', () => {
    const pages = generatedPages();
    for (const name of CAUSE_NAMES) assert.ok(pages.has(`docs/causes/${name}.md`), name);
    for (const { id } of REGISTRIES) {
      assert.equal(pages.has(`docs/registries/${id}.md`), id !== 'generic', id);
    }
  });

  it('leave no placeholder of the catalogue unfilled', () => {
    for (const [path, text] of generatedPages()) {
      assert.doesNotMatch(
        text,
        /\{(?:pod|namespace|container|image|host|node|secret|serviceaccount|repository)\}/,
        path,
      );
    }
  });

  it('count as drifted when changed, missing or left over', () => {
    const root = mkdtempSync(join(tmpdir(), 'docs-'));
    try {
      writePages(root);
      assert.deepEqual(driftedPages(root), []);
      writeFileSync(join(root, 'docs/exit-codes.md'), 'by hand\n');
      rmSync(join(root, 'docs/causes/TagNotFound.md'));
      mkdirSync(join(root, 'docs/causes'), { recursive: true });
      writeFileSync(join(root, 'docs/causes/NoCause.md'), '');
      assert.deepEqual(driftedPages(root).sort(), [
        'docs/causes/NoCause.md',
        'docs/causes/TagNotFound.md',
        'docs/exit-codes.md',
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
