/**
 * The house as its rules say (docs/ARCHITECTURE.md): which room imports which, which rooms are pure, how large
 * a file may be. The table below is the one place where the rules are data.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SRC = path.join(ROOT, 'src');
const MAX_LINES = 300;

interface Room {
  /** Rooms it may import, besides itself. */
  readonly rooms: readonly string[];
  /** Packages it may import. */
  readonly packages?: readonly string[];
  /** No I/O, no clock, no chance: the same input gives the same output. */
  readonly pure?: true;
  /** It may import `node:*`. */
  readonly builtins?: true;
}

const ROOMS: Readonly<Record<string, Room>> = {
  'main.ts': { rooms: ['cli', 'words'], builtins: true },
  'version.ts': { rooms: [] },
  cli: { rooms: ['commands', 'words', 'print', 'version.ts'], packages: ['yargs'] },
  commands: {
    rooms: [
      'cluster',
      'collect',
      'ibm',
      'registry',
      'judge',
      'print',
      'causes',
      'credentials',
      'image',
      'words',
    ],
    builtins: true,
  },
  collect: { rooms: ['cluster', 'registry', 'credentials', 'words'] },
  cluster: {
    rooms: ['network', 'words'],
    packages: ['@kubernetes/client-node', 'js-yaml'],
    builtins: true,
  },
  registry: { rooms: ['network', 'registries', 'image', 'words'], builtins: true },
  network: { rooms: ['words'], packages: ['socks'], builtins: true },
  ibm: { rooms: ['registry', 'credentials', 'registries', 'image', 'words'] },
  words: { rooms: [], pure: true },
  image: { rooms: ['words'], pure: true },
  registries: { rooms: ['image', 'words'], pure: true },
  credentials: { rooms: ['registries', 'image', 'words'], pure: true },
  causes: { rooms: ['registries', 'image', 'words'], pure: true },
  judge: { rooms: ['causes', 'credentials', 'registries', 'image', 'words'], pure: true },
  print: { rooms: ['words'], packages: ['cli-table3', 'js-yaml', 'string-width'], pure: true },
};

/** What a pure room may not touch; `process` and `console` nobody may, save main.ts. */
const IMPURE = [
  'console',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'require',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'Date.now',
  'Math.random',
];
/** What the bundler puts in place is a constant, not the outside world. */
const CONSTANTS = { 'globalThis.KUBECTL_IMAGEPULL_WORDS': 'undefined' };
const ONLY_IN_MAIN = ['process', 'console'];

interface Source {
  /** Relative to src, with `/`. */
  readonly file: string;
  readonly text: string;
}

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => statSync(path.join(SRC, file)).isFile())
  .map((file) => ({
    file: file.split(path.sep).join('/'),
    text: readFileSync(path.join(SRC, file), 'utf8'),
  }));

/** The room of a file of src: its first folder, or the file itself where it lies at the top. */
function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

/** Every module a source names: static, re-exported, dynamic, and in type positions. */
function importsOf(text: string): string[] {
  const code = text.replace(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '');
  const found = [
    ...code.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/^import\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
  ];
  return found.map((match) => match[1] ?? '');
}

/** `@scope/name/deep.js` and `name/deep.js` to the package's name. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Why `file` may not import `specifier`, or null. */
function objection(file: string, specifier: string): string | null {
  const room = roomOf(file);
  const rule = ROOMS[room];
  if (rule === undefined) return `src/${room} is not a room of the table`;
  if (specifier.startsWith('.')) {
    if (!specifier.endsWith('.ts')) return `${specifier}: no .ts extension`;
    const target = path.posix.join(path.posix.dirname(file), specifier);
    if (target.startsWith('..')) return `${specifier} lies outside src`;
    const there = roomOf(target);
    return there === room || rule.rooms.includes(there) ? null : `${room} may not import ${there}`;
  }
  if (specifier.startsWith('node:')) {
    return rule.builtins ? null : `${room} may not import ${specifier}`;
  }
  return rule.packages?.includes(packageOf(specifier))
    ? null
    : `${room} may not import the package ${packageOf(specifier)}`;
}

/**
 * Global names of `names` that the code really refers to: esbuild knows a string, a comment or a local name
 * from a reference, so none of these counts.
 */
function globalsUsed(text: string, names: readonly string[]): string[] {
  const mark = (name: string) => `FORBIDDEN_${name.replace('.', '_')}`;
  const { code } = transformSync(text, {
    loader: 'ts',
    define: { ...CONSTANTS, ...Object.fromEntries(names.map((name) => [name, mark(name)])) },
  });
  const used = names.filter((name) => new RegExp(`\\b${mark(name)}\\b`).test(code));
  return /\bnew Date\(\)/.test(code) && names.includes('Date.now') ? [...used, 'new Date()'] : used;
}

