/** The build's tricks (scripts/build/slim.ts) against the libraries as they are installed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { build, transformSync } from 'esbuild';
import {
  LATE_BUILTINS,
  STAND_INS,
  STRING_WIDTH,
  slim,
  standInSource,
} from '../../../scripts/build/slim.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const CLIENT_NODE = path.join(ROOT, 'node_modules/@kubernetes/client-node/dist');
const require = createRequire(path.join(CLIENT_NODE, 'index.js'));

/** client-node's own files that may be bundled with its KubeConfig: those beside it. */
const sources = readdirSync(CLIENT_NODE)
  .filter((name) => /^\w+\.js$/.test(name))
  .map((name) => readFileSync(path.join(CLIENT_NODE, name), 'utf8'));

interface Import {
  readonly module: string;
  /** What stands between `import` and `from`. */
  readonly clause: string;
  readonly text: string;
}

const imports: readonly Import[] = sources.flatMap((text) =>
  [...text.matchAll(/^import ([^'"]*?) from ['"]([^'"]+)['"]/gm)].map(
    ([, clause = '', module = '']) => ({ module, clause, text }),
  ),
);

/** `import * as name`: the members that are used; esbuild does not refuse one that is not there. */
function membersUsed({ clause, text }: Import): string[] {
  const [, name] = /\* as (\w+)/.exec(clause) ?? [];
  if (name === undefined) return [];
  const used = text.matchAll(new RegExp(`(?<![\\w.])${name}\\.(\\w+)`, 'g'));
  return [...used].map(([, member = '']) => member);
}

/** A stand-in as a module. */
function evaluate(module: string): Readonly<Record<string, unknown>> {
  const { code } = transformSync(standInSource(module) ?? '', { format: 'cjs' });
  const made = { exports: {} as Readonly<Record<string, unknown>> };
  vm.runInThisContext(`(function (module, require) { ${code}\n})`)(made, require);
  return made.exports;
}

/** Used by client-node on a module as a whole; esbuild makes it undefined, in code that is never called. */
const LACKING: Readonly<Record<string, readonly string[]>> = { 'openid-client': ['customFetch'] };

type Callable = (...args: unknown[]) => unknown;
type Constructor = new (...args: unknown[]) => object;

describe('the build’s tricks', () => {
  describe('stand-ins for what client-node imports', () => {
    for (const module of Object.keys(STAND_INS)) {
      it(`${module} is still imported, and no member that the stand-in lacks`, () => {
        const found = imports.filter((each) => each.module === module);
        assert.ok(found.length > 0);
        const offered = Object.keys(evaluate(module));
        const lacking = found.flatMap(membersUsed).filter((name) => !offered.includes(name));
        assert.deepEqual(lacking, LACKING[module] ?? []);
      });
    }

    for (const builtin of LATE_BUILTINS) {
      it(`${builtin} is still imported as a default`, () => {
        const found = imports.filter(({ module }) => module === `node:${builtin}`);
        assert.ok(found.some(({ clause }) => /^\w+$/.test(clause)));
      });
    }

    it('are all that KubeConfig imports of them: the bundle is made', async () => {
      const made = await build({
        stdin: {
          contents: `export { KubeConfig } from ${JSON.stringify(path.join(CLIENT_NODE, 'config.js'))};`,
          resolveDir: ROOT,
        },
        bundle: true,
        platform: 'node',
        format: 'cjs',
        write: false,
        metafile: true,
        logLevel: 'silent',
        plugins: [slim()],
      });
      const files = Object.keys(made.metafile.inputs);
      for (const never of ['undici', 'client-node/dist/gen/index.js']) {
        assert.ok(!files.some((file) => file.includes(`node_modules/${never}/`)), never);
      }
      for (const [module] of Object.entries(STAND_INS)) {
        assert.ok(files.includes(`stand-in:${module}`), `${module} is imported as it is`);
      }
    });

    it('say so when they are called after all', () => {
      for (const [module, { functions = [], classes = [] }] of Object.entries(STAND_INS)) {
        const exports = evaluate(module);
        const refusal = new RegExp(`${module} is not part of this bundle`);
        for (const name of functions) {
          assert.throws(() => (exports[name] as Callable)(), refusal, name);
        }
        for (const name of classes) {
          assert.throws(() => new (exports[name] as Constructor)(), refusal, name);
        }
      }
    });

    it('are never called: of client-node we use what parses a kubeconfig', () => {
      // Each of these logs in or sends requests, and comes to the stand-ins.
      const methods = /\.(?:apply\w+|makeApiClient|getAgent|createAgent|getToken)\(/;
      const folder = path.join(ROOT, 'src/cluster/kubeconfig');
      for (const name of readdirSync(folder)) {
        assert.doesNotMatch(readFileSync(path.join(folder, name), 'utf8'), methods, name);
      }
    });

    it('give built-in modules at the first use', () => {
      const { default: net } = evaluate('node:net');
      assert.equal((net as { isIP: Callable }).isIP('::1'), 6);
      const { default: child } = evaluate('node:child_process');
      const spawnSync = (child as { spawnSync: Callable }).spawnSync;
      const { status } = spawnSync(process.execPath, ['-e', '0']) as { status: number };
      assert.equal(status, 0);
    });
  });

  describe('string-width', () => {
    const own = createRequire(createRequire(import.meta.url).resolve('yargs'));
    const real: (text: string) => number = own('string-width').default;

    function standIn(late: string[]): (text: unknown) => number {
      const module = { exports: (_: unknown) => 0 };
      const load = (name: string) => {
        late.push(name);
        return own(name);
      };
      vm.runInThisContext(`(function (module, require) { ${STRING_WIDTH}\n})`)(module, load);
      return module.exports;
    }

    for (const [text, loads] of [
      ['', false],
      ['describe --watch  [boolean]', false],
      ['├──┐ …', false],
      ['日本語', true],
      ['e\u0301', true],
      ['👩‍👩‍👧', true],
      ['\u001b[1mbold\u001b[0m', true],
      ['tab\there', true],
    ] as const) {
      it(`is as wide as the real one for ${JSON.stringify(text)}`, () => {
        const late: string[] = [];
        assert.equal(standIn(late)(text), real(text));
        assert.equal(late.length > 0, loads);
      });
    }

    it('is what yargs and cliui get', async () => {
      const made = await build({
        stdin: { contents: "import yargs from 'yargs'; yargs();", resolveDir: ROOT },
        bundle: true,
        platform: 'node',
        format: 'esm',
        write: false,
        metafile: true,
        logLevel: 'silent',
        plugins: [slim()],
      });
      const importers = Object.entries(made.metafile.inputs)
        .filter(([, { imports }]) => imports.some(({ path: to }) => /string-width/.test(to)))
        .map(([file]) => file);
      assert.ok(
        importers.some((file) => file.includes('node_modules/cliui/')),
        importers.join(),
      );
      const direct = Object.entries(made.metafile.inputs).flatMap(([file, { imports }]) =>
        imports
          .filter(({ path: to }) => /node_modules\/.*string-width\/index/.test(to))
          .map(() => file),
      );
      assert.deepEqual(direct, ['string-width:string-width']);
    });
  });
});
