/** Nothing is said by a sign or a colour alone: for a screen reader, a terminal of any colours, a font of few signs. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

function textsOf(folder: string, name: RegExp): [path: string, text: string][] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .map((path) => [join(folder, path), readFileSync(join(ROOT, folder, path), 'utf8')]);
}

/** Comments may hold arrows. */
function withoutComments(text: string): string {
  return text.replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');
}

/** Arrows, box drawings, blocks, ticks, stars, emoji. */
const SIGNS = /[\u2190-\u2bff\u{1f000}-\u{1faff}]/u;

describe('plain text', () => {
  it('the program prints no signs', () => {
    const sources = textsOf('src', /\.ts$/);
    assert.ok(sources.length > 300);
    for (const [path, text] of sources) assert.doesNotMatch(withoutComments(text), SIGNS, path);
  });

  it('what it printed holds none, and no colour off a terminal', () => {
    const outputs = textsOf('test/golden', /\/(?:out|err)$/);
    assert.ok(outputs.length > 80);
    for (const [path, text] of outputs) {
      assert.doesNotMatch(text, SIGNS, path);
      assert.ok(!text.includes('\x1b'), path);
    }
  });

  it('the one style is bold, which every terminal shows in its own colours', () => {
    const palette = readFileSync(join(ROOT, 'src/print/color.ts'), 'utf8');
    assert.deepEqual(palette.match(/paint\(\d+, \d+\)/g), ['paint(1, 22)']);
    for (const [path, text] of textsOf('src', /\.ts$/)) {
      if (path.endsWith('color.ts')) continue;
      assert.doesNotMatch(text, /\\x1b\[[\d;]*m/, path);
    }
  });
});
