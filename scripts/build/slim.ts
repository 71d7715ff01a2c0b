/**
 * esbuild plugin that keeps slow modules out of the way of a start (measured in our packaging notes:
 * `--help` falls from five times a bare Node to about one and a half).
 */
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';
import { standInSource } from './late-modules.ts';

const CLIENT_NODE_FILE = /@kubernetes[\\/]client-node[\\/]dist[\\/]\w+\.js$/;

/**
 * Columns of a text for yargs' help. The real `string-width` builds a segmenter and an emoji expression
 * at load (17 to 20 ms); plain ASCII and box characters are as wide as they are long.
 */
const STRING_WIDTH = `module.exports = (text, options) => {
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

/** Replaces what `late-modules.ts` lists, and `string-width` for every importer. */
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
