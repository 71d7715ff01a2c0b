/**
 * Everything the build does to make a start shorter, and what each saves. A command waits for Node first, which
 * nothing here changes.
 *
 * | trick                                   | where                            | `--help` | `describe` | `explain` |
 * | --------------------------------------- | -------------------------------- | -------- | ---------- | --------- |
 * | code cache of what a start compiles     | code-cache.ts, launcher/start.cjs | 41 %     | 33 %       | 41 %      |
 * | stand-ins for what client-node loads    | here                             | 8 %      | 23 %       | 8 %       |
 * | `string-width` only for other than ASCII | here                            | -        | 19 %       | 30 %      |
 * | the patterns' words read ahead          | bundle.ts, src/causes/quick.ts   | -        | 7 %        | 21 %      |
 *
 * How much of the whole time, Node's own included, each takes off: medians of 15 pairs with and without, against a
 * server that answers at once, on two cores of x86-64. One that no longer saves a twentieth of a command that people
 * wait for is to go. `test/unit/scripts/tricks.test.ts` fails when a new version of a library breaks one. yargs is
 * left as it is: its own files would save more, and would be ours to mend.
 */
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

interface StandIn {
  readonly functions?: readonly string[];
  readonly classes?: readonly string[];
}

/**
 * What `@kubernetes/client-node`'s `KubeConfig` pulls in at load for work that is ours: requests, proxies and logins
 * (`src/cluster/http`, `src/network`, `src/cluster/login`). We let it parse kubeconfigs and nothing else. Each module
 * is replaced by one of the same shape; being called after all is a mistake and says so. Names are those that
 * client-node 2.0.1 imports; the build fails when a new one appears, since esbuild refuses an import that the
 * stand-in does not export.
 */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  undici: { classes: ['Agent', 'ProxyAgent'] },
  './gen/index.js': { functions: ['createConfiguration'], classes: ['ServerConfiguration'] },
  'socks-proxy-agent': { classes: ['SocksProxyAgent'] },
  socks: { classes: ['SocksClient'] },
  hpagent: { classes: ['HttpProxyAgent', 'HttpsProxyAgent'] },
  'jsonpath-plus': { functions: ['JSONPath'] },
  'openid-client': { functions: ['discovery', 'refreshTokenGrant', 'allowInsecureRequests'] },
};

/** Built-in modules that client-node imports as a default; each costs 3 to 15 ms to load. */
export const LATE_BUILTINS = ['https', 'http', 'tls', 'net', 'child_process'];

/**
 * JavaScript of the stand-in for `path` as client-node imports it, or undefined where the real module stays.
 */
export function standInSource(path: string): string | undefined {
  const builtin = path.startsWith('node:') ? path.slice('node:'.length) : undefined;
  if (builtin !== undefined && LATE_BUILTINS.includes(builtin)) {
    // Reading a function is not yet using it: client-node keeps `child_process.spawnSync` at load.
    const late =
      builtin === 'child_process'
        ? `(...args) => require('node:${builtin}')[name](...args)`
        : `require('node:${builtin}')[name]`;
    return `export default new Proxy({}, { get: (_, name) => ${late} });`;
  }
  const standIn = STAND_INS[path];
  if (standIn === undefined) return undefined;
  const refusal = `throw new Error('${path} is not part of this bundle')`;
  return [
    ...(standIn.functions ?? []).map((name) => `export function ${name}() { ${refusal}; }`),
    ...(standIn.classes ?? []).map(
      (name) => `export class ${name} { constructor() { ${refusal}; } }`,
    ),
  ].join('\n');
}

const CLIENT_NODE_FILE = /@kubernetes[\\/]client-node[\\/]dist[\\/]\w+\.js$/;

/**
 * Columns of a text for yargs' help. The real `string-width` builds a segmenter and an emoji expression
 * at load (17 to 20 ms); plain ASCII and box characters are as wide as they are long.
 */
export const STRING_WIDTH = `module.exports = (text, options) => {
  const plain = String(text ?? '');
  return /^[\\x20-\\x7e\\u2500-\\u257f\\u2026]*$/.test(plain)
    ? plain.length
    : require('string-width').default(plain, options);
};
module.exports.default = module.exports;`;

/** `string-width` lies below yargs and below cliui in two versions; yargs' own serves both. */
function realStringWidth(): string {
  const fromHere = createRequire(import.meta.url);
  return createRequire(fromHere.resolve('yargs')).resolve('string-width');
}

/** esbuild plugin: puts the stand-ins in, and `string-width`'s for every importer. */
export function slim(): Plugin {
  return {
    name: 'slim',
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        if (args.kind !== 'import-statement' || !CLIENT_NODE_FILE.test(args.importer)) return;
        if (standInSource(args.path) === undefined) return;
        return { path: args.path, namespace: 'stand-in', pluginData: args.resolveDir };
      });
      build.onLoad({ filter: /.*/, namespace: 'stand-in' }, (args) => {
        const contents = standInSource(args.path);
        if (contents === undefined) return;
        return { contents, resolveDir: String(args.pluginData), loader: 'js' };
      });
      build.onResolve({ filter: /^string-width$/ }, (args) =>
        args.namespace === 'string-width'
          ? { path: realStringWidth() }
          : { path: 'string-width', namespace: 'string-width', pluginData: args.resolveDir },
      );
      build.onLoad({ filter: /.*/, namespace: 'string-width' }, (args) => ({
        contents: STRING_WIDTH,
        resolveDir: String(args.pluginData),
        loader: 'js',
      }));
    },
  };
}
