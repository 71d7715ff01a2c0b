import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differencesPage } from './page.ts';
import { CASES } from './table.ts';

const PAGE = join(import.meta.dirname, '../../docs/kubectl-differences.md');

describe('docs/kubectl-differences.md', () => {
  it('says what the table says (UPDATE=1 writes it)', () => {
    const page = differencesPage(CASES);
    if (process.env['UPDATE']) writeFileSync(PAGE, page);
    assert.equal(readFileSync(PAGE, 'utf8'), page);
  });

  it('no two cases have one name', () => {
    const names = CASES.map(({ name }) => name);
    assert.deepEqual(
      names.filter((name, at) => names.indexOf(name) !== at),
      [],
    );
  });
});