/** The first circle that begins at `start`, or null. Type imports count too: they tie files as well. */
function circleFrom(start: string, edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const seen = new Set<string>();
  const walk = (file: string, trail: readonly string[]): string[] | null => {
    for (const next of edges.get(file) ?? []) {
      if (next === start) return [...trail, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const circle = walk(next, [...trail, next]);
      if (circle !== null) return circle;
    }
    return null;
  };
  return walk(start, [start]);
}

describe('architecture', () => {
  it('holds nothing at the top of src that the table does not name', () => {
    const unknown = readdirSync(SRC).filter((name) => ROOMS[name] === undefined);
    assert.deepEqual(unknown, []);
  });

  it('imports only what the table allows', () => {
    const wrong = sources.flatMap(({ file, text }) =>
      importsOf(text)
        .map((specifier) => objection(file, specifier))
        .filter((why) => why !== null)
        .map((why) => `src/${file}: ${why}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('names every module in a dynamic import', () => {
    const wrong = sources.filter(({ text }) => /\bimport\(\s*[^'"\s]/.test(text));
    assert.deepEqual(
      wrong.map(({ file }) => file),
      [],
    );
  });

  it('does no I/O, reads no clock and throws no dice in a pure room', () => {
    const wrong = sources
      .filter(({ file }) => ROOMS[roomOf(file)]?.pure)
      .flatMap(({ file, text }) => globalsUsed(text, IMPURE).map((name) => `src/${file}: ${name}`));
    assert.deepEqual(wrong, []);
  });

  it('touches process and console in main.ts only', () => {
    const wrong = sources
      .filter(({ file }) => file !== 'main.ts')
      .flatMap(({ file, text }) =>
        globalsUsed(text, ONLY_IN_MAIN).map((name) => `src/${file}: ${name}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('goes round in no circle', () => {
    const edges = new Map(
      sources.map(({ file, text }) => [
        file,
        importsOf(text)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => path.posix.join(path.posix.dirname(file), specifier)),
      ]),
    );
    const circles = [...edges.keys()]
      .map((file) => circleFrom(file, edges))
      .filter((circle) => circle !== null)
      .map((circle) => circle.join(' > '));
    assert.deepEqual(circles, []);
  });

  it(`keeps every file of src within ${MAX_LINES} lines`, () => {
    const long = sources
      .filter(({ text }) => text.split('\n').length > MAX_LINES + 1)
      .map(({ file }) => file);
    assert.deepEqual(long, []);
  });

  it('is what docs/ARCHITECTURE.md tells', () => {
    const doc = readFileSync(path.join(ROOT, 'docs/ARCHITECTURE.md'), 'utf8');
    const rows = new Map(
      [...doc.matchAll(/^\| `([\w.]+)\/?` *\|[^|]*\|([^|]*)\|([^|]*)\|$/gm)].map((row) => [
        row[1],
        { imports: row[2]?.trim() ?? '', pure: row[3]?.trim() === 'yes' },
      ]),
    );
    const told = Object.fromEntries(rows);
    const ruled = Object.fromEntries(
      Object.entries(ROOMS).map(([name, room]) => {
        const all = [...room.rooms, ...(room.packages ?? []), ...(room.builtins ? ['node:*'] : [])];
        return [name, { imports: all.join(', ') || '-', pure: room.pure === true }];
      }),
    );
    assert.deepEqual(told, ruled);
  });

  describe('notices', () => {
    const text = [
      "import type { A } from '../cluster/a.ts';",
      'import {\n  b,\n} from "node:fs";',
      "import './side.ts';",
      "const c = await import('mocha');",
      " * import d from 'comment';",
    ].join('\n');

    it('every form of import, and no comment', () => {
      assert.deepEqual(importsOf(text), ['../cluster/a.ts', 'node:fs', './side.ts', 'mocha']);
    });

    for (const [file, specifier, why] of [
      ['judge/x.ts', '../cluster/a.ts', 'judge may not import cluster'],
      ['judge/x.ts', 'node:fs', 'judge may not import node:fs'],
      ['print/x.ts', 'undici', 'print may not import the package undici'],
      ['print/x.ts', './y', './y: no .ts extension'],
      ['cluster/x.ts', '../../test/rig/a.ts', '../../test/rig/a.ts lies outside src'],
      ['attic/x.ts', './y.ts', 'src/attic is not a room of the table'],
    ] as const) {
      it(`${specifier} in ${file}`, () => assert.equal(objection(file, specifier), why));
    }

    for (const [code, names] of [
      ['const at = Date.now();', ['Date.now']],
      ['const at = new Date();', ['new Date()']],
      ['process.stdout.write("x");', ['process']],
      ['export const f = () => setTimeout(f, 1);', ['setTimeout']],
      ['const text = "process.exit and Date.now()"; // console.log', []],
      ['export const f = (process: string) => process.length;', []],
      ['const at = new Date(0);', []],
    ] as const) {
      it(`${names.join() || 'nothing'} in ${code}`, () =>
        assert.deepEqual(globalsUsed(code, IMPURE), names));
    }
  });
});
