/**
 * Goldens: the real command over captured objects. Each folder of `test/golden` holds `args` (one a line) and what
 * was printed: `out`, `err` (where there is any) and `code`. `npm run test:update` rewrites them; read the diff.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGolden } from './rig/golden.ts';

const DIR = join(import.meta.dirname, 'golden');

describe('goldens', () => {
  const cases = readdirSync(DIR).sort();

  it('are there', () => {
    assert.ok(cases.length >= 20, `${cases.length} cases`);
  });

  for (const name of cases) {
    it(name, async () => {
      const got = await runGolden(join(DIR, name));
      for (const [file, text] of Object.entries(got)) {
        const path = join(DIR, name, file);
        const want = existsSync(path) ? readFileSync(path, 'utf8') : '';
        assert.equal(text, want, `${name}/${file}`);
      }
    });
  }
});
